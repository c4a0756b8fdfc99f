import type { Analysis } from '../analysis.ts';
import type { Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

const target = { database: 'cockroach', option: ['--url', '--host'], name: ['-d', '--database'] } as const;

export const rule: Rule = {
  tool: 'cockroach',
  title: 'CockroachDB',
  programs: ['cockroach'],
  docs: 'https://www.cockroachlabs.com/docs/stable/cockroach-commands',
  valueOptions: ['--url', '--host', '-u', '--user', '-p', '--port', '-d', '--database', '-e', '--execute', '-f', '--file', '--certs-dir', '--format', '--store', '-s', '--join', '--drain-wait', '--set', '--locality'],
  safeOptions: ['-h'],
  target,
  operations: [
    { id: 'node', words: ['node', 'decommission|drain'], verb: 'delete', kind: 'node', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Takes the node {name} out of service.', saferWay: 'Look first: cockroach node status.' },
    { id: 'quit', words: ['quit'], verb: 'stop', kind: 'node', reversibility: 'reversible', name: [], why: 'Stops a node of the cluster.', saferWay: 'Drain it first: cockroach node drain.' },
    { id: 'debug', words: ['debug', 'reset-quorum|recover|unsafe-remove-dead-replicas|compact|delete-range'], verb: 'overwrite', kind: 'ranges', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Gives up copies of data that cannot be reached.', saferWay: 'Restore a backup instead.' },
    { id: 'files', words: ['userfile|nodelocal|statement-diag|import', 'delete|purge|cancel'], verb: 'delete', kind: 'files', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from the cluster.', saferWay: 'List first: cockroach userfile list.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'cockroach node decommission 4', by: 'node' },
      { command: 'cockroach node drain 4 --host db.example.com', by: 'node' },
      { command: 'kubectl exec crdb-0 -- cockroach node decommission 3 --certs-dir=/c', by: 'node' },
      { command: 'cockroach quit --insecure', by: 'quit' },
      { command: 'cockroach quit --host db.example.com', by: 'quit' },
      { command: 'docker exec crdb cockroach quit --insecure', by: 'quit' },
      { command: 'cockroach debug reset-quorum 4 --host db.example.com', by: 'debug' },
      { command: 'cockroach debug recover apply-plan --store=/data p.json', by: 'debug' },
      { command: 'kubectl exec crdb-0 -- cockroach debug reset-quorum 4', by: 'debug' },
      { command: 'cockroach userfile delete a.sql', by: 'files' },
      { command: 'cockroach statement-diag delete --all', by: 'files' },
      { command: 'cockroach userfile delete "*" --url "$DATABASE_URL"', by: 'files' },
      { command: 'cockroach sql -e "DROP DATABASE shop CASCADE"', by: 'sql/drop-database' },
      { command: 'cockroach sql --url postgres://u@db.example.com:26257 --execute="DROP DATABASE shop"', by: 'sql/drop-database' },
      { command: 'cockroach sql --insecure -e "ALTER TABLE orders CONFIGURE ZONE USING gc.ttlseconds = 60"', by: 'sql/retention' },
      { command: 'echo "TRUNCATE orders" | cockroach sql --host db.example.com', by: 'sql/truncate' },
    ],
    passes: ['cockroach sql -e "SHOW DATABASES"', 'cockroach node status', 'cockroach demo', 'cockroach start-single-node --insecure', 'cockroach userfile list', 'cockroach sql -f schema.sql', 'cockroach node recommission 4'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (call.operands[0]?.text !== 'sql') return [];
  return sqlEffects(call, { inline: ['-e', '--execute'], files: ['-f', '--file'] }, clientOf(databaseTarget(target, call)), analysis);
}
