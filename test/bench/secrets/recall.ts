import { isSecretName } from '../../../src/core/secrets/files.ts';
import { scanFile } from '../../../src/core/secrets/scan.ts';
import { grouped, rowsOf, share, type Row } from './rows.ts';

/** Prints how many labelled secrets are found, by source, and how much of what is none is flagged. */
export function printRecall(folder: string, misses: boolean): void {
  const positives = grouped(rowsOf(folder, 'positives'), ({ source }) => source);
  const flagged = (row: Row): boolean => scanFile(row.path, row.content).findings.length > 0;
  console.log('\nSecrets found in files');
  console.table([...positives].map(([source, rows]) => ({ source, found: share(rows.filter(flagged).length, rows.length) })));
  const negatives = rowsOf(folder, 'negatives');
  const alarms = negatives.filter(flagged);
  console.log(`Flagged wrongly: ${[...grouped(negatives, ({ source }) => source)].map(([source, rows]) => `${source} ${share(rows.filter(flagged).length, rows.length)}`).join(', ')}`);
  const paths = rowsOf(folder, 'paths');
  for (const [label, title] of [[1, 'Secret names hidden'], [0, 'Harmless names hidden']] as const) {
    const rows = paths.filter((row) => row.label === label);
    console.log(`${title}: ${share(rows.filter(({ path }) => isSecretName(path)).length, rows.length)}`);
  }
  if (!misses) return;
  console.table([...positives.values()].flat().filter((row) => !flagged(row)).map(({ source, kind, path }) => ({ missed: source, kind, path })).slice(0, 60));
  console.table(alarms.map(({ source, kind, path }) => ({ flagged: source, kind, path })));
}
