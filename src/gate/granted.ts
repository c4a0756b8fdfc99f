import { createHash } from 'node:crypto';
import { unresolved } from '../agents/shell-line.ts';
import type { Action, ShellAction } from '../core/action.ts';
import type { Finding, Verdict } from '../core/verdict.ts';
import { realPath } from './real-path.ts';

interface Grant {
  readonly until: number;
  /** The programs on the way to the one that does it that have been asked about, each of which gets the answer once. */
  readonly used: Set<string>;
}

/** How long the programs of an allowed command have to come to what it was allowed for; milliseconds. */
const GRANTED_MS = 5 * 60_000;
const MOST = 512;
const MOST_ROOTS = 8;

/**
 * What a person or the policy has allowed a command to do and its programs have not done yet, so that nobody is asked once for the
 * command line and once more when the program in it starts. A yes is for an effect, as a no is: the same rule on the same things in the
 * same place, each program once, within minutes. What has no fixed object — what input names, what nobody could look into — is asked about again
 * when its words are known.
 */
export class Granted {
  private readonly grants = new Map<string, Grant[]>();
  /** The workspaces of the commands: things are named by their place in them, and a program in a shell knows nothing of any. */
  private readonly roots = new Map<string, readonly string[]>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** A command of an agent, or a program that starts others, runs with these findings. */
  add(action: Action, { findings }: Verdict): void {
    if (action.tool !== 'shell') return;
    this.roots.set(JSON.stringify(action.workspaceRoots), action.workspaceRoots);
    dropOldest(this.roots, MOST_ROOTS);
    for (const finding of findings) {
      if (!wasAnswered(finding) || !isFixed(finding) || isDoneBy(action, finding)) continue;
      const grant = { until: this.now() + GRANTED_MS, used: new Set(action.agent === SHELL ? [programOf(action)] : []) };
      this.grants.set(keyOf(finding), [...(this.grants.get(keyOf(finding)) ?? []).filter(({ until }) => until > this.now()), grant]);
    }
    dropOldest(this.grants, MOST);
  }

  /**
   * True when everything that a program would be asked about was allowed to the command that starts it; it then is not any more.
   * @param decide what becomes of the program's action
   */
  take(action: Action, decide: (action: Action) => Verdict): boolean {
    if (action.tool !== 'shell' || action.agent !== SHELL || this.grants.size === 0) return false;
    return [...this.roots.values()].some((workspaceRoots) => this.takeAll(action, decide({ ...action, workspaceRoots })));
  }

  /** Nothing counts as allowed any more. */
  clear(): void {
    this.grants.clear();
    this.roots.clear();
  }

  private takeAll(action: ShellAction, { decision, findings }: Verdict): boolean {
    const asked = findings.filter((finding) => finding.decision === 'ask');
    if (decision !== 'ask' || !asked.every(isFixed)) return false;
    const program = programOf(action);
    const open = new Map(asked.map((finding) => [keyOf(finding), (this.grants.get(keyOf(finding)) ?? []).filter(({ until, used }) => until > this.now() && !used.has(program))]));
    const taken = asked.map((finding) => ({ finding, grant: open.get(keyOf(finding))?.shift() }));
    if (taken.some(({ grant }) => grant === undefined)) return false;
    for (const { finding, grant } of taken) {
      grant?.used.add(program);
      if (isDoneBy(action, finding)) this.grants.set(keyOf(finding), (this.grants.get(keyOf(finding)) ?? []).filter((each) => each !== grant));
    }
    return true;
  }
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

/** The agent that programs in agents' shells are. */
const SHELL = 'shell';

/** What the built-in policy lets pass, it may hold when the program starts: files have changed by then. */
function wasAnswered({ decision, source }: Finding): boolean {
  return decision === 'ask' || (decision === 'allow' && source !== 'built-in');
}

function isFixed({ certainty, verb }: Finding): boolean {
  return certainty !== 'unknown' && verb !== 'runUnknown';
}

/** True where the program that was asked about does it itself, so that no other will be asked about it. */
function isDoneBy(action: ShellAction, { rule }: Finding): boolean {
  return action.agent === SHELL && programOf(action) === rule.split('/', 1)[0];
}

/** The program that a shim stands for, or the first word of a line. */
function programOf({ command }: ShellAction): string {
  return unresolved(command).split(' ', 1)[0] ?? '';
}

/** The effect as it is judged; what the evidence names (a cluster, a profile) is part of it. */
function keyOf({ rule, verb, reversibility, resource, environment, evidence, target, spent, recursive, paths = [] }: Finding): string {
  // A file is the same file however the command that holds it spells it.
  const what = paths.length > 0 ? paths.map(realPath) : resource;
  return createHash('sha256').update(JSON.stringify([rule, verb, reversibility, what, environment, evidence, target, spent, recursive])).digest('hex');
}
