import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { adapters } from './agents/all.ts';
import type { Action } from './core/action.ts';
import type { Environment } from './core/effect.ts';
import type { Recorder } from './core/recording.ts';
import { Activity } from './editor/activity.ts';
import { AgentActivity } from './editor/agent-activity.ts';
import { AskedActions } from './editor/asked-actions.ts';
import { registerCommands } from './editor/commands.ts';
import { Confirm } from './editor/confirm.ts';
import { Coverage } from './editor/coverage.ts';
import { DenialNotice } from './editor/denial-notice.ts';
import { EnvironmentTags } from './editor/environment-tags.ts';
import { EnvironmentWatch } from './editor/environment-watch.ts';
import { Guard } from './editor/guard.ts';
import { HiddenEditor } from './editor/hidden-editor.ts';
import { HookWatch } from './editor/hook-watch.ts';
import { Hooks } from './editor/hooks.ts';
import { IgnoreFiles } from './editor/ignore-files.ts';
import { createLog } from './editor/log.ts';
import { KeptTexts } from './editor/kept-texts.ts';
import { LossWatch } from './editor/loss-watch.ts';
import { OpenFileWarning } from './editor/open-file-warning.ts';
import { openPolicy } from './editor/open-policy.ts';
import { OpenTelemetry } from './editor/open-telemetry.ts';
import { PolicyFiles } from './editor/policy-files.ts';
import { PolicySource } from './editor/policy-source.ts';
import { actionTitle } from './editor/question-text.ts';
import { Report } from './editor/report.ts';
import { openRulePage } from './editor/rule-page.ts';
import { runDemo } from './editor/run-demo.ts';
import { SecretActions } from './editor/secret-actions.ts';
import { SecretDecorations } from './editor/secret-decorations.ts';
import { Secrets } from './editor/secrets.ts';
import { SecretsView } from './editor/secrets-view.ts';
import { SessionControl } from './editor/session-control.ts';
import { readSettings, type Settings } from './editor/settings.ts';
import { StatusBar } from './editor/status-bar.ts';
import { TagAnnouncer } from './editor/tag-announcer.ts';
import { setTerminalGuard } from './editor/terminal-guard.ts';
import { TerminalWatch } from './editor/terminal-watch.ts';
import { TintMemory } from './editor/title-bar-memory.ts';
import { TitleBar } from './editor/title-bar.ts';
import { Why } from './editor/why.ts';
import { followAgentShells } from './gate/agent-shells.ts';
import { loadEngine } from './gate/engine-loader.ts';
import { managedPolicyPath } from './gate/managed-policy.ts';
import { destinationOf } from './gate/open-telemetry/collector.ts';
import { Sessions } from './gate/sessions.ts';
import { createState, locateState } from './gate/state.ts';
import { EXTENSION, settings } from './ids.ts';
import { createJournal } from './journal/journal.ts';
import { Vault } from './vault/vault.ts';

let closing: (() => Promise<void>) | undefined;

/** Puts the rooms together. What takes time goes on after it returns; a failure is told, since the editor itself would only log it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const began = performance.now();
  const log = createLog(context);
  context.subscriptions.push(log);
  try {
    const start = await compose(context, log);
    log.info(`activated after ${Math.round(performance.now() - began)} ms`);
    void start();
  } catch (error) {
    log.error('activation failed', error);
    void vscode.window.showErrorMessage(vscode.l10n.t('Interlock could not start, so it guards nothing in this window: {0}', error instanceof Error ? error.message : String(error)));
    throw error;
  }
}

/** Answers agents that wait before the window goes away. */
export async function deactivate(): Promise<void> {
  await closing?.();
}

