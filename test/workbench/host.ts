/**
 * Runs the mocha suite of `suite/` inside a real extension host, with the packaged extension as the thing under test: in an installed or
 * downloaded VS Code when `VSCODE_EXECUTABLE` or `VSCODE_VERSION` asks for one, in the workbench from npm otherwise.
 * Usage: tsx test/workbench/host.ts [VSIX]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { z } from 'zod';
import { RESULT_FILE_VARIABLE } from './driver/result.ts';
import { QUIET_ENV, runIsolated } from './isolation.ts';
import { openPage } from './page.ts';
import { cacheFolder, provisionBrowser, provisionCodeServer } from './provision.ts';
import { type Reaper, withRig } from './reaper.ts';
import { startWorkbench } from './workbench.ts';

const SUITE_LIMIT_MS = 120_000;
const POLL_MS = 100;
const ROOT = resolve(import.meta.dirname, '..', '..');

/** The same as the driver's `SuiteResult`, checked because it comes out of a file. */
const resultSchema = z.object({
  finished: z.boolean(),
  crash: z.string().optional(),
  tests: z.array(z.object({ title: z.string(), passed: z.boolean(), durationMs: z.number(), error: z.string().optional() })),
});

type Result = z.infer<typeof resultSchema>;

/** What one run in a host needs. */
interface HostRun {
  readonly reaper: Reaper;
  /** Temporary; the host's home. */
  readonly home: string;
  readonly folder: string;
  readonly vsix: string;
  /** The built driver extension. */
  readonly driver: string;
  readonly resultFile: string;
}

const vsix = resolve(process.argv[2] ?? join(ROOT, 'dist', 'interlock.vsix'));

/** The installed editor to test in, if one is named. */
function namedEditor(): string | undefined {
  return process.env['VSCODE_EXECUTABLE'];
}

async function provision(): Promise<void> {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run \`npm run package\` first.`);
  if (namedEditor() !== undefined) return;
  const version = process.env['VSCODE_VERSION'];
  if (version === undefined) {
    await provisionCodeServer();
    await provisionBrowser();
  } else {
    // Kept in the environment, because the script goes on in a process without a network.
    process.env['VSCODE_EXECUTABLE'] = await downloadAndUnzipVSCode({ version, cachePath: join(cacheFolder(), 'vscode') });
  }
}

async function main(): Promise<void> {
  const result = await withRig(async ({ reaper, folder }) => {
    const workspace = join(folder, 'workspace');
    await mkdir(workspace);
    await writeFile(join(workspace, 'README.md'), '# A workspace\n');
    const driver = await buildDriver(join(folder, 'test-driver'));
    const run: HostRun = { reaper, home: folder, folder: workspace, vsix, driver, resultFile: join(folder, 'result.json') };
    const editor = namedEditor();
    await (editor === undefined ? inCodeServer(run) : inEditor(run, editor));
    return readResult(run.resultFile);
  });
  report(result);
}

/** Bundles driver and suite into a folder that any workbench takes for an extension. */
async function buildDriver(target: string): Promise<string> {
  const suite = join(import.meta.dirname, 'suite');
  const tests = (await readdir(suite)).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: [
      { in: join(import.meta.dirname, 'driver', 'driver.ts'), out: 'driver' },
      ...tests.map((name) => ({ in: join(suite, name), out: `suite/${name.slice(0, -'.ts'.length)}` })),
    ],
    outdir: target,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    // Mocha's parallel mode, which is not used, finds its workers by path.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
  await cp(join(import.meta.dirname, 'driver', 'package.json'), join(target, 'package.json'));
  return target;
}

async function inCodeServer(run: HostRun): Promise<void> {
  const workbench = await startWorkbench({
    reaper: run.reaper,
    folder: run.folder,
    home: run.home,
    vsix: [run.vsix],
    extensionFolders: [run.driver],
    env: { [RESULT_FILE_VARIABLE]: run.resultFile },
  });
  // The extension host starts with the first page that connects.
  const window = await openPage(workbench, run);
  const giveUp = Date.now() + SUITE_LIMIT_MS;
  while (readResult(run.resultFile)?.finished !== true && Date.now() < giveUp) await delay(POLL_MS);
  if (readResult(run.resultFile) === undefined) console.error(workbench.logs());
  await window.close();
  await workbench.stop();
}

async function inEditor(run: HostRun, executable: string): Promise<void> {
  const dirs = [`--user-data-dir=${join(run.home, 'ud')}`, `--extensions-dir=${join(run.home, 'ext')}`];
  const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  if (cli === undefined) throw new Error(`${executable} has no command line program.`);
  // A home of the test's own: the extension writes into the configuration of agents.
  const env = { HOME: run.home, USERPROFILE: run.home, [RESULT_FILE_VARIABLE]: run.resultFile, ...QUIET_ENV, ...run.reaper.env };
  const args = [...cliArgs, ...dirs, '--install-extension', run.vsix];
  const installed = spawnSync(cli, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  if (installed.status !== 0) throw new Error(`The editor did not install the extension.\n${installed.stdout}${installed.stderr}`);
  await runTests({
    vscodeExecutablePath: executable,
    reuseMachineInstall: true,
    extensionDevelopmentPath: run.driver,
    extensionTestsPath: join(run.driver, 'driver.js'),
    extensionTestsEnv: env,
    launchArgs: [run.folder, ...dirs, '--disable-workspace-trust', '--disable-telemetry'],
  });
}

/** The result so far, or nothing when the driver has not started. */
function readResult(file: string): Result | undefined {
  return existsSync(file) ? resultSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** Prints every test, and throws unless all ran and passed. */
function report(result: Result | undefined): void {
  if (result === undefined) throw new Error('The suite never started: the driver extension was not activated in time.');
  for (const { title, passed, durationMs, error } of result.tests) {
    console.log(`${passed ? 'ok' : 'FAILED'}  ${title} (${durationMs} ms)${error === undefined ? '' : `\n${error}`}`);
  }
  const failed = result.tests.filter(({ passed }) => !passed).length;
  const passed = result.tests.length - failed;
  console.log(`${passed} passed, ${failed} failed`);
  if (result.crash !== undefined) throw new Error(`The suite could not run: ${result.crash}`);
  if (!result.finished) throw new Error(`The suite did not finish in ${SUITE_LIMIT_MS / 1000} s.`);
  if (failed > 0) throw new Error('A test failed in the extension host.');
  if (passed === 0) throw new Error('No test ran in the extension host.');
}

void runIsolated(provision, main);
