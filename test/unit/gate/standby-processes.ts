import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { State } from '../../../src/gate/state.ts';

/** The processes that stand by for this state folder, as Linux shows them. */
export function standbysOf(state: State): readonly number[] {
  const program = join(dirname(state.program), 'standby.js');
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => wordsOf(pid).includes(program));
}

function wordsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
