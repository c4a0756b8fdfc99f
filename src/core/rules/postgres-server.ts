import { optionValue, type Call } from '../call.ts';
import type { Effect, Verb } from '../effect.ts';
import { own } from '../own.ts';
import type { Rule } from '../rule.ts';

interface Loss {
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly why: string;
  readonly saferWay: string;
  readonly page: string;
}

const stop: Loss = { id: 'server-stop', verb: 'stop', kind: 'database server', why: 'Stops the database server; with -m immediate it has to recover when it starts again.', saferWay: 'Let the service manager stop it.', page: 'app-pg-ctl' };
const promote: Loss = { id: 'promote', verb: 'stop', kind: 'standby', why: 'Ends replication: the standby becomes a server of its own.', saferWay: 'Ask which server is the primary first.', page: 'app-pg-ctl' };

/** What each of the tools loses that come with the server, some of them by one of their words only. */
const losses: Readonly<Record<string, Loss>> = {
  'pg_ctl stop': stop, 'pg_ctl restart': stop, 'pg_ctl kill': stop, 'pg_ctl promote': promote,
  'pg_ctlcluster stop': stop, 'pg_ctlcluster restart': stop, 'pg_ctlcluster promote': promote,
  pg_dropcluster: { id: 'cluster-drop', verb: 'drop', kind: 'database cluster', why: 'Deletes a whole database cluster: every database in it is lost.', saferWay: 'Run pg_dumpall first.', page: 'app-pg-dumpall' },
  pg_resetwal: { id: 'resetwal', verb: 'overwrite', kind: 'database cluster', why: 'Throws away the write-ahead log: what was not written to the tables is lost, and they may no longer fit together.', saferWay: 'Show what it would do: add --dry-run.', page: 'app-pgresetwal' },
  pg_rewind: { id: 'rewind', verb: 'overwrite', kind: 'database cluster', why: 'Makes this cluster a copy of another one; what only it had is lost.', saferWay: 'Show what it would do: add --dry-run.', page: 'app-pgrewind' },
  pg_archivecleanup: { id: 'archive-cleanup', verb: 'delete', kind: 'write-ahead logs', why: 'Deletes archived logs that a restore would need. This removes the way back.', saferWay: 'Show what would go: add -n.', page: 'pgarchivecleanup' },
  vacuumlo: { id: 'large-objects', verb: 'delete', kind: 'large objects', why: 'Deletes every large object that no table refers to.', saferWay: 'Show what would go: add -n.', page: 'vacuumlo' },
  pg_createsubscriber: { id: 'subscriber', verb: 'overwrite', kind: 'standby', why: 'Makes a standby a server of its own; there is no way back.', saferWay: 'Show what it would do: add --dry-run.', page: 'app-pgcreatesubscriber' },
};

function inspect(call: Call): readonly Effect[] {
  const program = call.invocation.program.replace('pg_resetxlog', 'pg_resetwal');
  const words = [program, ...call.operands.map((word) => `${program} ${word.text}`)];
  const loss = words.map((word) => own(losses, word)).find((found) => found !== undefined);
  if (!loss) return [];
  const host = optionValue(call, '-h', '--host')?.text;
  const name = optionValue(call, '-D', '--pgdata', '--target-pgdata')?.text ?? call.operands.at(-1)?.text ?? '';
  const { env, span } = call.invocation;
  return [{
    verb: loss.verb, resource: { kind: loss.kind, name, provider: 'PostgreSQL' }, reversibility: 'irreversible', certainty: 'certain', rule: `postgres-server/${loss.id}`, why: loss.why, saferWay: loss.saferWay,
    docs: `https://www.postgresql.org/docs/current/${loss.page}.html`, target: host === undefined ? { by: 'path' } : { by: 'host', host }, env, ...(span ? { span } : {}),
  }];
}

export const rule: Rule = {
  tool: 'postgres-server',
  title: 'PostgreSQL',
  programs: ['pg_ctl', 'pg_ctlcluster', 'pg_dropcluster', 'pg_resetwal', 'pg_resetxlog', 'pg_rewind', 'pg_archivecleanup', 'vacuumlo', 'pg_createsubscriber'],
  docs: 'https://www.postgresql.org/docs/current/reference-server.html',
  valueOptions: ['-D', '--pgdata', '-m', '--mode', '-l', '--log', '-o', '-p', '-t', '--timeout', '-w', '-h', '--host', '-U', '--username', '--source-pgdata', '--source-server', '--target-pgdata', '-P', '--publisher-server', '-d', '--database', '-x', '--strip-extension', '-b', '--backup-label', '-c', '-e', '-f', '-N'],
  safeOptions: ['-n', '--dry-run', '-?'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'pg_ctl stop -D /var/lib/postgresql/16/main -m immediate', by: 'server-stop' },
      { command: 'sudo -u postgres pg_ctl -D /srv/pg restart', by: 'server-stop' },
      { command: 'pg_ctlcluster 16 main stop', by: 'server-stop' },
      { command: 'pg_ctl promote -D /srv/pg', by: 'promote' },
      { command: 'pg_ctlcluster 16 main promote', by: 'promote' },
      { command: 'pg_dropcluster 16 main --stop', by: 'cluster-drop' },
      { command: 'sudo pg_dropcluster --stop 15 main', by: 'cluster-drop' },
      { command: 'pg_resetwal -f /var/lib/postgresql/16/main', by: 'resetwal' },
      { command: 'sudo -u postgres pg_resetwal -D /srv/pg', by: 'resetwal' },
      { command: 'pg_rewind --target-pgdata=/srv/pg --source-server="host=db2.example.com"', by: 'rewind' },
      { command: 'pg_archivecleanup /srv/wal 000000010000000000000010', by: 'archive-cleanup' },
      { command: 'pg_archivecleanup -x .gz /srv/wal 000000010000000000000010', by: 'archive-cleanup' },
      { command: 'vacuumlo shop', by: 'large-objects' },
      { command: 'vacuumlo -h db.example.com -U ops shop', by: 'large-objects' },
      { command: 'pg_createsubscriber -D /srv/pg -P "host=db.example.com" -d shop', by: 'subscriber' },
    ],
    passes: ['pg_ctl status -D /srv/pg', 'pg_ctl start -D /srv/pg', 'pg_ctl reload -D /srv/pg', 'pg_resetwal -n /srv/pg', 'pg_rewind -n --target-pgdata=/srv/pg --source-pgdata=/srv/b', 'pg_archivecleanup -n /srv/wal 000000010000000000000010', 'vacuumlo -n shop', 'pg_lsclusters', 'pg_ctlcluster 16 main start', 'initdb -D /srv/new', 'pg_basebackup -D /srv/copy -h db.example.com', 'createdb -T template0 shop', 'pgbench -i shop', 'vacuumdb --all', 'reindexdb shop'],
  },
};
