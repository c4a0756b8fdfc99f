import { programNames } from '../core/powershell/programs.ts';
import { ruleEntries } from '../core/rule-entries.ts';
import type { Harmless } from '../core/rule.ts';

/** A program that an agent's shell asks about before it runs it. */
export interface CoveredProgram {
  readonly program: string;
  /** Calls that need no asking. */
  readonly harmless?: Harmless;
}

/**
 * Programs without rules of their own by which another leaves an agent's environment, so that nothing in it is asked about any more:
 * they take away variables, become another user, or go by another name.
 */
const waysOut: readonly string[] = ['env', 'sudo', 'doas', 'su', 'pkexec', 'runuser', 'setpriv', 'chroot', 'systemd-run', 'busybox', 'toybox'];

/** The same on Windows, with the shells whose own commands no stand-in sees, and Windows' own programs. */
const onWindows: readonly string[] = ['cmd', 'powershell', 'pwsh', ...programNames];

/** The programs that have rules, and the ways round them. Reads every rule, so only where the answer is needed. */
export function coveredPrograms(platform: 'posix' | 'windows' = 'posix'): readonly CoveredProgram[] {
  const others = platform === 'windows' ? [...waysOut, ...onWindows] : waysOut;
  const covered = new Map<string, CoveredProgram>(others.map((program) => [program, { program }]));
  for (const entry of ruleEntries) {
    const { harmless } = entry.load();
    for (const program of entry.programs) {
      const known = covered.get(program);
      const own = harmless?.[program];
      if (known === undefined || own !== undefined) covered.set(program, own === undefined ? { program } : { program, harmless: own });
    }
  }
  return [...covered.values()];
}
