import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { basename } from 'node:path';

/** A process of this person, and when it began; milliseconds since the epoch. */
export interface RunningProcess {
  readonly words: readonly string[];
  readonly began: number;
}

const WITHIN_MS = 5_000;
const MOST_OUTPUT = 4_194_304;

/** The person's processes; none where the system does not say, as on Windows. */
export function runningProcesses(now: number): Promise<readonly RunningProcess[]> {
  if (process.platform === 'win32') return Promise.resolve([]);
  return new Promise((resolve) => {
    execFile('ps', ['-U', String(userInfo().uid), '-o', 'etime=,args='], { timeout: WITHIN_MS, maxBuffer: MOST_OUTPUT, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } }, (error, stdout) => {
      resolve(error ? [] : parseProcesses(stdout, now));
    });
  });
}

/** What `ps -o etime=,args=` has printed: `[[days-]hours:]minutes:seconds` and the words of the command. */
export function parseProcesses(text: string, now: number): readonly RunningProcess[] {
  return text.split('\n').flatMap((line) => {
    const [, days = '0', hours = '0', minutes = '0', seconds = '0', args = ''] = /^ *(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+) +(.*)$/.exec(line) ?? [];
    if (args === '') return [];
    const elapsed = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
    return [{ words: args.split(' '), began: now - elapsed * 1000 }];
  });
}

/** How many of the processes run one of these programs, by itself or through an interpreter, and began before `time`. */
export function beganBefore(processes: readonly RunningProcess[], programs: readonly string[], time: number): number {
  return processes.filter(({ words, began }) => began < time && words.slice(0, 2).some((word) => programs.includes(basename(word)))).length;
}
