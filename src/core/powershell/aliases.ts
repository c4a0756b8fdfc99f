/** Names PowerShell has for its own cmdlets, in lower case: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_aliases */
export const builtinAliases: Readonly<Record<string, string>> = {
  '%': 'foreach-object', foreach: 'foreach-object', '?': 'where-object', where: 'where-object',
  ac: 'add-content', cat: 'get-content', gc: 'get-content', type: 'get-content',
  cd: 'set-location', chdir: 'set-location', sl: 'set-location', pushd: 'push-location', popd: 'pop-location', gl: 'get-location', pwd: 'get-location',
  clc: 'clear-content', cli: 'clear-item', clp: 'clear-itemproperty',
  copy: 'copy-item', cp: 'copy-item', cpi: 'copy-item', move: 'move-item', mv: 'move-item', mi: 'move-item', ren: 'rename-item', rni: 'rename-item',
  del: 'remove-item', erase: 'remove-item', rd: 'remove-item', ri: 'remove-item', rm: 'remove-item', rmdir: 'remove-item', rp: 'remove-itemproperty',
  dir: 'get-childitem', gci: 'get-childitem', ls: 'get-childitem', gi: 'get-item', gp: 'get-itemproperty', rvpa: 'resolve-path', cvpa: 'convert-path',
  echo: 'write-output', write: 'write-output', select: 'select-object', sort: 'sort-object', group: 'group-object', measure: 'measure-object', tee: 'tee-object', oh: 'out-host',
  iex: 'invoke-expression', icm: 'invoke-command', ii: 'invoke-item', irm: 'invoke-restmethod', iwr: 'invoke-webrequest', sajb: 'start-job',
  ni: 'new-item', md: 'new-item', mkdir: 'new-item', sc: 'set-content', si: 'set-item', sp: 'set-itemproperty',
  ps: 'get-process', gps: 'get-process', kill: 'stop-process', spps: 'stop-process', spsv: 'stop-service', ndr: 'new-psdrive', rdr: 'remove-psdrive', sls: 'select-string', ft: 'format-table', fl: 'format-list', fw: 'format-wide', gcm: 'get-command', gm: 'get-member', ipmo: 'import-module', ipcsv: 'import-csv', epcsv: 'export-csv', clear: 'clear-host', cls: 'clear-host', sleep: 'start-sleep', rbp: 'remove-psbreakpoint', rmo: 'remove-module', rsn: 'remove-pssession', rjb: 'remove-job', rv: 'remove-variable', clv: 'clear-variable', clhy: 'clear-history', rwmi: 'remove-wmiobject',
  saps: 'start-process', start: 'start-process', sal: 'set-alias', nal: 'new-alias', sv: 'set-variable', set: 'set-variable', nv: 'new-variable', gv: 'get-variable',
};

/** A cmdlet's name as its documentation writes it: `Remove-Item`. */
export function properName(cmdlet: string): string {
  const special: Readonly<Record<string, string>> = { childitem: 'ChildItem', itemproperty: 'ItemProperty', webrequest: 'WebRequest', restmethod: 'RestMethod', recyclebin: 'RecycleBin' };
  return cmdlet.split('-').map((part) => special[part] ?? part.charAt(0).toUpperCase() + part.slice(1)).join('-');
}
