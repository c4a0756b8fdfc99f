import type { CmdletCall } from './session.ts';
import { changeLocation, getChildItem, getContent, getLocation, joinPathCmdlet, passOn, samePaths, selectObject, splitPathCmdlet, whereObject } from './find-cmdlets.ts';
import { addContent, archive, clearContent, exportFile, newItem, outFile, removeItem, removeProperty, setContent, transferItem } from './item-cmdlets.ts';
import { getCommand, getProcess, newDrive, stopProcess } from './session-cmdlets.ts';
import { forEachObject, invokeCommand, invokeExpression, invokeMethod, newObject, nothing, runBlocks, setAlias, setVariable, somethingNew, startProcess, temporaryFile, typed } from './run-cmdlets.ts';
import { convertToJson, sqlCommand, transferFile, webRequest } from './web-cmdlets.ts';
import type { Value } from './values.ts';

export type Cmdlet = (call: CmdletCall) => Value;

/** What is known of cmdlets, by name in lower case. */
export const cmdlets: ReadonlyMap<string, Cmdlet> = new Map<string, Cmdlet>([
  ['remove-item', removeItem],
  ['clear-item', removeItem],
  ['clear-content', clearContent],
  ['set-content', setContent],
  ['add-content', addContent],
  ['out-file', outFile],
  ['tee-object', outFile],
  ['export-csv', exportFile],
  ['export-clixml', exportFile],
  ['compress-archive', archive],
  ['expand-archive', archive],
  ['new-item', newItem],
  ['copy-item', transferItem],
  ['move-item', transferItem],
  ['remove-itemproperty', removeProperty],
  ['clear-itemproperty', removeProperty],
  ['get-childitem', getChildItem],
  ['get-item', samePaths],
  ['resolve-path', samePaths],
  ['convert-path', samePaths],
  ['join-path', joinPathCmdlet],
  ['split-path', splitPathCmdlet],
  ['where-object', whereObject],
  ['select-object', selectObject],
  ['sort-object', passInput],
  ['get-unique', passInput],
  ['out-string', passInput],
  ['write-output', passOn],
  ['get-content', getContent],
  ['get-location', getLocation],
  ['set-location', changeLocation],
  ['push-location', changeLocation],
  ['pop-location', changeLocation],
  ['foreach-object', forEachObject],
  ['invoke-expression', invokeExpression],
  ['invoke-command', invokeCommand],
  ['start-job', invokeCommand],
  ['start-threadjob', invokeCommand],
  ['measure-command', runBlocks],
  ['start-process', startProcess],
  ['get-command', getCommand],
  ['get-process', getProcess],
  ['stop-process', stopProcess],
  ['new-psdrive', newDrive],
  ['invoke-cimmethod', invokeMethod],
  ['invoke-wmimethod', invokeMethod],
  ['set-alias', setAlias],
  ['new-alias', setAlias],
  ['set-variable', setVariable],
  ['new-variable', setVariable],
  ['new-object', newObject],
  ['new-temporaryfile', temporaryFile],
  ['new-guid', somethingNew],
  ['get-date', somethingNew],
  ['get-random', somethingNew],
  ['read-host', typed],
  ['invoke-restmethod', webRequest],
  ['invoke-webrequest', webRequest],
  ['start-bitstransfer', transferFile],
  ['invoke-sqlcmd', sqlCommand],
  ['convertto-json', convertToJson],
  ['write-host', nothing],
  ['write-verbose', nothing],
  ['write-warning', nothing],
  ['write-error', nothing],
  ['out-null', nothing],
  ['out-host', nothing],
  ['out-default', nothing],
  ['set-strictmode', nothing],
  ['start-sleep', nothing],
]);

/** Cmdlets that bring what comes in into another order or form. */
function passInput(call: CmdletCall): Value {
  return call.input ?? [];
}
