import { join } from 'node:path';
import { UnreadableConfig, type Installation } from '../agents/adapter.ts';
import { powershellWord } from '../agents/windows-line.ts';
import { agentMarkers } from './markers.ts';

/** A cmdlet of PowerShell's own that can lose something, as Interlock's rules know it. */
export interface CoveredCmdlet {
  readonly name: string;
  /** What it comes with. Called by both, it is the cmdlet itself: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_command_precedence */
  readonly module: string;
  /** What comes through the pipeline are the things it changes, not what is written to them. */
  readonly takesItems?: true;
}

function of(module: string, names: readonly string[], more: Omit<CoveredCmdlet, 'name' | 'module'> = {}): readonly CoveredCmdlet[] {
  return names.map((name) => ({ name, module, ...more }));
}

/** Not among them is `Tee-Object`: its `-Variable` is set where it is called, and a function cannot. */
export const coveredCmdlets: readonly CoveredCmdlet[] = [
  ...of('Microsoft.PowerShell.Management', ['Remove-Item', 'Clear-Item', 'Clear-Content', 'Move-Item', 'Copy-Item', 'Remove-ItemProperty', 'Clear-ItemProperty'], { takesItems: true }),
  ...of('Microsoft.PowerShell.Management', ['Set-Content', 'New-Item', 'Stop-Process', 'Stop-Service', 'Set-Service', 'Stop-Computer', 'Restart-Computer', 'Remove-PSDrive', 'Clear-RecycleBin', 'Restore-Computer', 'Disable-ComputerRestore']),
  ...of('Microsoft.PowerShell.Utility', ['Out-File', 'Export-Csv', 'Export-Clixml', 'Invoke-RestMethod', 'Invoke-WebRequest']),
  ...of('Microsoft.PowerShell.Archive', ['Compress-Archive']),
  ...of('Storage', ['Format-Volume', 'Clear-Disk', 'Initialize-Disk', 'Remove-Partition', 'Reset-PhysicalDisk']),
];

/** The script that PowerShell reads, below Interlock's own folder. */
export function powershellFile(root: string): string {
  return join(root, 'shell', 'interlock.ps1');
}

/** The variable that says to what PowerShell starts that it has read the script. */
export const IN_FORCE = 'INTERLOCK_POWERSHELL';

/** How many things of a pipeline are named; more count as unknown. */
const MOST_ITEMS = 500;

const TITLE = '# Interlock: in PowerShell of coding agents, asks before what loses something. Written by the extension; changes are lost.';

/** True in a shell with an agent's marker. */
const isAgents = agentMarkers.map((name) => `$env:${name}`).join(' -or ');

/**
 * What PowerShell's profile has it read in an agent's session. Functions come before cmdlets, and aliases lead to them as well. Each
 * asks with the words it was given, as PowerShell text, and then calls the cmdlet with the very same; refused, it throws, so that a
 * script does not go on as if it had been done. Where errors are silenced PowerShell goes on behind a `throw`: nothing that runs stands there. Only what Windows PowerShell 5.1 and PowerShell 7 both know stands in it.
 */