/** Builds everything the window shows; gives what has still to be started. */
async function compose(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<() => Promise<void>> {
  const home = homedir();
  const state = locateState();
  await createState(state);
  const titles = new Map(adapters.map(({ id, title }) => [id, title]));
  const secrets: Secrets = new Secrets({ store: state.secrets, program: context.asAbsolutePath(join('dist', 'index-worker.js')), folders, policy: () => policy.current(), log });
  const mask = (text: string): string => secrets.mask(text);
  const journal = createJournal(state.journal, { now: Date.now, mask });
  const vault = new Vault({ folder: state.vault, bounds: () => current().vault, describe: (action) => actionTitle(action, mask) });
  const managed = managedPolicyPath();
  const guardPaths = [state.root, state.run, managed, ...adapters.map((adapter) => adapter.installation(home).file)];
  const policy = new PolicySource({ state, managed, guardPaths, folders, mask, answerSeconds: () => current().answerWithin / 1000 });

  const policyFiles = new PolicyFiles({ policy, managed, folders, log });
  const watch = new EnvironmentWatch({ folders, env: () => currentEnv(home), policy: () => policy.current(), log });
  const tags = new EnvironmentTags({ tags: () => policy.current().tags, chosen: () => policy.chosen(), choose: (folder, tag) => policy.choose(folder, tag), evidence: (folder) => watch.evidence(folder), home }, journal);
  const announcer = new TagAnnouncer(tags, journal);
  const titleBar = new TitleBar({ tags, wanted: () => current().titleBarTint, memory: new TintMemory(join(state.root, 'title-bar')), log });
  const explain = (rule: string): Promise<void> => openRulePage(context.extensionUri, rule);
  const remembering = {
    allowExactly: (action: Action) => policy.allowExactly(action, userInfo().username, 'chosen when it was asked about'),
    allowCredential: (spent: { readonly credential: string; readonly host: string }) => policy.allowCredential(spent, userInfo().username, 'chosen when it was asked about'),
    placeResource: (name: string, environment: Environment) => policy.placeResource(name, environment),
    record: (what: string) => journal.record({ type: 'configuration', what, by: 'person' }),
  };
  const confirm = new Confirm({ mask, tagOf: (path) => tags.believed(path), home, explain, remembering, log });
  const agents = new AgentActivity(Date.now);
  const coverage = new Coverage({ adapters, home, state, folders, terminalGuard: () => current().terminalGuard, activity: agents, recorder: journal, log });
  const sessions = new Sessions({ folder: state.sessions, now: Date.now });
  const control = new SessionControl({ sessions, titles, recorder: journal, folders, log });
  const activity = new Activity({ journal: state.journal, waiting: () => confirm.waiting(), sessions: control, recentCount: () => current().recentCount, titles, mask, log });
  const version = versionOf(context);
  const writeLauncher = (): Promise<void> => guard.writeLauncher();
  const hooks = new Hooks({ adapters, home, state, folders, version, coverage, recorder: journal, memory: context.globalState, writeLauncher, log });
  const hookWatch = new HookWatch({ adapters, home, state, version, coverage, hooks, recorder: journal, writeLauncher, log });
  const ignoreFiles = new IgnoreFiles({ folders, policy: () => policy.current(), recorder: journal, memory: context.workspaceState, log });
  const why = new Why(context.extensionUri, titles);
  const report = new Report({ journal: state.journal, titles, log });
  const asked = new AskedActions(Date.now);
  const told: Recorder = {
    record: async (event) => {
      await journal.record(event);
      if (event.type === 'action') asked.note(event.action, event.verdict, event.outcome);
    },
  };
  const keptTexts = new KeptTexts(vault, secrets);
  const secretsView = new SecretsView(secrets, loadEngine);
  const secretActions = new SecretActions({ secrets, recorder: journal, engine: loadEngine });
  const recorder = new DenialNotice({ recorder: told, silent: new Map(adapters.filter(({ limits }) => limits.refusesSilently).map(({ id, title }) => [id, title])), mask });
  const guard = new Guard({ state, adapters, program: context.asAbsolutePath(join('dist', 'hook.js')), policy: () => policy.current(), secrets, noteAgent: (id) => agents.note(id), mask, asker: confirm, keeper: vault, recorder, sessions, answerWithin: () => current().answerWithin, log });
  const openTelemetry = new OpenTelemetry({
    state, program: context.asAbsolutePath(join('dist', 'open-telemetry.js')), version, titles, mask, log,
    destination: () => destinationOf(policy.organisationsCollector(), current().collector, home), leads: () => guard.leads(),
  });
  closing = async () => {
    await Promise.all([guard.close(), titleBar.close()]);
  };

  const guardAgentShells = (): Promise<void> => followAgentShells(current().terminalGuard, context.globalState, { adapters, home, state, env: process.env }).catch((error: unknown) => log.error('the shells of an agent could not be given what guards them', error));
  const guardTerminals = async (): Promise<void> => {
    await setTerminalGuard(current().terminalGuard, context.environmentVariableCollection, state, async () => (await loadEngine()).coveredPrograms(state.platform));
    await guardAgentShells();
  };
  context.subscriptions.push(
    secrets, policyFiles, secretsView, new SecretDecorations(secrets), new HiddenEditor(context.extensionUri, log).register(), new OpenFileWarning({ secrets, agents, enabled: () => current().warnOpenHidden }), tags, confirm, coverage, control, activity, report, why, keptTexts, guard, hookWatch, openTelemetry,
    new StatusBar({ tags, coverage, confirm, guard, sessions: control, policy, openTelemetry }),
    registerCommands({ state, vault, keptTexts, recorder: journal, activity, confirm, coverage, tags, hooks, ignoreFiles, sessions: control, secrets, secretsView, secretActions, report, why, openPolicy: () => openPolicy({ user: policy.file, managed }), runDemo: () => runDemo(explain, log), log }),
    confirm.onDidChange(() => activity.refresh()),
    control.onDidChange(() => activity.refresh()),
    policyFiles.onDidChange(async () => {
      tags.refresh();
      watch.refresh();
      if (guard.failure() === undefined) await openTelemetry.refresh();
      await ignoreFiles.follow().catch((error: unknown) => log.error('ignore files could not be brought in step with the policy', error));
    }),
    new TerminalWatch({
      asked, recorder: journal, mask, log, now: Date.now, env: () => currentEnv(home), guarded: () => current().terminalGuard,
      decide: async (action) => (await loadEngine()).decideHere(action, { secretsIn: (text) => secrets.secretsIn(text), isTestValue: (value) => secrets.isTestValue(value) }, policy.current()),
    }),
    new LossWatch({ asked, vault, recorder: journal, now: Date.now, log }),
    // An agent that is guarded from now on, or no longer.
    coverage.onDidChangeTreeData(() => void guardAgentShells()),
    // A program that was installed meanwhile has no shim yet.
    vscode.window.onDidOpenTerminal(() => void guardTerminals().catch((error: unknown) => log.error('the shims could not be written', error))),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (!change.affectsConfiguration(EXTENSION)) return;
      activity.refresh();
      await titleBar.refresh();
      await guardTerminals();
      await coverage.refresh();
      if (guard.failure() === undefined) await openTelemetry.refresh();
    }),
  );
  const heedEvidence = watch.onDidChange((updates) => {
    tags.refresh();
    return announcer.tell(updates);
  });
  context.subscriptions.push(watch, heedEvidence, titleBar);

  const start = async (): Promise<void> => {
    const [engine] = await Promise.all([loadEngine(), policyFiles.load()]);
    watch.start(engine);
    await secrets.start(engine);
    await guard.start(engine);
    activity.refresh();
    await openTelemetry.refresh();
    await guardTerminals();
    await hookWatch.start();
    if (current().offerHooks) await hooks.offer();
    const { manifests, objects } = await vault.sweep(current().retention);
    log.info(`the vault was swept: ${manifests} copies and ${objects} contents removed`);
  };
  return () => start().catch((error: unknown) => guard.fail(error));
}

/** The extension's own version, as its manifest has it. */
function versionOf(context: vscode.ExtensionContext): string {
  const manifest: unknown = context.extension.packageJSON;
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
}

/** Absolute paths of the open folders that are on this machine. */
function folders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

/** The environment that commands would run in, as far as the editor knows it. */
function currentEnv(home: string): Readonly<Record<string, string>> {
  const set = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { HOME: home, ...Object.fromEntries(set) };
}

/** The settings as they are now. Of those that weaken only the person's own value counts, never a folder's. */
function current(): Settings {
  return readSettings((id) => {
    const written = vscode.workspace.getConfiguration().inspect(id);
    return id === settings.recentCount ? vscode.workspace.getConfiguration().get(id) : (written?.globalValue ?? written?.defaultValue);
  });
}
