// Run by the editor's Node after each update: leaves what V8 makes of the engine beside it, for the hooks that find no editor.
import { join } from 'node:path';
import { loadCompiled, writeCompiled } from './gate/compiled.ts';
import type { Engine } from './gate/engine.ts';

const file = join(__dirname, 'engine.js');
if (loadCompiled(file).from !== 'compiled') void writeCompiled(file, (exports) => (exports as { readonly engine: Engine }).engine.warmUp());
