import { spawn } from 'node:child_process';
import { bytesOf, onDisk, pathOf } from './disk-path.ts';

/** Extended attributes by name, values in hexadecimal digits; access control lists are among them. */
export type Attributes = Readonly<Record<string, string>>;

/** What may be read and written back by the owner. https://man7.org/linux/man-pages/man7/xattr.7.html */
const KEPT = '^(user\\.|system\\.posix_acl_|security\\.capability)';
const MOST_ARGUMENTS = 400;
const LIMIT_MS = 10_000;
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/**
 * The extended attributes of some paths, links not followed.
 * @returns undefined where the machine has no tool for them
 * https://man7.org/linux/man-pages/man1/getfattr.1.html
 */
export async function readAttributes(paths: readonly string[]): Promise<ReadonlyMap<string, Attributes> | undefined> {
  // Node hands programs text, so a name that is not UTF-8 cannot be asked about.
  const named = paths.filter((path) => typeof onDisk(path) === 'string');
  const found = new Map<string, Attributes>();
  for (let at = 0; at < named.length; at += MOST_ARGUMENTS) {
    const output = await run('getfattr', ['-h', '-d', '-m', KEPT, '-e', 'hex', '--absolute-names', '--', ...named.slice(at, at + MOST_ARGUMENTS)]);
    if (output === undefined) return undefined;
    for (const [path, attributes] of parseAttributes(output)) found.set(path, attributes);
  }
  return found;
}

/** Gives paths their attributes back; false where not all of them could be. */
export async function writeAttributes(attributes: ReadonlyMap<string, Attributes>): Promise<boolean> {
  return attributes.size === 0 || (await run('setfattr', ['-h', '--restore=-'], formatAttributes(attributes))) !== undefined;
}

/** Reads what `getfattr --dump` writes. */
export function parseAttributes(output: Buffer): ReadonlyMap<string, Attributes> {
  const found = new Map<string, Record<string, string>>();
  let current: Record<string, string> | undefined;
  for (const line of output.toString('latin1').split('\n')) {
    const file = /^# file: (.*)$/.exec(line)?.[1];
    if (file !== undefined) found.set(pathOf(unquoted(file)), (current = {}));
    const [, name, value] = /^([^=]+)=0x([0-9a-f]*)$/i.exec(line) ?? [];
    if (current && name !== undefined && value !== undefined) current[pathOf(unquoted(name))] = value;
  }
  return found;
}

/** Writes what `setfattr --restore` reads. */
export function formatAttributes(attributes: ReadonlyMap<string, Attributes>): Buffer {
  const lines = [...attributes].flatMap(([path, values]) => [`# file: ${quoted(path)}`, ...Object.entries(values).map(([name, value]) => `${quoted(name)}=0x${value}`), '']);
  return Buffer.from(lines.join('\n'), 'latin1');
}

/** Bytes as latin1 text, with those that end a line or mean something written as octal numbers. */
function quoted(text: string): string {
  return bytesOf(text).toString('latin1').replace(/[\n\r\\=]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

function unquoted(text: string): Buffer {
  return Buffer.from(text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8))), 'latin1');
}

/** What the program printed; undefined where it is not there, failed or took too long. A path that is gone by now is no failure. */
function run(program: string, args: readonly string[], input?: Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    if (process.platform !== 'linux') {
      resolve(undefined);
      return;
    }
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: LIMIT_MS, killSignal: 'SIGKILL' });
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > LARGEST_OUTPUT) child.kill('SIGKILL');
      else parts.push(part);
    });
    child.once('error', () => resolve(undefined));
    child.once('close', (status) => resolve(status === 0 || (status === 1 && input === undefined) ? Buffer.concat(parts) : undefined));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
