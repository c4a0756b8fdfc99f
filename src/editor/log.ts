import * as vscode from 'vscode';

/** The one log. Nothing an agent wrote goes in unmasked. */
export function createLog(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  const log = vscode.window.createOutputChannel('Interlock', { log: true });
  const { version } = context.extension.packageJSON as { readonly version: string };
  log.info(`Interlock ${version} in ${vscode.env.appName} ${vscode.version}, ${process.platform} ${process.arch}, Node ${process.versions.node}`);
  return log;
}
