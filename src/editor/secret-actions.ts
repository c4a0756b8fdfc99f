import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { dotenvEntries, withEntry } from '../core/secrets/dotenv-entries.ts';
import { referenceFor, variableName } from '../core/secrets/env-reference.ts';
import { fromBytes, toBytes } from '../core/secrets/hidden-entries.ts';
import type { Recorder } from '../core/recording.ts';
import { isIgnored } from '../gate/world/tracked-files.ts';
import type { Engine } from '../gate/engine.ts';
import { openSafely } from './hidden-editor.ts';
import { bytesOf } from './hidden-file.ts';
import type { Secrets } from './secrets.ts';
import { confirmWeakening } from './weaken.ts';

/** A row of the Secrets view, as commands get it; they may be called by anybody with anything. */
const rowSchema = z.object({ file: z.string(), hidden: z.boolean(), line: z.optional(z.number()), name: z.optional(z.string()), kind: z.optional(z.string()), provider: z.optional(z.string()), fingerprint: z.optional(z.string()) });
type Row = z.infer<typeof rowSchema>;

export interface SecretActionsOptions {
  readonly secrets: Secrets;
  readonly recorder: Recorder;
  readonly engine: () => Promise<Pick<Engine, 'findSecrets' | 'rotationPage'>>;
}

/** Where a secret stands in an open document. */
interface Found {
  readonly document: vscode.TextDocument;
  readonly start: number;
  readonly end: number;
}

/** What can be done about a secret from its row. */
export class SecretActions {
  private readonly options: SecretActionsOptions;

  constructor(options: SecretActionsOptions) {
    this.options = options;
  }

  /** Goes to where it stands; a hidden file opens without becoming a text. */
  async open(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    if (!row) return;
    const uri = vscode.Uri.file(row.file);
    // Whatever the caller says of the file: a hidden one does not become a text by this command.
    if (row.hidden || this.options.secrets.verdict(row.file) === 'hidden') return openSafely(uri);
    const at = new vscode.Position(Math.max(0, (row.line ?? 1) - 1), 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
  }

  /** Opens the vendor's page on replacing it. */
  async rotate(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    const { rotationPage } = await this.options.engine();
    const page = row?.kind === undefined ? undefined : rotationPage(row.kind, row.provider);
    if (page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page));
  }

  /** After a click, its value is no secret any more, wherever it lies. */
  async markAsTest(argument: unknown): Promise<void> {
    const fingerprint = rowOf(argument)?.fingerprint;
    // The question names what the index knows, not what the caller calls it.
    const [known] = fingerprint === undefined ? [] : this.options.secrets.placesOf(fingerprint);
    if (fingerprint === undefined || !known) return;
    const sure = await confirmWeakening(vscode.l10n.t('Show {0} to agents?', known.name), vscode.l10n.t('This value, in {0} and wherever else it lies, is then taken for one of tests: it is not hidden, and nothing is asked when it is sent somewhere. “Take Back All Test Values” undoes this.', basename(known.file)), vscode.l10n.t('Mark as Test Value'));
    if (!sure) return;
    await this.options.secrets.markAsTest(fingerprint);
    await this.options.recorder.record({ type: 'configuration', what: `${known.name} in ${known.file} marked as a test value`, by: 'person' });
  }

  /** Takes every value that was marked for a secret again. */
  async forgetTestValues(): Promise<void> {
    await this.options.secrets.forgetTestValues();
    await this.options.recorder.record({ type: 'configuration', what: 'test values are secrets again', by: 'person' });
    void vscode.window.showInformationMessage(vscode.l10n.t('Every value that was marked as one of tests is a secret again.'));
  }

  /** Writes it to the folder's `.env` and reads it from there where that is safe; else says what is left to do. */
  async moveToEnv(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    if (row?.fingerprint === undefined || row.name === undefined || row.hidden) return;
    const found = await this.find(row, row.fingerprint);
    if (!found) {
      await this.open(row);
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} is no longer at this place. Save the file and look again.', row.name));
      return;
    }
    const folder = vscode.workspace.getWorkspaceFolder(found.document.uri)?.uri ?? vscode.Uri.file(dirname(row.file));
    const value = found.document.getText().slice(found.start, found.end);
    const variable = await addToEnv(vscode.Uri.joinPath(folder, '.env'), variableName(row.name), value);
    await this.refer(found, variable, row, folder);
  }

  private async refer({ document, start, end }: Found, variable: string, row: Row, folder: vscode.Uri): Promise<void> {
    const reference = referenceFor(document.uri.path, document.getText(), start, end, variable);
    if (reference) {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(document.positionAt(reference.start), document.positionAt(reference.end)), reference.text);
      if (await vscode.workspace.applyEdit(edit)) await document.save();
    }
    await this.open(row);
    const done = reference ? vscode.l10n.t('{0} is in .env now and read from there. See that the program loads .env.', variable) : vscode.l10n.t('{0} is in .env now. Replace the value at this place by a reference to the variable: how depends on what reads this file.', variable);
    const ignored = await isIgnored(folder.fsPath, '.env');
    const warning = ignored ? '' : ` ${vscode.l10n.t('Git does not ignore .env in this folder: add it to .gitignore before you commit.')}`;
    void vscode.window.showInformationMessage(done + warning);
  }

  /** The secret in its file as it is now, told by its fingerprint. */
  private async find({ file, line = 1 }: Row, fingerprint: string): Promise<Found | undefined> {
    const document = await vscode.workspace.openTextDocument(file);
    if (document.isDirty) return undefined;
    const text = document.getText();
    const { findSecrets } = await this.options.engine();
    const { findings } = findSecrets(text, { path: file });
    const same = findings.filter(({ start, end }) => this.options.secrets.isValueOf(text.slice(start, end), fingerprint));
    const found = same.find((finding) => finding.line === line) ?? same[0];
    return found && { document, start: found.start, end: found.end };
  }
}

function rowOf(argument: unknown): Row | undefined {
  return rowSchema.safeParse(argument).data;
}

/** Writes a variable and gives its name: that of a variable with this value already, or one that is free. */
async function addToEnv(env: vscode.Uri, name: string, value: string): Promise<string> {
  const data = await vscode.workspace.fs.readFile(env).then(bytesOf, () => '');
  const entries = dotenvEntries(data);
  const same = entries.find((entry) => fromBytes(entry.value) === value);
  if (same) return same.name;
  const taken = new Set(entries.map((entry) => entry.name));
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  await vscode.workspace.fs.writeFile(env, Buffer.from(withEntry(data, free, toBytes(value)), 'latin1'));
  return free;
}
