import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Adapter } from '../agents/adapter.ts';
import { type HookPlace, managedPlace, ownPlace, projectPlace } from '../gate/install.ts';
import type { State } from '../gate/state.ts';

/** For whom hooks are installed. */
export type Scope = { readonly for: 'me' } | { readonly for: 'project'; readonly folder: string } | { readonly for: 'machine' };

interface ScopeItem extends vscode.QuickPickItem {
  readonly scope: Scope;
}

/** Asks for whom, where there is a choice; undefined where the person turns away. */
export async function chooseScope(adapters: readonly Adapter[], folders: readonly string[]): Promise<Scope | undefined> {
  const shared = adapters.some((adapter) => adapter.project !== undefined) ? folders : [];
  const items: readonly ScopeItem[] = [
    { label: '$(account) For Me', description: 'on this machine, in every project', detail: 'Your own settings of each agent.', scope: { for: 'me' } },
    ...shared.map((folder): ScopeItem => ({ label: `$(organization) For Everybody Who Works on ${basename(folder)}`, description: 'macOS and Linux', detail: 'Files that you commit. A colleague without Interlock is not held up; one who has it is guarded.', scope: { for: 'project', folder } })),
    ...(adapters.some((adapter) => adapter.managed !== undefined) ? [{ label: '$(vm) For Everybody on This Machine', description: 'needs an administrator', detail: 'Files of the system, which no project and no agent can switch off.', scope: { for: 'machine' } as const }] : []),
  ];
  if (items.length === 1) return { for: 'me' };
  return (await vscode.window.showQuickPick(items, { title: 'Guard Agents (1 of 2)', placeHolder: 'For whom?' }))?.scope;
}

/** The file of an agent for a scope; undefined where it has none. */
export function placeFor(adapter: Adapter, scope: Scope, home: string, state: State): HookPlace | undefined {
  switch (scope.for) {
    case 'me':
      return ownPlace(adapter, home, state);
    case 'project':
      return projectPlace(adapter, scope.folder);
    case 'machine':
      return managedPlace(adapter);
  }
}

/** Shows what an administrator has to write where this person may not. */
export async function showForAdministrator(title: string, { installation, launcher }: HookPlace, present: string | undefined): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'json', content: installation.install(present, launcher) });
  await vscode.window.showTextDocument(document);
  const copy = 'Copy Path';
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Only an administrator can write {0}. Have this text put there to guard {1} for everybody on this machine.', installation.file, title), copy);
  if (chosen === copy) await vscode.env.clipboard.writeText(installation.file);
}
