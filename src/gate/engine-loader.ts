import { join } from 'node:path';
import { loadCompiled } from './compiled.ts';
import type { Engine } from './engine.ts';

/** Where the build puts it, beside every program. */
const FILE = 'engine.js';

let loaded: Engine | undefined;

/** The engine; loaded the first time it is asked for. */
export async function loadEngine(): Promise<Engine> {
  return (loaded ??= (loadCompiled(join(__dirname, FILE)).exports as { readonly engine: Engine }).engine);
}
