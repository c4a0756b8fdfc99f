import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf, readWord, unseenFile } from '../inputs.ts';
import type { Rule } from '../rule.ts';
import { targetFrom } from '../target.ts';

export const rule: Rule = {
  tool: 'wrangler',
  title: 'Cloudflare',
  programs: ['wrangler'],
  docs: 'https://developers.cloudflare.com/workers/wrangler/commands/',
  valueOptions: ['-c', '--config', '--cwd', '-e', '--env', '--env-file', '--name', '--binding', '--namespace-id', '--message', '-m', '--timestamp', '--bookmark', '--jurisdiction', '-J', '--file', '--command'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'cloudflare', option: ['-e', '--env'], variable: ['CLOUDFLARE_ENV'], settings: { name: ['--name'], config: ['-c', '--config'], local: ['--local'] } },
  operations: [
    { id: 'worker-delete', words: ['delete'], verb: 'delete', kind: 'worker', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['--name'] }], why: 'Deletes the worker {name} with its settings and durable objects.', saferWay: 'List it first and let a person delete it.' },
    { id: 'd1-delete', words: ['d1', 'delete'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the D1 database {name}: all data is lost.', saferWay: 'Export it first: wrangler d1 export.' },
    { id: 'd1-migrations', words: ['d1', 'migrations', 'apply'], needs: ['--remote', '--preview'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Runs new migrations on the hosted D1 database {name}; they may drop what holds data.', saferWay: 'Run them on the local copy first: leave out --remote.' },
    { id: 'd1-restore', words: ['d1', 'time-travel', 'restore'], verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the data of the D1 database {name} with an older state.', saferWay: 'Export it first: wrangler d1 export.' },
    { id: 'kv-delete', words: ['kv', 'namespace|key|bulk', 'delete'], verb: 'delete', kind: 'keys', reversibility: 'irreversible', name: [{ option: ['--namespace-id', '--binding'] }, { operand: 0 }], why: 'Deletes keys, or the whole namespace {name}.', saferWay: 'List them first: wrangler kv key list.' },
    { id: 'kv-legacy', words: ['kv:namespace|kv:key|kv:bulk', 'delete'], verb: 'delete', kind: 'keys', reversibility: 'irreversible', name: [{ option: ['--namespace-id', '--binding'] }, { operand: 0 }], why: 'Deletes keys, or the whole namespace {name}.', saferWay: 'List them first: wrangler kv key list.' },
    { id: 'r2-retention', words: ['r2', 'bucket', 'lifecycle|lock', 'remove|add|set'], verb: 'overwrite', kind: 'retention', reversibility: 'irreversible', certainty: 'likely', backup: true, name: [{ operand: 1 }], why: 'Changes how long objects of {name} are kept; what is past it is deleted.', saferWay: 'Look first: wrangler r2 bucket lifecycle list.' },
    { id: 'queue-purge', words: ['queues', 'purge|delete'], verb: 'truncate', kind: 'queue', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the queue {name}, or every message in it.', saferWay: 'Stop deliveries instead: wrangler queues pause-delivery.' },
    { id: 'pages-delete', words: ['pages', 'project|deployment|secret', 'delete'], verb: 'delete', kind: 'Pages project', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from Cloudflare Pages.', saferWay: 'List it first and let a person delete it.' },
    { id: 'index-delete', words: ['vectorize|hyperdrive|workflows|dispatch-namespace|pipelines|containers|secrets-store|tunnel|cert|ai-search', 'delete|delete-vectors|terminate'], verb: 'delete', kind: 'Cloudflare resource', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}.', saferWay: 'List it first and let a person delete it.' },
    { id: 'r2-delete', words: ['r2', 'bucket|object|sql|bulk', 'delete'], verb: 'delete', kind: 'bucket or object', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes {name} from R2.', saferWay: 'Keep a copy of the data first.' },
    { id: 'secret-delete', words: ['secret|versions', 'delete'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the secret {name}: its value cannot be read back.', saferWay: 'Let a person keep the value first.' },
    { id: 'secret-put', words: ['secret', 'put'], dataVariables: true, verb: 'overwrite', kind: 'secret', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Replaces {name}, on which the worker’s data hangs; the old value cannot be read back.', saferWay: 'Use a new name.' },
    { id: 'rollback', words: ['rollback'], verb: 'overwrite', kind: 'worker', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Puts the worker back to an earlier version.', saferWay: 'Look first: wrangler deployments list.' },
    { id: 'deployments-rollback', words: ['deployments|versions', 'rollback'], verb: 'overwrite', kind: 'worker', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Puts the worker back to an earlier version.', saferWay: 'Look first: wrangler deployments list.' },
  ],
  unlisted: 'Cloudflare resource',
  inspect,
  controlPlane: {
    hosts: ['api.cloudflare.com'],
    queries: [
      { request: 'POST /client/v4/accounts/:account/d1/database/:database/query', field: 'sql' },
      { request: 'POST /client/v4/accounts/:account/d1/database/:database/raw', field: 'sql' },
    ],
    // https://developers.cloudflare.com/api/
    paths: [
      { id: 'api-dns-batch', request: 'POST /client/v4/zones/:zone/dns_records/batch', verb: 'delete', kind: 'DNS records', reversibility: 'irreversible', needs: ['deletes', 'puts'], name: ['zone'], why: 'Deletes or replaces DNS records of {name}: their addresses stop answering.', saferWay: 'Keep the records first with GET.' },
      { id: 'api-dns-replace', request: 'PUT /client/v4/zones/:zone/dns_records/:record', verb: 'overwrite', kind: 'DNS record', reversibility: 'irreversible', name: ['record'], why: 'Replaces the DNS record {name}; its address may lead elsewhere.', saferWay: 'Keep the record first with GET.' },
      { id: 'api-dns-edit', request: 'PATCH /client/v4/zones/:zone/dns_records/:record', verb: 'overwrite', kind: 'DNS record', reversibility: 'irreversible', needs: ['content', 'name', 'type', 'proxied'], name: ['record'], why: 'Changes where the DNS record {name} leads.', saferWay: 'Keep the record first with GET.' },
      { id: 'api-zone-pause', request: 'PATCH /client/v4/zones/:zone', verb: 'stop', kind: 'zone', reversibility: 'reversible', needs: ['paused=true'], name: ['zone'], why: 'Takes what protects and speeds up {name} away.', saferWay: 'Let a person pause it.' },
      { id: 'api-ruleset', request: 'PUT /client/v4/zones/:zone/rulesets/*', verb: 'overwrite', kind: 'ruleset', reversibility: 'irreversible', name: ['zone'], why: 'Replaces all rules of a ruleset of {name}.', saferWay: 'Read the present state first with GET.' },
      { id: 'api-d1-restore', request: 'POST /client/v4/accounts/:account/d1/database/:database/time_travel/restore', verb: 'overwrite', kind: 'database', reversibility: 'irreversible', name: ['database'], why: 'Replaces the data of the D1 database {name} with an older state.', saferWay: 'Export it first: wrangler d1 export.' },
      { id: 'api-kv-namespace', request: 'DELETE /client/v4/accounts/:account/storage/kv/namespaces/:namespace', verb: 'delete', kind: 'KV namespace', reversibility: 'irreversible', name: ['namespace'], why: 'Deletes the KV namespace {name} with every key in it.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-kv-bulk', request: 'DELETE /client/v4/accounts/:account/storage/kv/namespaces/:namespace/bulk', verb: 'delete', kind: 'keys', reversibility: 'irreversible', name: ['namespace'], why: 'Deletes many keys of the KV namespace {name}.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-kv-bulk-post', request: 'POST /client/v4/accounts/:account/storage/kv/namespaces/:namespace/bulk/delete', verb: 'delete', kind: 'keys', reversibility: 'irreversible', name: ['namespace'], why: 'Deletes many keys of the KV namespace {name}.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-r2-bucket', request: 'DELETE /client/v4/accounts/:account/r2/buckets/:bucket', verb: 'delete', kind: 'bucket', reversibility: 'irreversible', name: ['bucket'], why: 'Deletes the bucket {name}.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-r2-lifecycle', request: 'PUT /client/v4/accounts/:account/r2/buckets/:bucket/lifecycle', verb: 'overwrite', kind: 'retention', reversibility: 'irreversible', backup: true, name: ['bucket'], why: 'Replaces how long objects of {name} are kept; what is past it is deleted.', saferWay: 'Read the present state first with GET.' },
      { id: 'api-worker-delete', request: 'DELETE /client/v4/accounts/:account/workers/scripts/:script', verb: 'delete', kind: 'worker', reversibility: 'irreversible', name: ['script'], why: 'Deletes the worker {name} with its settings and durable objects.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-queue-purge', request: 'POST /client/v4/accounts/:account/queues/:queue/purge', verb: 'truncate', kind: 'queue', reversibility: 'irreversible', name: ['queue'], why: 'Deletes every message in the queue {name}.', saferWay: 'Stop deliveries instead.' },
      { id: 'api-pages-delete', request: 'DELETE /client/v4/accounts/:account/pages/projects/:project', verb: 'delete', kind: 'Pages project', reversibility: 'irreversible', name: ['project'], why: 'Deletes the Pages project {name}.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-token-delete', request: 'DELETE /client/v4/user/tokens/:token', verb: 'revoke', kind: 'token', reversibility: 'irreversible', name: ['token'], why: 'Revokes the token {name}: whatever uses it stops working.', saferWay: 'Make the new token first.' },
      { id: 'api-token-roll', request: 'PUT /client/v4/user/tokens/:token/value', verb: 'revoke', kind: 'token', reversibility: 'irreversible', name: ['token'], why: 'Makes the present value of the token {name} invalid.', saferWay: 'Make a new token first.' },
      { id: 'api-zone-delete', request: 'DELETE /client/v4/zones/:zone', verb: 'delete', kind: 'zone', reversibility: 'irreversible', name: ['zone'], why: 'Deletes the zone {name} with all its DNS records: the domain stops answering.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-dns-delete', request: 'DELETE /client/v4/zones/:zone/dns_records/:record', verb: 'delete', kind: 'DNS record', reversibility: 'irreversible', name: ['record'], why: 'Deletes the DNS record {name}; its address stops answering.', saferWay: 'Keep the record first with GET.' },
      { id: 'api-d1-delete', request: 'DELETE /client/v4/accounts/:account/d1/database/:database', verb: 'delete', kind: 'database', reversibility: 'irreversible', name: ['database'], why: 'Deletes the D1 database {name}: all data is lost.', saferWay: 'Export it first: wrangler d1 export.' },
    ],
  },
  cases: {
    caught: [
      { command: 'wrangler d1 migrations apply shop --remote', by: 'd1-migrations' },
      { command: 'wrangler d1 execute shop --remote --command "DROP TABLE orders"', by: 'sql/drop-table' },
      { command: 'npx wrangler d1 execute shop --remote --file ./schema.sql', by: 'unseen-file' },
      { command: 'wrangler kv bulk delete keys.json --namespace-id abc', by: 'kv-delete' },
      { command: 'wrangler kv:key delete user:1 --namespace-id abc', by: 'kv-legacy' },
      { command: 'wrangler kv:bulk delete keys.json --binding KV', by: 'kv-legacy' },
      { command: 'wrangler r2 bucket lifecycle add uploads old --expire-days 1', by: 'r2-retention' },
      { command: 'wrangler r2 bucket lock remove uploads --name hold', by: 'r2-retention' },
      { command: 'npx wrangler r2 object delete uploads/b.png', by: 'r2-delete' },
      { command: 'wrangler queues purge jobs --force', by: 'queue-purge' },
      { command: 'npx wrangler queues delete jobs2', by: 'queue-purge' },
      { command: 'wrangler pages deployment delete d1 --project-name site', by: 'pages-delete' },
      { command: 'wrangler pages secret delete KEY', by: 'pages-delete' },
      { command: 'wrangler vectorize delete index', by: 'index-delete' },
      { command: 'wrangler hyperdrive delete h1', by: 'index-delete' },
      { command: 'wrangler workflows terminate w i', by: 'index-delete' },
      { command: 'wrangler secret put DATABASE_URL', by: 'secret-put' },
      { command: 'wrangler secret delete KEY --env production', by: 'secret-delete' },
      { command: 'wrangler versions secret delete KEY', by: 'unlisted' },
      { command: 'wrangler rollback v1 -y', by: 'rollback' },
      { command: 'npx wrangler rollback --name shop', by: 'rollback' },
      { command: 'wrangler versions rollback', by: 'deployments-rollback' },
      { command: 'npx wrangler deployments rollback d1', by: 'deployments-rollback' },
      { command: `curl -X POST https://api.cloudflare.com/client/v4/zones/z1/dns_records/batch -d '{"deletes":[{"id":"r1"}]}'`, by: 'api-dns-batch' },
      { command: `curl -X PUT https://api.cloudflare.com/client/v4/zones/z1/dns_records/r1 -d '{"type":"A"}'`, by: 'api-dns-replace' },
      { command: `curl -X PATCH https://api.cloudflare.com/client/v4/zones/z1/dns_records/r1 -d '{"content":"192.0.2.1"}'`, by: 'api-dns-edit' },
      { command: `curl -X PATCH https://api.cloudflare.com/client/v4/zones/z1 -d '{"paused":true}'`, by: 'api-zone-pause' },
      { command: `curl -X PUT https://api.cloudflare.com/client/v4/zones/z1/rulesets/r1 -d '{"rules":[]}'`, by: 'api-ruleset' },
      { command: 'curl -X POST "https://api.cloudflare.com/client/v4/accounts/a1/d1/database/d1/time_travel/restore?bookmark=b"', by: 'api-d1-restore' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/accounts/a1/storage/kv/namespaces/n1', by: 'api-kv-namespace' },
      { command: `curl -X DELETE https://api.cloudflare.com/client/v4/accounts/a1/storage/kv/namespaces/n1/bulk -d '["a"]'`, by: 'api-kv-bulk' },
      { command: `curl -X POST https://api.cloudflare.com/client/v4/accounts/a1/storage/kv/namespaces/n1/bulk/delete -d '["a"]'`, by: 'api-kv-bulk-post' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/accounts/a1/r2/buckets/uploads', by: 'api-r2-bucket' },
      { command: `curl -X PUT https://api.cloudflare.com/client/v4/accounts/a1/r2/buckets/uploads/lifecycle -d '{"rules":[]}'`, by: 'api-r2-lifecycle' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/accounts/a1/workers/scripts/shop', by: 'api-worker-delete' },
      { command: 'curl -X POST https://api.cloudflare.com/client/v4/accounts/a1/queues/q1/purge -d "{}"', by: 'api-queue-purge' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/accounts/a1/pages/projects/site', by: 'api-pages-delete' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/user/tokens/t1', by: 'api-token-delete' },
      { command: 'curl -X PUT https://api.cloudflare.com/client/v4/user/tokens/t1/value -d "{}"', by: 'api-token-roll' },
      { command: `curl -X POST https://api.cloudflare.com/client/v4/accounts/a1/d1/database/d1/query -d '{"sql":"DELETE FROM orders"}'`, by: 'sql/delete-all' },
      { command: 'wrangler delete shop-worker', by: 'worker-delete' },
      { command: 'npx wrangler delete --name shop-worker --force', by: 'worker-delete' },
      { command: 'wrangler --config prod.toml delete', by: 'worker-delete' },
      { command: 'wrangler d1 delete shop -y', by: 'd1-delete' },
      { command: 'wrangler --env production d1 delete shop', by: 'd1-delete' },
      { command: 'wrangler d1 time-travel restore shop --timestamp 1', by: 'd1-restore' },
      { command: 'wrangler kv namespace delete --namespace-id abc', by: 'kv-delete' },
      { command: 'wrangler kv key delete user:1 --binding KV', by: 'kv-delete' },
      { command: 'wrangler kv:namespace delete --binding KV', by: 'kv-legacy' },
      { command: 'wrangler r2 bucket delete uploads', by: 'r2-delete' },
      { command: 'wrangler r2 object delete uploads/a.png', by: 'r2-delete' },
      { command: 'wrangler secret delete STRIPE_KEY', by: 'secret-delete' },
      { command: 'wrangler rollback', by: 'rollback' },
      { command: 'wrangler deployments rollback', by: 'deployments-rollback' },
      { command: 'wrangler queues delete jobs', by: 'queue-purge' },
      { command: 'wrangler pages project delete site', by: 'pages-delete' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/zones/z1', by: 'api-zone-delete' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/zones/z1/dns_records/r1', by: 'api-dns-delete' },
      { command: 'curl -X DELETE https://api.cloudflare.com/client/v4/accounts/a1/d1/database/d1', by: 'api-d1-delete' },
      { command: 'curl -X POST https://api.cloudflare.com/client/v4/zones/z1/purge_cache -d "{}"', by: 'unlisted-request' },
    ],
    passes: ['wrangler d1 execute shop --local --command "DROP TABLE orders"', 'wrangler d1 execute shop --remote --command "SELECT 1"', 'wrangler delete --dry-run', 'wrangler secret put LOG_LEVEL', 'wrangler d1 migrations apply shop --local', `curl -X POST https://api.cloudflare.com/client/v4/zones/z1/dns_records -d '{"type":"A"}'`, `curl -X PATCH https://api.cloudflare.com/client/v4/zones/z1/dns_records/r1 -d '{"comment":"x"}'`, `curl -X POST https://api.cloudflare.com/client/v4/accounts/a1/d1/database/d1/query -d '{"sql":"SELECT 1"}'`, 'wrangler dev', 'wrangler deploy', 'wrangler tail', 'wrangler d1 list', 'wrangler kv key list --binding KV', 'wrangler r2 bucket list', 'wrangler secret list', 'wrangler whoami', 'wrangler d1 migrations list shop', 'wrangler deploy --dry-run', 'curl https://api.cloudflare.com/client/v4/zones'],
  },
};

/** `d1 execute` carries SQL; without `--remote` it runs on a copy in the project. https://developers.cloudflare.com/d1/wrangler-commands/ */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command, name] = call.operands;
  if (group?.text !== 'd1' || command?.text !== 'execute' || !hasOption(call, '--remote', '--preview')) return [];
  const { invocation } = call;
  const target = targetFrom(rule.target, call);
  const file = optionValue(call, '--file');
  const text = optionValue(call, '--command')?.text ?? readWord(file, invocation.cwd, analysis);
  if (text !== undefined) return analysis.sql(text, { client: 'sqlite3', ...(name ? { name: name.text } : {}) }, placeOf(invocation)).map((effect) => ({ ...effect, target, env: invocation.env }));
  return file ? [unseenFile('wrangler/unseen-file', 'file of statements', file.text, target)] : [];
}
