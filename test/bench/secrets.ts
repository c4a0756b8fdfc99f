// How many secrets are found, hidden and masked, on a folder of labelled examples and on public packages.
//   node test/run.mjs bench:secrets FOLDER [--misses]
import { runIsolated } from '../workbench/isolation.ts';
import { printLeaks } from './secrets/commands.ts';
import { installPackages, printFalseAlarms } from './secrets/packages.ts';
import { printRecall } from './secrets/recall.ts';

const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const misses = process.argv.includes('--misses');

void runIsolated(installPackages, async () => {
  if (folder === undefined) console.log('Name a folder with positives, negatives, paths and commands (.jsonl.gz) to measure on it.');
  else {
    printRecall(folder, misses);
    await printLeaks(folder, misses);
  }
  await printFalseAlarms(misses);
});
