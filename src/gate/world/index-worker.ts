/** The thread in which secrets are looked for, so that the window never waits for it. Started by `IndexThread`. */
import { parentPort } from 'node:worker_threads';
import type { ToWorker } from './index-messages.ts';
import { IndexWork } from './index-work.ts';

const work = new IndexWork((message) => parentPort?.postMessage(message, []));
parentPort?.on('message', (message: ToWorker) => work.take(message));
