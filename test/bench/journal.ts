// How fast a journal of a million records is searched and checked.
//   node test/run.mjs bench
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { query, type Query } from '../../src/journal/query.ts';
import { verify } from '../../src/journal/read.ts';
import { lineOf } from '../../src/journal/record.ts';

const RECORDS = 1_000_000;
const DAYS = 30;
const FIRST_DAY = Date.UTC(2026, 9, 1);
const agents = ['claude-code', 'cursor', 'codex', 'gemini-cli'];
const commands = ['npm test', 'git status --short', 'rm -rf build', 'psql -h db.internal -c "SELECT count(*) FROM orders"', 'railway volume list', 'kubectl get pods -n shop'];

/** Records as a busy team of agents leaves them: every thousandth is refused, one in all deletes the volume. */
async function writeJournal(folder: string): Promise<number> {
  let prev = '';
  let bytes = 0;
  const perDay = Math.ceil(RECORDS / DAYS);
  for (let day = 0; day < DAYS; day++) {
    const name = `${new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10)}.jsonl`;
    const file = await open(join(folder, name), 'w');
    for (let start = day * perDay; start < Math.min(RECORDS, (day + 1) * perDay); start += 10_000) {
      let text = '';
      for (let index = start; index < Math.min(start + 10_000, RECORDS, (day + 1) * perDay); index++) {
        const denied = index % 1_000 === 0;
        const rule = index === 500_000 ? 'railway/volume-delete' : denied ? 'sql/drop-table' : 'files/delete';
        const made = lineOf({ seq: index + 1, time: new Date(FIRST_DAY + day * 86_400_000 + (index % perDay) * 2_000).toISOString(), prev }, {
          type: 'action', agent: agents[index % agents.length], session: `session-${index % 500}`, tool: 'shell', cwd: '/home/dev/shop', what: { shell: 'bash', command: commands[index % commands.length] },
          decision: denied ? 'ask' : 'allow', outcome: { decision: denied ? 'deny' : 'allow', by: denied ? 'person' : 'verdict' },
          findings: [{ rule, verb: 'delete', kind: 'table', resource: `orders_${index % 97}`, environment: denied ? 'production' : 'local', reversibility: 'irreversible', certainty: 'certain', decision: denied ? 'ask' : 'allow', source: 'built-in', why: 'Drops the table with everything in it.', because: 'it cannot be undone' }],
        });
        prev = made.hash;
        text += `${made.line}\n`;
      }
      await file.writeFile(text);
    }
    await file.close();
    bytes += statSync(join(folder, name)).size;
  }
  return bytes;
}

const questions: Readonly<Record<string, { readonly wanted: Query; readonly limit: number }>> = {
  'the newest hundred': { wanted: {}, limit: 100 },
  'what was refused, newest hundred': { wanted: { outcome: 'deny' }, limit: 100 },
  'one session, all of it': { wanted: { session: 'session-7' }, limit: Infinity },
  'one rule, found once in all': { wanted: { rule: 'railway' }, limit: Infinity },
  'a text that stands nowhere': { wanted: { text: 'no such words' }, limit: Infinity },
  'what was refused in production on one day': { wanted: { outcome: 'deny', environment: 'production', since: FIRST_DAY + 10 * 86_400_000, until: FIRST_DAY + 11 * 86_400_000 }, limit: Infinity },
};

async function count(folder: string, { wanted, limit }: { readonly wanted: Query; readonly limit: number }): Promise<number> {
  let found = 0;
  for await (const _record of query(folder, wanted)) {
    found += 1;
    if (found >= limit) break;
  }
  return found;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-journal-'));
  try {
    const bytes = await writeJournal(folder);
    console.log(`\nA journal of ${RECORDS.toLocaleString('en')} records, ${Math.round(bytes / 1e6)} MB in ${DAYS} files`);
    const rows = [];
    for (const [question, each] of Object.entries(questions)) {
      const times: number[] = [];
      let found = 0;
      for (let round = 0; round < 3; round++) {
        const started = performance.now();
        found = await count(folder, each);
        times.push(performance.now() - started);
      }
      rows.push({ question, records: found, 'first ms': Math.round(times[0] ?? NaN), 'fastest ms': Math.round(Math.min(...times)) });
    }
    const started = performance.now();
    const { records, problems } = await verify(folder);
    rows.push({ question: `the chain, problems: ${problems.length}`, records, 'first ms': Math.round(performance.now() - started), 'fastest ms': NaN });
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
