import { expandHome, joinPath } from '../files/path.ts';
import { inHome, readFile } from './config-files.ts';
import type { Surroundings } from './placer.ts';

const mostIncludes = 16;
const mostLines = 4000;

/**
 * The host name an alias of the person's stands for; undefined where the configuration says nothing of it. The first value found counts.
 * https://man.openbsd.org/ssh_config
 */
export function aliasOf(host: string, around: Surroundings, file?: string): string | undefined {
  if (host === '' || host.startsWith('/')) return undefined;
  for (const path of file === undefined ? inHome(around, '.ssh/config') : [file]) {
    const found = hostNameIn(readFile(path, around)?.text ?? '', host, around, { left: mostIncludes });
    if (found !== undefined) return found.replaceAll('%h', host).toLowerCase();
  }
  return undefined;
}

function hostNameIn(text: string, host: string, around: Surroundings, includes: { left: number }): string | undefined {
  let applies = true;
  for (const line of text.split('\n', mostLines)) {
    const entry = /^\s*(\w+)(?:\s*=\s*|\s+)(.+)$/.exec(line);
    if (!entry) continue;
    const keyword = (entry[1] as string).toLowerCase();
    const value = (entry[2] as string).trim();
    if (keyword === 'host') applies = fitsHost(value, host);
    // What a `Match` tests is not known here; `all` tests nothing.
    else if (keyword === 'match') applies = /^all$/i.test(value);
    else if (applies && keyword === 'hostname') return value.replaceAll('"', '');
    else if (applies && keyword === 'include') {
      const found = includedIn(value, host, around, includes);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The patterns of a `Host` line: one that begins with `!` takes back what the others allow. */
function fitsHost(patterns: string, host: string): boolean {
  const all = patterns.split(/\s+/).slice(0, 64);
  const fits = (pattern: string): boolean => wildcard(pattern, host);
  return all.some((pattern) => !pattern.startsWith('!') && fits(pattern)) && !all.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)));
}

/** `*` and `?`, compared in one pass with the last `*` as the only place to return to. */
function wildcard(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let kept = 0;
  let p = 0;
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  while (at < given.length) {
    if (wanted[p] === '*') [star, kept] = [p++, at];
    else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[at])) [p, at] = [p + 1, at + 1];
    else if (star >= 0) [p, at] = [star + 1, ++kept];
    else return false;
  }
  while (wanted[p] === '*') p++;
  return p === wanted.length;
}

function includedIn(value: string, host: string, around: Surroundings, includes: { left: number }): string | undefined {
  const { home, world } = around;
  if (home === undefined) return undefined;
  const base = joinPath(home, '.ssh', world.platform);
  for (const pattern of value.split(/\s+/)) {
    const whole = expandHome(pattern.replaceAll('"', ''), home, world.platform);
    if (whole === undefined) continue;
    for (const path of filesOf(joinPath(base, whole, world.platform), around)) {
      if (includes.left-- <= 0) return undefined;
      const found = hostNameIn(readFile(path, around)?.text ?? '', host, around, includes);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The files a path with a wildcard in its last part stands for. */
function filesOf(path: string, { world }: Surroundings): readonly string[] {
  const slash = path.lastIndexOf(world.platform === 'windows' ? '\\' : '/');
  const folder = path.slice(0, slash);
  const name = path.slice(slash + 1);
  if (!/[*?]/.test(name)) return [path];
  return (world.list(folder) ?? []).filter((each) => wildcard(name, each)).slice(0, mostIncludes).map((each) => joinPath(folder, each, world.platform));
}
