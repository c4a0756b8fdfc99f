import type { Engine } from './engine.ts';

/** Where the build puts it, beside every program. A name the bundler cannot follow keeps it out of the program's own file. */
const FILE = './engine.js';

/** The engine; loaded the first time it is asked for. */
export async function loadEngine(): Promise<Engine> {
  const { engine } = (await import(FILE)) as { readonly engine: Engine };
  return engine;
}
