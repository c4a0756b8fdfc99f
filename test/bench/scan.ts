// How fast secrets are found: a first scan of a large tree in the thread of its own, and how long the window waits meanwhile.
//   node --import tsx test/bench/scan.ts [FILES]     needs dist/index-worker.js
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { recognisableValues } from '../../src/core/secrets/hidden-values.ts';
import type { FromWorker } from '../../src/gate/world/index-messages.ts';
import { IndexThread } from '../../src/gate/world/index-thread.ts';

const files = Number(process.argv[2] ?? 100_000);
const root = mkdtempSync(join(tmpdir(), 'interlock-bench-'));
const workspace = join(root, 'workspace');
const MB = 1024 * 1024;

/** Source text of this project: what a tree of code looks like. */
function samples(): readonly string[] {
  const folder = join(import.meta.dirname, '../../src/core');
  return readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(folder, name), 'utf8').slice(0, 6000));
}

/** Folders of a hundred files, one file in five hundred with a secret. */
function grow(texts: readonly string[]): number {
  let bytes = 0;
  for (let i = 0; i < files; i++) {
    const folder = join(workspace, `a${i % 10}`, `b${Math.floor(i / 1000)}`);
    if (i % 100 === 0 || i < 10) for (let a = 0; a < 10; a++) mkdirSync(join(workspace, `a${a}`, `b${Math.floor(i / 1000)}`), { recursive: true });
    const text = `${texts[i % texts.length] ?? ''}${i % 500 === 0 ? `\nconst apiToken = '${'x9Kq2Lm7Zp4Rt8Wv'.split('').map((_, at, all) => all[(at * 7 + i) % 16]).join('')}${i}';\n` : ''}`;
    writeFileSync(join(folder, `${i}.ts`), text);
    bytes += text.length;
  }
  return bytes;
}

/** One scan from the first message to the last. */
async function scan(): Promise<{ readonly seconds: number; readonly longestWait: number; readonly seen: number; readonly withSecrets: number; readonly peak: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let peak = 0;
  // Keeps the process running, too: the thread alone does not.
  const alive = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const began = performance.now();
  let finish: (message: FromWorker & { type: 'scanned' }) => void = () => undefined;
  const done = new Promise<FromWorker & { type: 'scanned' }>((resolve) => (finish = resolve));
  const thread = new IndexThread({
    program: join(import.meta.dirname, '../../dist/index-worker.js'),
    take: (message) => {
      if (message.type === 'scanned') finish(message);
      if (message.type === 'failed') throw new Error(message.why);
    },
    died: (why) => {
      throw new Error(why);
    },
  });
  delay.enable();
  thread.follow(workspace, join(root, 'store'));
  const { progress } = await done;
  delay.disable();
  clearInterval(alive);
  await thread.close();
  return { seconds: (performance.now() - began) / 1000, longestWait: delay.max / 1e6 - 5, seen: progress.seen, withSecrets: progress.withSecrets, peak };
}

/** The detector alone on text that is in memory. */
function detectorSpeed(texts: readonly string[]): number {
  const look = (): number => texts.reduce((sum, text, at) => sum + recognisableValues(`${at}.ts`, text).values.length, 0);
  for (let warming = 0; warming < 20; warming++) look();
  const began = performance.now();
  let rounds = 0;
  while (performance.now() - began < 3000) {
    look();
    rounds++;
  }
  return (texts.reduce((sum, text) => sum + text.length, 0) * rounds) / MB / ((performance.now() - began) / 1000);
}

async function main(): Promise<void> {
  const texts = samples();
  console.log('The detector alone, warm');
  console.table([{ 'MB/s': Number(detectorSpeed(texts).toFixed(1)) }]);
  const bytes = grow(texts);
  const before = process.memoryUsage().rss;
  const rows = [];
  for (const name of ['first scan', 'again, nothing changed']) {
    const { seconds, longestWait, seen, withSecrets, peak } = await scan();
    rows.push({ scan: name, files: seen, 'with secrets': withSecrets, MB: Math.round(bytes / MB), seconds: Number(seconds.toFixed(1)), 'MB/s': Number((bytes / MB / seconds).toFixed(1)), 'longest wait of the window ms': Number(longestWait.toFixed(1)), 'most memory over before MB': Math.round((peak - before) / MB) });
  }
  console.log(`\nA tree of ${files} files`);
  console.table(rows);
  console.table(readdirSync(join(root, 'store')).map((name) => ({ file: name.replace(/^[0-9a-f]{24}/, '…'), KB: Math.round(statSync(join(root, 'store', name)).size / 1024) })));
}

void main().finally(() => rmSync(root, { recursive: true, force: true }));