export function powershellScript({ shims, launcher }: { readonly shims: string; readonly launcher: string }): string {
  return `${TITLE}
if (-not (${isAgents})) { return }

if (-not "$env:PATH;".StartsWith(${powershellWord(`${shims};`)}, [StringComparison]::OrdinalIgnoreCase)) { $env:PATH = ${powershellWord(`${shims};`)} + $env:PATH }
$env:${IN_FORCE} = '1'

function global:_InterlockText($value) {
  if ($null -eq $value) { return '$null' }
  if ($value -is [bool] -or $value -is [switch]) { return '$' + ([string][bool]$value).ToLowerInvariant() }
  if ($value -is [array]) { return @(foreach ($one in $value) { _InterlockText $one }) -join ',' }
  if ($value -is [scriptblock]) { return '{' + $value + '}' }
  if ($value -is [System.IO.FileSystemInfo]) { $value = $value.FullName }
  if ($value -is [string] -or $value -is [ValueType] -or $value -is [uri]) { return "'" + ([string]$value -replace "['\\u2018\\u2019\\u201A\\u201B]", '$0$0') + "'" }
  return '$interlockUnknown'
}

function global:_InterlockLine($name, $words, $items, $expecting, $takesItems) {
  $line = $name
  foreach ($word in $words) {
    if ($line -match ' -\\w+:$' -and $word -isnot [scriptblock]) { $line += _InterlockText $word }
    elseif ($word -is [string] -and $word -match '^-[A-Za-z]\\w*:?$') {
      # A text that only looks like it makes nothing a rehearsal.
      if ($word -match '^-(?:wha?t?i?f?|wi|noc\\w*)$' -and -not $word.PSObject.Properties['<CommandParameterName>']) { continue }
      $line += ' ' + $word
    }
    else { $line += ' ' + (_InterlockText $word) }
  }
  if (-not $expecting) { return $line }
  $named = $takesItems -and $items.Count -le ${MOST_ITEMS} -and @($items | Where-Object { $_ -isnot [System.IO.FileSystemInfo] -and $_ -isnot [string] }).Count -eq 0
  if (-not $named) { return '$interlockUnknown | ' + $line }
  return (_InterlockText @($items)) + ' | ' + $line
}

function global:_InterlockAsk($line) {
  $code = $global:LASTEXITCODE
  try {
    $request = ConvertTo-Json -Compress -InputObject @{ powershell = [string]$line; cwd = [string](Get-Location -PSProvider FileSystem).ProviderPath }
    $request = [regex]::Replace($request, '[^\\x00-\\x7F]', { param($found) '\\u{0:x4}' -f [int][char]$found.Value })
    return (@($request | & ${powershellWord(launcher)} shell exec) -join '') -ceq 'allow'
  } catch { return $false } finally { $global:LASTEXITCODE = $code }
}

function global:_InterlockAllows($name, $words, $items, $expecting, $takesItems) {
  if ($expecting -and $takesItems -and $items.Count -eq 0) { return $true }
  return _InterlockAsk (_InterlockLine $name $words $items $expecting $takesItems)
}

${coveredCmdlets.map(proxy).join('\n')}
`;
}

function proxy({ name, module, takesItems }: CoveredCmdlet): string {
  return `function global:${name} {
  $items = @($input)
  $allowed = _InterlockAllows '${name}' $args $items $MyInvocation.ExpectingInput $${takesItems === true}
  if (-not ($allowed -is [bool] -and $allowed)) { throw 'Interlock: ${name} did not run.' }
  elseif ($MyInvocation.ExpectingInput) { $items | ${module}\\${name} @args }
  else { ${module}\\${name} @args }
}`;
}

const BEGIN = '# Interlock: begin. Sessions of coding agents are asked before they lose something; your own read one line.';
const END = '# Interlock: end';
const BLOCK = /(?:\r?\n)?# Interlock: begin\.[^\r\n]*\r?\n[^\r\n]*\r?\n# Interlock: end(?:\r?\n|$)/g;

/** A line in a profile, which PowerShell reads at its start unless it is told not to, for all of its hosts: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_profiles */
export function profileInstallation(file: string, script: string): Installation {
  const lines = [BEGIN, `if (${isAgents}) { if (Test-Path -LiteralPath ${anyEncoding(script)}) { . ${anyEncoding(script)} } }`, END];
  const without = (text: string): string => text.replace(BLOCK, '');
  const blockFor = (text: string): string => lines.join(lineEnd(text));
  return {
    file,
    install: (text = '') => {
      if (text.includes(blockFor(text))) return text;
      const kept = without(text);
      if (/^# Interlock: (?:begin|end)/m.test(kept)) throw new UnreadableConfig('A line of Interlock in it was changed. Take it out first; nothing was changed.');
      return `${kept}${kept === '' ? '' : lineEnd(kept)}${blockFor(kept)}${lineEnd(kept)}`;
    },
    uninstall: (text) => (text === '' ? text : without(text) || undefined),
    isInstalled: (text) => text.includes(blockFor(text)),
  };
}

function lineEnd(text: string): string {
  return text === '' || text.includes('\r\n') ? '\r\n' : '\n';
}

/** A path as a word of PowerShell in a file whose encoding is not known: without a mark Windows PowerShell reads no UTF-8. */
function anyEncoding(path: string): string {
  if (/^[\x20-\x7E]*$/.test(path)) return powershellWord(path);
  const units = Array.from({ length: path.length }, (_, at) => path.charCodeAt(at));
  return `(-join [char[]](${units.join(',')}))`;
}
