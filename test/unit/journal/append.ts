// Started by the journal's tests as a process of its own: appends `count` records to a journal and says so, one line for each.
import { createJournal } from '../../../src/journal/journal.ts';

async function main(): Promise<void> {
  const [folder = '', name = '', count = '0'] = process.argv.slice(2);
  const journal = createJournal(folder, { now: Date.now, mask: (text) => text });
  for (let index = 0; index < Number(count); index += 1) {
    await journal.record({ type: 'configuration', what: `${name} ${index}`, by: 'interlock' });
    process.stdout.write(`${name} ${index}\n`);
  }
}

void main();
