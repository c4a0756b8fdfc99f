import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isSecretName } from '../../../src/core/secrets/files.ts';
import { scanFile } from '../../../src/core/secrets/scan.ts';
import { provisionPackage } from '../../workbench/provision.ts';

/** Public trees without secrets of anybody: what is flagged in them is flagged wrongly, or is an example written to look like one. */
const packages = { express: '5.1.0', typescript: '5.9.3', '@prisma/client': '6.19.0', next: '15.5.6', webpack: '5.102.1' } as const;

const MOST_BYTES = 2 * 1024 * 1024;

/** Installs the trees, each once, into the cache. */
export async function installPackages(): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const [name, version] of Object.entries(packages)) folders.push(await provisionPackage({ package: name, version, what: 'a tree to look for false alarms in', size: 'up to 300 MB' }));
  return folders;
}

/** Prints how many files of well-known packages, with all they depend on, are flagged. */
export async function printFalseAlarms(misses: boolean): Promise<void> {
  const rows = (await installPackages()).map((folder, at) => ({ package: Object.entries(packages)[at]?.join(' '), ...alarmsIn(folder, misses) }));
  const total = (of: 'files' | 'flagged' | 'hidden'): number => rows.reduce((sum, row) => sum + row[of], 0);
  console.log('\nFalse alarms in public packages');
  console.table(rows.map((row) => ({ ...row, 'per 1,000': Number(((1000 * row.flagged) / row.files).toFixed(2)) })));
  console.log(`All: ${total('flagged')} of ${total('files')} files, ${((1000 * total('flagged')) / total('files')).toFixed(2)} per 1,000; ${total('hidden')} hidden by name`);
}

function alarmsIn(folder: string, misses: boolean): { readonly files: number; readonly flagged: number; readonly hidden: number } {
  const counts = { files: 0, flagged: 0, hidden: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = textOf(file);
    if (text === undefined) continue;
    counts.files++;
    if (isSecretName(file)) counts.hidden++;
    const { findings } = scanFile(file, text);
    if (findings.length === 0) continue;
    counts.flagged++;
    if (misses) console.log(`  ${relative(folder, file)}: ${findings.slice(0, 3).map(({ kind, line, name }) => `${kind} ${name} in line ${line}`).join('; ')}`);
  }
  return counts;
}

function textOf(file: string): string | undefined {
  if (statSync(file).size > MOST_BYTES) return undefined;
  const text = readFileSync(file, 'utf8');
  return text.includes('\0') ? undefined : text;
}
