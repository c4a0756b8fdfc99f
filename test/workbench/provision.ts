/**
 * Installs what the rig runs (Node, a VS Code workbench, a browser, an agent) from npm at exact versions, each once, into a cache folder
 * that git ignores. Every package is installed without its install scripts, so nothing depends on what npm allows and nothing is compiled.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_LIMIT_MS = 10 * 60_000;
const ABANDONED_AFTER_MS = 60 * 60_000;
const TEMP_PREFIX = '.installing-';

/** One npm package at one version; `size` is what the finished install takes on disk. */
export interface Pin {
  readonly package: string;
  readonly version: string;
  readonly what: string;
  readonly size: string;
}

/** Everything the rig downloads. The `node` package of npm only fetches one of these per-platform packages in an install script. */
const PINS = {
  node: { package: `node-${process.platform}-${process.arch}`, version: '24.21.0', what: 'Node for the workbench', size: '190 MB' },
  codeServer: { package: 'code-server', version: '4.139.1', what: 'the VS Code workbench', size: '593 MB' },
  chromium: { package: '@sparticuz/chromium', version: '153.0.0', what: 'headless Chromium', size: '285 MB' },
  claudeCode: { package: '@anthropic-ai/claude-code', version: '2.1.330', what: 'the Claude Code agent', size: '364 MB' },
  codex: { package: '@openai/codex', version: '0.169.0', what: 'the Codex agent', size: '404 MB' },
  copilot: { package: '@github/copilot', version: '1.0.102', what: 'the GitHub Copilot CLI agent', size: '189 MB' },
  gemini: { package: '@google/gemini-cli', version: '0.61.0', what: 'the Gemini CLI agent', size: '100 MB' },
  cursor: { package: '@cursor/sdk', version: '1.0.32', what: 'the Cursor agent', size: '50 MB' },
  qwen: { package: '@qwen-code/qwen-code', version: '0.24.4', what: 'the Qwen Code agent', size: '152 MB' },
  // The packages these come in only choose one of these per-platform packages.
  opencode: { package: `opencode-${process.platform}-${process.arch}`, version: '1.18.33', what: 'the opencode agent', size: '178 MB' },
  kilo: { package: `@kilocode/cli-${process.platform}-${process.arch}`, version: '7.7.9', what: 'the Kilo Code agent', size: '229 MB' },
} as const satisfies Record<string, Pin>;

/** A browser ready to be started: the program, and the environment it needs besides the usual. */
export interface Browser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The code-server program: run `entry` with `node`. */
export interface CodeServer {
  readonly node: string;
  readonly entry: string;
}

/** The folder all downloads are kept in: `INTERLOCK_CACHE`, else `.cache` in the repository. */
export function cacheFolder(): string {
  return resolve(process.env['INTERLOCK_CACHE'] || join(import.meta.dirname, '..', '..', '.cache'));
}

/** Installs Node 24 unless it is there; gives the path of the program. */
async function provisionNode(): Promise<string> {
  const folder = await installOnce(PINS.node, async (temp) => npmInstall(temp, PINS.node, process.execPath));
  return join(folder, 'node_modules', PINS.node.package, 'bin', 'node');
}

/** Installs code-server (VS Code with a browser front end) unless it is there. */
export async function provisionCodeServer(): Promise<CodeServer> {
  const node = await provisionNode();
  const folder = await installOnce(PINS.codeServer, async (temp) => {
    await npmInstall(temp, PINS.codeServer, node);
    // Its install script would fetch these and compile native modules; node-pty ships prebuilt and the rest can be missing.
    await npm(join(temp, 'node_modules', 'code-server', 'lib', 'vscode'), [], node);
  });
  return { node, entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js') };
}

/** The browser named by `CHROMIUM_EXECUTABLE`, else headless Chromium from npm (Linux x64), installed unless it is there. */
export async function provisionBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM_EXECUTABLE'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_EXECUTABLE names ${named}, which does not exist.`);
    return { executablePath: named, env: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('npm has a Chromium for Linux x64 only: set CHROMIUM_EXECUTABLE to an installed Chromium or Chrome.');
  }
  const node = await provisionNode();
  const folder = join(await installOnce(PINS.chromium, (temp) => installChromium(temp, node)), 'unpacked');
  return browserIn(folder);
}

/** Installs Claude Code unless it is there; gives the path of its program. */
export async function provisionClaudeCode(): Promise<string> {
  const node = await provisionNode();
  const folder = await installOnce(PINS.claudeCode, (temp) => npmInstall(temp, PINS.claudeCode, node));
  const scope = join(folder, 'node_modules', '@anthropic-ai');
  const names = await readdir(scope);
  const native = names.find((name) => name.startsWith('claude-code-') && existsSync(join(scope, name, 'claude')));
  if (native === undefined) throw new Error(`${PINS.claudeCode.package} has no program for ${process.platform} ${process.arch}.`);
  return join(scope, native, 'claude');
}

