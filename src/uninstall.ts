// Run by the editor once the extension has been uninstalled: https://code.visualstudio.com/api/references/extension-manifest#extension-uninstall-hook
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { adapters } from './agents/all.ts';
import { locateState } from './gate/state.ts';
import { otherEditor, removeEverything } from './gate/uninstall.ts';

async function main(): Promise<void> {
  const home = homedir();
  const other = await otherEditor(home, dirname(__dirname));
  if (other !== undefined) {
    process.stdout.write(`Interlock is installed in another editor too (${other}), so agents stay guarded.\n`);
    return;
  }
  const { done, left, kept } = await removeEverything(adapters, home, locateState());
  if (done.length > 0) process.stdout.write(`No longer guarded: ${done.join(', ')}.\n`);
  if (kept.length > 0) process.stdout.write(`Kept, because it is yours: ${kept.join(', ')}.\n`);
  for (const { file, why } of left) process.stderr.write(`Interlock's lines are still in ${file}: ${why}\n`);
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`Interlock could not be removed in full: ${error instanceof Error ? error.message : String(error)}\n`);
});
