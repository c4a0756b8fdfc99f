/** The thread in which secrets are looked for, so that the window never waits for it. Started by `IndexThread`. */
import { statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ToWorker } from './index-messages.ts';
import { IndexWork } from './index-work.ts';

/** An update of the extension may find what the version before it did not. */
const { size, mtimeMs } = statSync(__filename);
const work = new IndexWork((message) => parentPort?.postMessage(message, []), `${size} ${mtimeMs}`);
parentPort?.on('message', (message: ToWorker) => work.take(message));
