import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { loadEngine } from './engine-loader.ts';
import type { State } from './state.ts';

/**
 * The launcher's other task: what a command prints comes in, and goes out without its secrets. It ends when all that could print has
 * ended, and keeps nothing. Whatever fails in here closes the pipe, so that nothing is shown unmasked.
 */
export async function maskStdin(state: State, folder: string): Promise<void> {
  // What ends the command lets this one give out what the command has still said.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.stdout.on('error', () => process.exit(1));
  const { streamAlone } = await loadEngine();
  const stream = streamAlone(state, folder);
  const decoder = new StringDecoder('utf8');
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) await write(stream.push(decoder.write(chunk)));
  await write(stream.push(decoder.end()) + stream.end());
}

async function write(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}
