import type { Action } from '../core/action.ts';
import { isInside, platformOf } from '../core/files/path.ts';
import type { Outcome } from '../core/recording.ts';
import type { Finding, Verdict } from '../core/verdict.ts';

/** How long what was asked about explains what happens; milliseconds. */
const EXPLAINS_MS = 10 * 60_000;
const MOST = 256;

interface Asked {
  readonly at: number;
  /** The command, where it is one. */
  readonly line: string;
  readonly findings: readonly Finding[];
}

/** What agents have asked about lately and been allowed, by which it is known whether something that happened went past the guard. */
export class AskedActions {
  private readonly asked: Asked[] = [];
  private readonly now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.now = now;
  }

  /** What was refused explains nothing that happens all the same. */
  note(action: Action, { findings }: Verdict, { decision }: Outcome): void {
    if (decision !== 'allow') return;
    this.asked.push({ at: this.now(), line: action.tool === 'shell' ? action.command.trim() : '', findings });
    if (this.asked.length > MOST) this.asked.shift();
  }

  /** True when a command line was allowed, or programs in it since `since` were, with what it would do. */
  covers(line: string, { findings }: Verdict, since: number): boolean {
    const text = line.trim();
    const rules = findings.filter(({ decision }) => decision !== 'allow').map(({ rule }) => rule);
    const later = this.recent().filter(({ at }) => at >= since).flatMap((asked) => asked.findings.map(({ rule }) => rule));
    return this.recent().some((asked) => asked.line !== '' && (text.includes(asked.line) || asked.line.includes(text))) || (rules.length > 0 && rules.every((rule) => later.includes(rule)));
  }

  /** True when something that was allowed would have removed or replaced the file. A push takes none of this machine. */
  explains(path: string): boolean {
    return this.recent().some(({ findings }) => findings.some(({ paths = [], recursive, repository, everything }) => {
      const roots = [...(recursive || everything ? paths : []), ...(repository === undefined || repository.push !== undefined ? [] : [repository.folder])];
      return paths.includes(path) || roots.some((root) => isInside(path, root, platformOf(root)));
    }));
  }

  private recent(): readonly Asked[] {
    const from = this.now() - EXPLAINS_MS;
    return this.asked.filter(({ at }) => at >= from);
  }
}
