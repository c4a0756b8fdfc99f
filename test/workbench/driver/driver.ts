/**
 * The extension that runs the suite. It works in any workbench because it needs nothing but activation; the result goes to a file,
 * rewritten after each test so that a run that hangs still tells where.
 */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { RESULT_FILE_VARIABLE, type SuiteResult, type TestResult } from './result.ts';

const TEST_LIMIT_MS = 30_000;

/** Called by the workbench. Leaves the run to `run` where the workbench was started for tests and calls that itself. */
export function activate(context: vscode.ExtensionContext): void {
  if (context.extensionMode !== vscode.ExtensionMode.Test) void run();
}

/** Runs every bundled `*.test.js` beside this file and resolves when the result is written; also the entry for `@vscode/test-electron`. */
export async function run(): Promise<void> {
  const file = process.env[RESULT_FILE_VARIABLE];
  if (file === undefined) throw new Error(`${RESULT_FILE_VARIABLE} is not set.`);
  const tests: TestResult[] = [];
  const write = (result: Omit<SuiteResult, 'tests'>): void => {
    writeFileSync(`${file}.part`, JSON.stringify({ ...result, tests }));
    renameSync(`${file}.part`, file);
  };
  try {
    const mocha = new Mocha({ ui: 'bdd', timeout: TEST_LIMIT_MS, forbidOnly: true, forbidPending: true, reporter: Mocha.reporters.Base });
    const suite = join(__dirname, 'suite');
    for (const name of readdirSync(suite)) if (name.endsWith('.test.js')) mocha.addFile(join(suite, name));
    write({ finished: false });
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('pass', (test) => {
        tests.push({ title: test.fullTitle(), passed: true, durationMs: test.duration ?? 0 });
        write({ finished: false });
      });
      runner.on('fail', (test, error: unknown) => {
        tests.push({ title: test.fullTitle(), passed: false, durationMs: 0, error: described(error) });
        write({ finished: false });
      });
    });
    write({ finished: true });
  } catch (error) {
    write({ finished: true, crash: described(error) });
  }
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
