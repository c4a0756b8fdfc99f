import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShellAction } from '../../../src/core/action.ts';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { Decision } from '../../../src/core/verdict.ts';
import { maskOutput } from '../../../src/gate/mask-output.ts';
import { maskSecrets } from '../../../src/gate/mask-secrets.ts';
import { createDiskWorld } from '../../../src/gate/world/disk-world.ts';
import { SecretIndex } from '../../../src/gate/world/secret-index.ts';
import { shownIn } from './planted.ts';
import { buildProject, type Project } from './project.ts';
import { grouped, rowsOf, share, type Row } from './rows.ts';

const LONGEST_RUN_MS = 15_000;
const MOST_OUTPUT = 4 * 1024 * 1024;

/** What one command printed when it really ran. */
interface Run {
  readonly output: string;
  readonly code: number | null;
}

/** What became of one command. */
export interface Outcome {
  readonly row: Pick<Row, 'content' | 'label' | 'kind'>;
  readonly decision: Decision;
  /** Names of the secrets its own output shows; undefined where it was denied. */
  readonly printed?: readonly string[];
  /** Those that are left after masking. */
  readonly left?: readonly string[];
  readonly changed?: boolean;
  readonly failed?: boolean;
  readonly rules: readonly string[];
}

/** Judges each command, runs it where it is not denied, masks what it prints, and counts what is left of the planted secrets. */
export async function printLeaks(folder: string, misses: boolean): Promise<void> {
  const rows = rowsOf(folder, 'commands');
  if (rows.length === 0) return;
  for (const vendors of ['known', 'unknown'] as const) {
    const root = mkdtempSync(join(tmpdir(), 'interlock-secrets-'));
    try {
      print(vendors, await outcomes(rows, buildProject(root, vendors), root), misses);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

/**
 * What becomes of each command, each in a project as it was before.
 * @param root folder for what is remembered of the project
 */
export async function outcomes(rows: readonly Pick<Row, 'content' | 'label' | 'kind'>[], project: Project, root: string): Promise<readonly Outcome[]> {
  project.reset();
  const index = SecretIndex.load(project.folder, join(root, 'index'));
  for await (const _ of index.scan()) continue;
  const all: Outcome[] = [];
  for (const row of rows) {
    project.reset();
    all.push(await outcomeOf(row, project, index));
  }
  return all;
}

async function outcomeOf(row: Outcome['row'], project: Project, index: SecretIndex): Promise<Outcome> {
  const action: ShellAction = { tool: 'shell', shell: 'bash', command: row.content, agent: 'bench', session: '', cwd: project.folder, workspaceRoots: [project.folder], env: project.env };
  const { decision, findings } = decide(action, createDiskWorld({ secretsIn: (text) => index.match(text) }), defaultPolicy);
  const rules = findings.filter((finding) => finding.decision === decision).map(({ rule }) => rule);
  if (decision === 'deny') return { row, decision, rules };
  const { output, code } = await run(row.content, project);
  const masked = String(maskOutput(output, (text) => maskSecrets(text, [index])).output);
  return { row, decision, rules, printed: shownIn(output, ...project.planted), left: shownIn(masked, ...project.planted), changed: masked !== output, failed: code !== 0 };
}

/** As an agent's shell runs it: with the person's history, in a process group that is ended whole. */
function run(command: string, { folder, env }: Project): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', `set -o history; history -r\n${command}`], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (data: Buffer): void => {
      if (output.length < MOST_OUTPUT) output += data.toString('utf8');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(end, LONGEST_RUN_MS);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ output, code });
    });
  });
}

function print(vendors: 'known' | 'unknown', all: readonly Outcome[], misses: boolean): void {
  const leaking = all.filter(({ row }) => row.label === 1);
  const harmless = all.filter(({ row }) => row.label === 0);
  const leaks = leaking.filter(({ left }) => (left ?? []).length > 0);
  const held = harmless.filter(({ decision }) => decision === 'deny' || decision === 'ask');
  const changed = harmless.filter((outcome) => outcome.changed);
  console.log(`\nCommands that show secrets, run for real; what programs give out is ${vendors === 'known' ? 'also in the project' : 'nowhere on this machine'}`);
  console.table([...grouped(leaking, ({ row }) => row.kind)].map(([kind, rows]) => ({ kind, commands: rows.length, denied: rows.filter(({ decision }) => decision === 'deny').length, asked: rows.filter(({ decision }) => decision === 'ask').length, printed: rows.filter(({ printed }) => (printed ?? []).length > 0).length, leaked: rows.filter(({ left }) => (left ?? []).length > 0).length })));
  console.log(`Leak nothing: ${share(leaking.length - leaks.length, leaking.length)}`);
  console.log(`Fail after printing a secret, which some hosts show unmasked: ${leaking.filter(({ failed, printed }) => failed && (printed ?? []).length > 0).length}`);
  console.log(`Harmless: ${share(held.length, harmless.length)} held, ${share(changed.length, harmless.length)} changed`);
  if (!misses) return;
  for (const { row, left, rules } of leaks) console.log(`  leaks ${(left ?? []).join(', ')}: ${row.content} [${rules.join(' ')}]`);
  for (const { row } of leaking.filter(({ failed, printed }) => failed && (printed ?? []).length > 0)) console.log(`  fails: ${row.content}`);
  for (const { row, decision, printed } of leaking.filter((outcome) => outcome.decision !== 'deny' && (outcome.printed ?? []).length === 0)) console.log(`  prints nothing (${decision}): ${row.content}${printed ? '' : ' ?'}`);
  for (const { row, decision, rules } of held) console.log(`  ${decision} harmless: ${row.content} [${rules.join(' ')}]`);
  for (const { row } of changed) console.log(`  changes harmless: ${row.content}`);
}
