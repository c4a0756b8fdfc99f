import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { type PolicyProblem, type PolicyReading, readPolicy, readWorkspacePolicy } from '../gate/policy-file.ts';
import { type FileProblem, problemLine } from '../gate/policy-stack.ts';
import { WORKSPACE_POLICY } from '../gate/workspace-policy.ts';
import type { PolicySource } from './policy-source.ts';

export interface PolicyFilesOptions {
  readonly policy: PolicySource;
  /** An organisation's policy file. */
  readonly managed: string;
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  readonly log: vscode.LogOutputChannel;
}

/** Watches the policy files, has them read again when they change, and shows what of them does not count: in the files and once in words. */
export class PolicyFiles implements vscode.Disposable {
  private readonly options: PolicyFilesOptions;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('interlock');
  private readonly subscriptions: vscode.Disposable;
  private told = '';
  /** The policy in force may have changed. */
  readonly onDidChange = this.changed.event;

  constructor(options: PolicyFilesOptions) {
    this.options = options;
    const reload = (): void => void this.load();
    const outside = (file: string): vscode.RelativePattern => new vscode.RelativePattern(vscode.Uri.file(dirname(file)), basename(file));
    const watchers = [outside(options.policy.file), outside(options.managed), `**/${WORKSPACE_POLICY}`].map((pattern) => vscode.workspace.createFileSystemWatcher(pattern));
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      this.diagnostics,
      ...watchers.flatMap((watcher) => [watcher, watcher.onDidChange(reload), watcher.onDidCreate(reload), watcher.onDidDelete(reload)]),
      vscode.workspace.onDidChangeWorkspaceFolders(reload),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.showUnsaved(document)),
      // What was typed and not saved never counted.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => (this.readerOf(uri) ? reload() : undefined)),
    );
  }

  /** Reads all files and shows what does not count. Never rejects. */
  async load(): Promise<void> {
    const { policy, log } = this.options;
    try {
      const problems = await policy.load();
      this.show(problems);
      this.tell(problems);
    } catch (error) {
      log.error('the policy could not be saved', error);
      void vscode.window.showErrorMessage(vscode.l10n.t('The policy could not be saved, so hooks that run without the editor go by an older one. The log says more.'));
    }
    this.changed.fire();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** How a document is read, if it is a policy file of ours. */
  private readerOf(uri: vscode.Uri): ((text: string) => PolicyReading) | undefined {
    const { policy, managed, folders } = this.options;
    if (uri.scheme !== 'file') return undefined;
    if (uri.fsPath === policy.file || uri.fsPath === managed) return readPolicy;
    return folders().some((folder) => join(folder, WORKSPACE_POLICY) === uri.fsPath) ? readWorkspacePolicy : undefined;
  }

  private showUnsaved(document: vscode.TextDocument): void {
    const read = document.isDirty ? this.readerOf(document.uri) : undefined;
    if (read) this.diagnostics.set(document.uri, read(document.getText()).problems.map(diagnosticOf));
  }

  private show(problems: readonly FileProblem[]): void {
    this.diagnostics.clear();
    const files = new Set(problems.map(({ file }) => file));
    for (const file of files) this.diagnostics.set(vscode.Uri.file(file), problems.filter((problem) => problem.file === file).map(diagnosticOf));
    for (const document of vscode.workspace.textDocuments) this.showUnsaved(document);
  }

  /** Once for each set of problems; the status bar goes on saying so. */
  private tell(problems: readonly FileProblem[]): void {
    const { policy, log } = this.options;
    const lines = problems.map(problemLine).join('\n');
    if (lines === this.told) return;
    this.told = lines;
    const [first] = problems;
    if (first === undefined) return;
    log.warn(`part of a policy does not count:\n${lines}`);
    const broken = policy.broken().includes(first.file);
    const message = broken
      ? vscode.l10n.t('{0} cannot be read in full. Until it is corrected, what it last said stays in force and the rest of it only tightens. {1}', basename(first.file), first.message)
      : vscode.l10n.t('A part of {0} has no effect. {1}', basename(first.file), first.message);
    const open = vscode.l10n.t('Show It');
    void vscode.window.showWarningMessage(message, open).then((chosen) => (chosen === open ? this.reveal(first) : undefined));
  }

  private async reveal(problem: FileProblem): Promise<void> {
    const { start } = rangeOf(problem);
    await vscode.window.showTextDocument(vscode.Uri.file(problem.file), { selection: new vscode.Range(start, start) });
  }
}

function diagnosticOf(problem: PolicyProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), problem.message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = 'Interlock';
  return diagnostic;
}

/** The editor cuts what reaches beyond the line. */
function rangeOf({ line, column, length }: PolicyProblem): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, column - 1 + length);
}
