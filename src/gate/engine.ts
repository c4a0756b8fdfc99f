import { adapters } from '../agents/all.ts';
import type { Action } from '../core/action.ts';
import { decide } from '../core/decide.ts';
import { type EvidenceReading, readEvidence } from '../core/environment/evidence.ts';
import { defaultPolicy } from '../core/policy/defaults.ts';
import type { Policy } from '../core/policy/policy.ts';
import { adviceFor } from '../core/secrets/advice.ts';
import { findSecrets } from '../core/secrets/find.ts';
import { rotationPage } from '../core/secrets/rotation.ts';
import { maskerBy } from '../core/shell/masked-command.ts';
import type { Verdict } from '../core/verdict.ts';
import { blindWorld, type Losses, type World } from '../core/world.ts';
import { coveredPrograms } from '../terminal/covered-programs.ts';
import { answerAlone, denyUnread, judgeAlone, passLarge, streamAlone } from './alone.ts';
import { check, explain } from './check.ts';
import { decideToday } from './decide-today.ts';
import { maskSecrets } from './mask-secrets.ts';
import { restoreHere } from './restore-here.ts';
import { scanGitHistory, scanLines, scanTree } from './scan.ts';
import { createDiskWorld, type DiskWorldOptions } from './world/disk-world.ts';
import { verdictOf } from './world/file-verdicts.ts';
import { KnownSecrets } from './world/known-secrets.ts';
import { Fingerprinter } from './world/secret-forms.ts';
import { loadSalt, loadTestValues, saveTestValues } from './world/secret-store.ts';

/**
 * What judges and what finds secrets: by far the larger part of the extension, and a bundle of its own that the programs share. The
 * editor loads it once the window has started, so that no window waits for rules it may never need; a hook only when no editor answers.
 */
export interface Engine {
  /** What becomes of an action in a world of its own making. */
  readonly decide: (action: Action, world: World, policy: Policy) => Verdict;
  /** What becomes of an action on this machine as it is. */
  readonly decideHere: (action: Action, secrets: Pick<DiskWorldOptions, 'secretsIn' | 'isTestValue'>, policy: Policy) => Verdict;
  /** How much work is lost with some paths of this machine. */
  readonly losses: (paths: readonly string[]) => Losses | undefined;
  /** The text without the secrets that an index knows or that look like one. */
  readonly mask: typeof maskSecrets;
  /** What is known of a folder's secrets, to be filled by the thread that finds them. Throws as `loadSalt`. */
  readonly knownSecrets: (folder: string, store: string, testValues: ReadonlySet<string>) => KnownSecrets;
  /** What agents may see of a file that the index knows, or does not. */
  readonly verdictOf: typeof verdictOf;
  readonly findSecrets: typeof findSecrets;
  /** What to do about a secret. */
  readonly adviceFor: typeof adviceFor;
  readonly rotationPage: typeof rotationPage;
  readonly loadTestValues: typeof loadTestValues;
  readonly saveTestValues: typeof saveTestValues;
  /** The programs that an agent's shell asks about. */
  readonly coveredPrograms: typeof coveredPrograms;
  /** What on this machine speaks of the environment of a folder, for commands that run with `env`. */
  readonly evidenceHere: (folder: string, env: Readonly<Record<string, string>>, policy: Policy) => EvidenceReading;
  readonly answerAlone: typeof answerAlone;
  readonly judgeAlone: typeof judgeAlone;
  readonly streamAlone: typeof streamAlone;
  readonly maskerBy: typeof maskerBy;
  readonly denyUnread: typeof denyUnread;
  readonly passLarge: typeof passLarge;
  /** Does nothing that shows; what it runs is compiled before it is needed. */
  readonly warmUp: () => void;
  readonly check: typeof check;
  readonly explain: typeof explain;
  readonly scanLines: typeof scanLines;
  readonly scanTree: typeof scanTree;
  readonly scanGitHistory: typeof scanGitHistory;
  readonly restoreHere: typeof restoreHere;
}

/** A call of each kind that a hook alone decides most often. */
const usual = ['git status', 'npm test && ls -la src | head', 'rm -rf build', 'git push --force', 'cat .env', 'psql -c "select 1"', 'curl https://example.com'];

function warmUp(): void {
  for (const command of usual) decide({ tool: 'shell', shell: 'bash', command, agent: 'none', session: '', cwd: '/p', workspaceRoots: ['/p'], env: { HOME: '/h' } }, blindWorld(), defaultPolicy);
  for (const { id } of adapters) denyUnread(id, 'Warming up.');
  maskSecrets(usual.join('\n'), []);
}

export const engine: Engine = {
  decide,
  decideHere: (action, secrets, policy) => decideToday(action, createDiskWorld(secrets), policy),
  losses: (paths) => createDiskWorld({ secretsIn: () => [] }).losses(paths),
  mask: maskSecrets,
  knownSecrets: (folder, store, testValues) => new KnownSecrets(folder, new Fingerprinter(loadSalt(store)), testValues),
  verdictOf,
  findSecrets,
  adviceFor,
  rotationPage,
  loadTestValues,
  saveTestValues,
  coveredPrograms,
  evidenceHere: (folder, env, policy) => readEvidence(folder, createDiskWorld({ secretsIn: () => [] }), env, policy),
  answerAlone,
  judgeAlone,
  streamAlone,
  maskerBy,
  denyUnread,
  passLarge,
  warmUp,
  check,
  explain,
  scanLines,
  scanTree,
  scanGitHistory,
  restoreHere,
};
