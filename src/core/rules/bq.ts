import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'bq',
  title: 'BigQuery',
  programs: ['bq'],
  docs: 'https://cloud.google.com/bigquery/docs/reference/bq-cli-reference',
  valueOptions: ['--project_id', '--dataset_id', '--location', '--format', '--job_id', '--bigqueryrc', '-n', '--max_results', '--destination_table', '--schema', '--source_format', '--expiration', '--parameter', '--default_table_expiration', '--default_partition_expiration', '--time_partitioning_expiration', '--max_time_travel_hours', '--member', '--role', '--reservation_id'],
  safeOptions: ['--dry_run', '-h'],
  target: { system: 'bigquery', option: ['--project_id'], settings: { bigqueryrc: ['--bigqueryrc'] } },
  operations: [
    { id: 'rm', words: ['rm'], verb: 'drop', kind: 'dataset or table', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with its data.', saferWay: 'Copy it first: bq cp.' },
    { id: 'replace', words: ['load|query|mk'], needs: ['--replace'], verb: 'overwrite', kind: 'table', reversibility: 'irreversible', name: [{ option: ['--destination_table'] }, { operand: 0 }], why: 'Replaces the data of {name}.', saferWay: 'Write to a new table.' },
    { id: 'cp-force', words: ['cp'], needs: ['-f', '--force'], verb: 'overwrite', kind: 'table', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Replaces the table {name} without asking.', saferWay: 'Copy to a new table: bq cp -n.' },
    { id: 'undelete-window', words: ['update'], needs: ['--max_time_travel_hours'], verb: 'revoke', kind: 'dataset', reversibility: 'reversible', backup: true, name: [{ operand: 0 }], why: 'Changes how far back {name} can be restored.', saferWay: 'Leave the window as it is.' },
    { id: 'policy', words: ['set-iam-policy'], verb: 'overwrite', kind: 'permissions', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the whole access policy of {name}.', saferWay: 'Keep the present policy first: bq get-iam-policy.' },
    { id: 'policy-binding', words: ['remove-iam-policy-binding'], verb: 'revoke', kind: 'permissions', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Takes access to {name} away.', saferWay: 'Keep the present policy first: bq get-iam-policy.' },
    { id: 'truncate', words: ['truncate'], verb: 'truncate', kind: 'table', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Empties the table {name}.', saferWay: 'Copy it first: bq cp.' },
    { id: 'expiration', words: ['update'], needs: ['--expiration', '--default_table_expiration', '--default_partition_expiration', '--time_partitioning_expiration'], verb: 'delete', kind: 'table', reversibility: 'recoverable', certainty: 'likely', name: [{ operand: 0 }], why: 'Has {name} deleted when the time is over.', saferWay: 'Leave out the expiration.' },
  ],
  inspect,
  unlisted: 'BigQuery resource',
  cases: {
    caught: [
      { command: 'bq rm -r -f shop', by: 'rm' },
      { command: 'bq --project_id prod rm -t shop.orders', by: 'rm' },
      { command: 'bq rm -f -t shop.orders', by: 'rm' },
      { command: 'bq load --replace shop.orders a.csv', by: 'replace' },
      { command: 'bq cp -f shop.a shop.b', by: 'cp-force' },
      { command: 'bq load --source_format=CSV --replace shop.orders gs://b/a.csv', by: 'replace' },
      { command: 'bq --location=EU load --replace=true shop.orders a.csv', by: 'replace' },
      { command: 'bq query --replace --destination_table shop.daily "SELECT 1"', by: 'replace' },
      { command: 'bq mk --replace --view "SELECT 1" shop.v', by: 'replace' },
      { command: 'bq --project_id prod mk --force --replace shop.v', by: 'replace' },
      { command: 'bq mk --replace shop.t schema.json', by: 'replace' },
      { command: 'bq cp --force shop.a shop.b', by: 'cp-force' },
      { command: 'bq --project_id prod cp -f shop.a@-3600000 shop.a', by: 'cp-force' },
      { command: 'bq truncate shop.orders', by: 'truncate' },
      { command: 'bq --project_id=prod truncate shop.orders', by: 'truncate' },
      { command: 'bq truncate -f shop.orders@1', by: 'truncate' },
      { command: 'bq update --expiration 60 shop.orders', by: 'expiration' },
      { command: 'bq update --default_table_expiration=3600 shop', by: 'expiration' },
      { command: 'bq update --max_time_travel_hours=48 shop', by: 'undelete-window' },
      { command: 'bq set-iam-policy shop.orders policy.json', by: 'policy' },
      { command: 'bq set-iam-policy --table=true shop.orders p.json', by: 'policy' },
      { command: 'bq --project_id prod set-iam-policy shop.orders p.json', by: 'policy' },
      { command: 'bq remove-iam-policy-binding --member=user:a@example.com --role=r shop.orders', by: 'policy-binding' },
      { command: 'bq remove-iam-policy-binding --table --member user:a@example.com --role r shop.orders', by: 'policy-binding' },
      { command: 'bq --project_id prod remove-iam-policy-binding --member=x --role=y shop.o', by: 'policy-binding' },
      { command: 'bq query --use_legacy_sql=false "DROP TABLE shop.orders"', by: 'sql/drop-table' },
      { command: 'echo "TRUNCATE TABLE shop.orders" | bq query', by: 'sql/truncate' },
      { command: 'bq reservation delete r', by: 'unlisted' },
      { command: 'bq --project_id prod rm -f --reservation --location=EU r', by: 'rm' },
    ],
    passes: ['bq ls', 'bq show shop.orders', 'bq query "SELECT 1"', 'bq head shop.orders', 'bq load shop.orders a.csv', 'bq cp shop.a shop.b', 'bq query --dry_run "DROP TABLE shop.orders"', 'bq extract shop.orders gs://b/x'],
  },
};

/** `bq query` takes its SQL as a word or on its input. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  if (call.operands[0]?.text !== 'query' || hasOption(call, '--replace')) return [];
  const text = call.operands.slice(1).map((word) => word.text).join(' ') || call.invocation.stdin?.text;
  const project = optionValue(call, '--project_id')?.text;
  return text === undefined ? [] : analysis.sql(text, { client: 'bq', ...(project === undefined ? {} : { connection: project }) }, placeOf(call.invocation));
}
