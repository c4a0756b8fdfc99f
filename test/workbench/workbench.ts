/** Starts a real VS Code workbench (code-server) on a loopback port, with folders of its own and the extensions under test installed. */
import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { QUIET_ENV } from './isolation.ts';
import { type CodeServer, provisionCodeServer } from './provision.ts';
import type { Reaper } from './reaper.ts';

const START_LIMIT_MS = 60_000;
const INSTALL_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** Settings that keep first-run pages, hints and everything that would call home out of the pictures. */
const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.dialogStyle': 'custom',
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'terminal.integrated.gpuAcceleration': 'off',
};

/** Without an extension gallery the workbench does not go looking for updates and recommendations. */
const NO_GALLERY = JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '', controlUrl: '', recommendationsUrl: '' });

/** What a workbench is started with. */
export interface WorkbenchOptions {
  readonly reaper: Reaper;
  /** The folder that is open in the workbench. */
  readonly folder: string;
  /** `HOME` of the workbench and of everything it starts. Its data and extensions live here too; keep the path short (Unix sockets). */
  readonly home: string;
  /** Packaged extensions, installed with the workbench's own installer. */
  readonly vsix: readonly string[];
  /** Folders that are extensions, copied into the extensions folder as they are. */
  readonly extensionFolders?: readonly string[];
  /** User settings, over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment besides `HOME`, `PATH` and the like; the rig's own environment is not passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Port on 127.0.0.1; a free one when left out. */
  readonly port?: number;
  /** Opens the folder untrusted (Restricted Mode), without asking first. */
  readonly restricted?: boolean;
}

/** A running workbench. */
export interface Workbench {
  /** Opens the folder in a browser. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** What the server printed so far. */
  logs(): string;
  /** Asks it to end and waits until it has, its children included. */
  stop(): Promise<void>;
  /** Kills it and its children at once, as a crash of the editor would. */
  kill(): Promise<void>;
}

/** Installs the extensions, starts the workbench and waits until it answers. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = await provisionCodeServer();
  const userDataDir = join(options.home, 'ud');
  const extensionsDir = join(options.home, 'ext');
  const dirs = ['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
  const env = environment(options, server);
  await mkdir(join(userDataDir, 'User'), { recursive: true });
  await mkdir(extensionsDir, { recursive: true });
  await mkdir(env['TMPDIR'] ?? '', { recursive: true });
  await writeFile(join(userDataDir, 'User', 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }, undefined, 2));
  for (const folder of options.extensionFolders ?? []) {
    await cp(folder, join(extensionsDir, basename(folder)), { recursive: true });
  }
  for (const vsix of options.vsix) await install(options.reaper, server, [...dirs, '--install-extension', vsix], env);

  const args = [server.entry, ...dirs, '--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`, '--disable-telemetry'];
  args.push('--disable-update-check', '--disable-proxy', '--ignore-last-opened');
  if (options.restricted !== true) args.push('--disable-workspace-trust');
  const child = options.reaper.spawn(server.node, args, { cwd: options.home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const port = await listeningPort(child, output);
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(options.folder)}`;
  await answers(url, child, output);
  return {
    url,
    port,
    pid: child.pid ?? 0,
    userDataDir,
    extensionsDir,
    logs: () => output.text(),
    async stop() {
      const timer = setTimeout(() => void options.reaper.kill(child), STOP_LIMIT_MS);
      child.kill('SIGTERM');
      await ended(child);
      clearTimeout(timer);
      // The extension host of a window that left without a word outlives the server for a while.
      await options.reaper.kill(child);
    },
    kill: () => options.reaper.kill(child),
  };
}

function environment(options: WorkbenchOptions, server: CodeServer): Record<string, string> {
  return {
    HOME: options.home,
    PATH: [dirname(server.node), process.env['PATH'] ?? ''].join(delimiter),
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TMPDIR: join(options.home, 'tmp'),
    EXTENSIONS_GALLERY: NO_GALLERY,
    ...QUIET_ENV,
    ...options.env,
  };
}

async function install(reaper: Reaper, server: CodeServer, args: readonly string[], env: Record<string, string>): Promise<void> {
  const child = reaper.spawn(server.node, [server.entry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const timer = setTimeout(() => void reaper.kill(child), INSTALL_LIMIT_MS);
  await ended(child);
  clearTimeout(timer);
  // It exits 0 for a file that is no extension, so the words decide.
  if (child.exitCode !== 0 || !output.text().includes('was successfully installed')) {
    throw new Error(`The workbench did not install the extension.\n${output.text()}`);
  }
}

interface Output {
  text(): string;
  /** Calls back at each piece of output and once at the end. */
  onChange(listener: () => void): void;
}

function collect(child: ChildProcess): Output {
  let text = '';
  const listeners: (() => void)[] = [];
  const notify = (): void => listeners.forEach((listener) => listener());
  const add = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
    notify();
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  child.once('close', notify);
  return { text: () => text, onChange: (listener) => void listeners.push(listener) };
}

function listeningPort(child: ChildProcess, output: Output): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The workbench did not start in time.\n${output.text()}`)), START_LIMIT_MS);
    output.onChange(() => {
      const port = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output.text())?.[1];
      if (port === undefined && child.exitCode === null) return;
      clearTimeout(timer);
      if (port === undefined) reject(new Error(`The workbench ended at once.\n${output.text()}`));
      else resolve(Number(port));
    });
  });
}

async function answers(url: string, child: ChildProcess, output: Output): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(START_LIMIT_MS) });
  await response.text();
  if (!response.ok || child.exitCode !== null) throw new Error(`The workbench answers ${response.status}.\n${output.text()}`);
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}