/** Installs a package unless it is there; gives the folder with it and all it depends on. */
export async function provisionPackage(pin: Pin): Promise<string> {
  return join(await installOnce(pin, (temp) => npmInstall(temp, pin, process.execPath)), 'node_modules');
}

/** An agent that Node runs: `program` is the script, `node` what it is run with. */
export interface NodeAgent {
  readonly node: string;
  readonly program: string;
}

/** Installs one of the agents of npm, unless it is there. */
export async function provisionNodeAgent(name: 'codex' | 'copilot' | 'gemini' | 'qwen' | 'opencode' | 'kilo'): Promise<NodeAgent> {
  const node = await provisionNode();
  const folder = join(await installOnce(PINS[name], (temp) => npmInstall(temp, PINS[name], node)), 'node_modules');
  const bare = name === 'opencode' || name === 'kilo';
  return { node, program: bare ? join(folder, PINS[name].package, 'bin', name) : join(folder, '.bin', name) };
}

/** Installs the SDK of Cursor's agent unless it is there; `program` is the module to import. */
export async function provisionCursorSdk(): Promise<NodeAgent> {
  const node = await provisionNode();
  const folder = await installOnce(PINS.cursor, (temp) => npmInstall(temp, PINS.cursor, node));
  return { node, program: join(folder, 'node_modules', PINS.cursor.package, 'dist', 'esm', 'index.js') };
}

/** Installs under way in this process, so that two that need the same package wait for one install. */
const underWay = new Map<string, Promise<string>>();

function installOnce(pin: Pin, build: (temp: string) => Promise<void>): Promise<string> {
  const running = underWay.get(pin.package) ?? install(pin, build).finally(() => underWay.delete(pin.package));
  underWay.set(pin.package, running);
  return running;
}

/** Runs `build` in a temporary folder and renames it at the end, so that an interrupted install is never taken for a finished one. */
async function install(pin: Pin, build: (temp: string) => Promise<void>): Promise<string> {
  const cache = cacheFolder();
  const target = join(cache, `${pin.package.replaceAll(/[@/]/g, '_')}-${pin.version}`);
  if (existsSync(target)) return target;
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  console.log(`Installing ${pin.package} ${pin.version} from npm: ${pin.what}, ${pin.size} on disk`);
  const temp = await mkdtemp(join(cache, TEMP_PREFIX));
  try {
    await writeFile(join(temp, 'package.json'), '{ "private": true }\n');
    await build(temp);
    await rename(temp, target);
  } catch (error) {
    await rm(temp, { recursive: true, force: true });
    // Another process may have finished the same install first.
    if (!existsSync(target)) throw error;
  }
  return target;
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(TEMP_PREFIX)) continue;
    // Another process may be removing the same one.
    const info = await stat(join(cache, name)).catch(() => undefined);
    if (info !== undefined && Date.now() - info.mtimeMs > ABANDONED_AFTER_MS) await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function npmInstall(folder: string, pin: Pin, node: string): Promise<void> {
  await npm(folder, [`${pin.package}@${pin.version}`], node);
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'node_modules', pin.package, 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  if (version !== pin.version) throw new Error(`npm installed ${pin.package} ${String(version)} where ${pin.version} was asked for.`);
}

/** Runs `npm install` in `folder` with `node` first on PATH: npm picks by the Node it runs on when packages name engines. */
async function npm(folder: string, packages: readonly string[], node: string): Promise<void> {
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-update-notifier'];
  const path = [join(node, '..'), process.env['PATH'] ?? ''].join(delimiter);
  try {
    await run('npm', [...args, '--loglevel=error', ...packages], {
      cwd: folder,
      env: { ...process.env, PATH: path },
      timeout: INSTALL_LIMIT_MS,
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').slice(-12).join('\n') : '';
    throw new Error(`npm install ${packages.join(' ')} failed in ${folder}.\n${said}`, { cause: error });
  }
}

/** The package carries compressed files and unpacks them into the temporary folder of whoever asks; that folder is made part of the install. */
async function installChromium(temp: string, node: string): Promise<void> {
  await npmInstall(temp, PINS.chromium, node);
  const unpacked = join(temp, 'unpacked');
  await mkdir(unpacked);
  await run(node, ['--input-type=module', '-e', `import chromium from '${PINS.chromium.package}'; await chromium.executablePath();`], {
    cwd: temp,
    // The second variable makes it unpack its copies of the NSS libraries too, for machines that have none.
    env: { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  await chmod(join(unpacked, 'chromium'), 0o755);
  await browserIn(unpacked);
}

/** Finds out whether the browser starts with the machine's own libraries or needs the ones it came with. */
async function browserIn(folder: string): Promise<Browser> {
  const executablePath = join(folder, 'chromium');
  const candidates = [{}, { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }];
  let reason: unknown;
  for (const env of candidates) {
    try {
      await run(executablePath, ['--version'], { env: { ...process.env, ...env } });
      return { executablePath, env };
    } catch (error) {
      reason = error;
    }
  }
  throw new Error('The Chromium from npm does not start on this machine: set CHROMIUM_EXECUTABLE to an installed one.', { cause: reason });
}
