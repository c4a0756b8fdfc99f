import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { writeAtomic } from './write-atomic.ts';

/** How Node itself calls what a CommonJS file holds. */
type Module = (exports: object, require: NodeJS.Require, module: { exports: object }, filename: string, dirname: string) => void;

interface Loaded {
  readonly exports: unknown;
  readonly from: 'compiled' | 'source';
}

/**
 * What a CommonJS bundle exports. Where `writeCompiled` has left what this very Node made of this very file, nothing is compiled: for a
 * large bundle that is most of the time of loading it.
 */
export function loadCompiled(file: string): Loaded {
  const compiled = readCompiled(file);
  const { script, exports } = load(file, compiled);
  return { exports, from: compiled === undefined || script.cachedDataRejected === true ? 'source' : 'compiled' };
}

/**
 * Leaves beside a bundle what this Node makes of it, to be loaded by the next process.
 * @param warmUp runs what shall be in it: a function that has never run has not been compiled
 */
export async function writeCompiled(file: string, warmUp: (exports: unknown) => void): Promise<void> {
  const identity = identityOf(file);
  const { script, exports } = load(file, undefined);
  warmUp(exports);
  // The file may have been replaced meanwhile.
  if (identityOf(file) === identity) await writeAtomic(compiledOf(file), Buffer.concat([Buffer.from(identity), script.createCachedData()]), 0o600);
}

/** Where the compiled form of a bundle lies. */
function compiledOf(file: string): string {
  return `${file}.compiled`;
}

function load(file: string, cachedData: Buffer | undefined): { readonly script: Script; readonly exports: unknown } {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  // What another version of Node has compiled is rejected by itself, and then compiled as usual.
  const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} };
  (script.runInThisContext() as Module)(module.exports, createRequire(file), module, file, dirname(file));
  return { script, exports: module.exports };
}

function readCompiled(file: string): Buffer | undefined {
  try {
    const compiled = readFileSync(compiledOf(file));
    const identity = identityOf(file);
    return compiled.toString('latin1', 0, identity.length) === identity ? compiled.subarray(identity.length) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Which file it is, in text that is another one once the file has been replaced: V8 itself would take any of the same length for it.
 * @throws Error where there is no such file.
 */
export function identityOf(file: string): string {
  const { size, ino, mtimeNs } = statSync(file, { bigint: true });
  return `${size} ${ino} ${mtimeNs}\n`;
}
