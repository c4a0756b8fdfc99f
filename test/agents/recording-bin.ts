/** Stand-ins for programs that must not run in a test: each call is written down and nothing else happens. */
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** One call of a stand-in. */
const callSchema = z.object({ name: z.string(), argv: z.array(z.string()), cwd: z.string() });

/** One call of a stand-in: the name it was called by, its arguments, and where. */
export type RecordedCall = z.infer<typeof callSchema>;

/** A folder of stand-ins. */
export interface RecordingBin {
  /** Goes first on PATH. */
  readonly folder: string;
  /** One JSON line for each call. */
  readonly markerFile: string;
}

/** One append of less than a pipe's buffer is one line, also when two stand-ins write at once. */
const RECORD = `const { appendFileSync } = require('node:fs');
const [marker, name, ...argv] = process.argv.slice(2);
appendFileSync(marker, JSON.stringify({ name, argv, cwd: process.cwd() }) + '\\n');
`;

/** Where the calls of the stand-ins in `folder` are written down. */
export function recordsIn(folder: string): string {
  return join(folder, 'calls.jsonl');
}

/** Makes stand-ins in `folder` for `curl` and the other `names`; they exit 0 and print nothing. */
export async function makeRecordingBin(folder: string, names: readonly string[] = []): Promise<RecordingBin> {
  const bin = join(folder, 'bin');
  const markerFile = recordsIn(folder);
  const program = join(folder, 'record.cjs');
  await mkdir(bin, { recursive: true });
  await writeFile(program, RECORD);
  for (const name of new Set(['curl', ...names])) {
    const words = [process.execPath, program, markerFile, name].map(quoted).join(' ');
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${words} "$@"\n`);
    await chmod(join(bin, name), 0o755);
  }
  return { folder: bin, markerFile };
}

/** All calls so far; none when no stand-in was ever called. */
export function readRecords(markerFile: string): RecordedCall[] {
  if (!existsSync(markerFile)) return [];
  const lines = readFileSync(markerFile, 'utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => callSchema.parse(JSON.parse(line)));
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
