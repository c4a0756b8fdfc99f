import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { HttpRequest } from '../../../src/core/analysis.ts';
import { analyseHttp } from '../../../src/core/http/analyse.ts';
import { place, recordingAnalysis } from './recording-analysis.ts';

const railway = 'https://backboard.railway.app/graphql/v2';

function send(method: string, url: string, body?: string, headers: HttpRequest['headers'] = []): string[] {
  const request = { method, url, headers, uploads: [], ...(body === undefined ? {} : { body }) };
  return analyseHttp(request, place, recordingAnalysis().analysis).map((effect) => `${effect.rule} ${effect.resource.name}`.trim());
}

const graphql = (query: string, variables?: unknown): string => JSON.stringify({ query, variables });

const caught: readonly (readonly [danger: string, sent: string[], found: readonly string[]])[] = [
  ['the mutation of the nine seconds', send('POST', railway, graphql('mutation { volumeDelete(volumeId: "3d2c42fb") }')), ['railway/api-volume-delete 3d2c42fb']],
  ['its id in a variable', send('POST', railway, graphql('mutation($v: String!) { volumeDelete(volumeId: $v) }', { v: 'vol' })), ['railway/api-volume-delete vol']],
  ['its id in a default', send('POST', railway, graphql('mutation($v: String = "vol") { volumeDelete(volumeId: $v) }')), ['railway/api-volume-delete vol']],
  ['an alias', send('POST', railway, graphql('mutation { rename: volumeDelete(volumeId: "v") }')), ['railway/api-volume-delete v']],
  ['two in one document', send('POST', railway, graphql('mutation { a: volumeDelete(volumeId: "1") b: serviceDelete(id: "2") }')), ['railway/api-volume-delete 1', 'railway/api-service-delete 2']],
  ['several operations', send('POST', railway, graphql('query Q { me { id } } mutation M { volumeDelete(volumeId: "1") }')), ['railway/api-volume-delete 1']],
  ['a fragment', send('POST', railway, graphql('mutation { ...F } fragment F on Mutation { volumeDelete(volumeId: "1") }')), ['railway/api-volume-delete 1']],
  ['an inline fragment', send('POST', railway, graphql('mutation { ... on Mutation { volumeDelete(volumeId: "1") } }')), ['railway/api-volume-delete 1']],
  ['a comment before it', send('POST', railway, graphql('# just a query\nmutation { volumeDelete(volumeId: "1") }')), ['railway/api-volume-delete 1']],
  ['a batch', send('POST', railway, `[${graphql('{ me { id } }')},${graphql('mutation { volumeDelete(volumeId: "1") }')}]`), ['railway/api-volume-delete 1']],
  ['the bare document', send('POST', railway, 'mutation { volumeDelete(volumeId: "1") }', [{ name: 'Content-Type', value: 'application/graphql' }]), ['railway/api-volume-delete 1']],
  ['a document in the URL', send('POST', `${railway}?query=mutation%7BvolumeDelete(volumeId%3A%221%22)%7D`), ['railway/api-volume-delete 1']],
  ['the id only known when it runs', send('POST', railway, graphql('mutation { volumeDelete(volumeId: "$ID") }')), ['railway/api-volume-delete $ID']],
  ['no body that can be read', send('POST', railway), ['railway/unreadable-request backboard.railway.app']],
  ['a hole for a body', send('POST', railway, '$BODY'), ['railway/unreadable-request backboard.railway.app']],
  ['a persisted query', send('POST', railway, '{"id":"abc","variables":{}}'), ['railway/unreadable-request backboard.railway.app']],
  ['a document that does not parse', send('POST', railway, graphql('mutation { volumeDelete(volumeId: ')), ['railway/unreadable-request backboard.railway.app']],
  ['a mutation nobody listed', send('POST', railway, graphql('mutation { workspaceDelete(workspaceId: "w") }')), ['railway/unlisted-mutation w']],
  ['a flag that deletes', send('POST', railway, graphql('mutation($i: J) { environmentPatchCommit(patch: $i) }', { i: { services: { s: { isDeleted: true } } } })), ['railway/api-environment-patch-commit']],
  ['the host in a variable', send('POST', '$RAILWAY_API', graphql('mutation { volumeDelete(volumeId: "1") }')), ['railway/api-volume-delete 1']],
  ['upper case host, port and trailing dot', send('POST', 'https://BACKBOARD.railway.app.:443/graphql/v2', graphql('mutation { volumeDelete(volumeId: "1") }')), ['railway/api-volume-delete 1']],
  ['someone else’s GraphQL', send('POST', 'https://api.shop.example/graphql', graphql('mutation { deleteCustomers { id } }')), ['http/graphql-mutation']],
  ['DELETE anywhere', send('DELETE', 'https://api.shop.example/v1/customers/7'), ['http/delete 7']],
  ['DELETE in lower case', send('delete', 'https://api.shop.example/v1/customers/7'), ['http/delete 7']],
  ['DELETE in a private network', send('DELETE', 'http://10.0.0.5/customers/7'), ['http/delete 7']],
  ['DELETE of an index on this machine', send('DELETE', 'http://localhost:9200/orders'), ['elasticsearch/api-index-delete orders']],
  ['DELETE in a database on this machine', send('DELETE', 'http://localhost:5984/orders'), ['http/delete orders']],
  ['delete by query', send('POST', 'http://localhost:9200/orders/_delete_by_query', '{}'), ['elasticsearch/api-delete-by-query orders']],
  ['delete by query behind another port', send('POST', 'http://localhost:8000/orders/_delete_by_query', '{}'), ['http/delete _delete_by_query']],
  ['a queue of the first virtual host', send('DELETE', 'http://localhost:15672/api/queues/%2f/orders'), ['rabbitmqctl/api-queue-delete orders']],
  ['an operation at the end of a path', send('POST', 'https://ci.example.com/job/deploy/doDelete'), ['http/action deploy']],
  ['a list that replaces a list', send('PUT', 'https://api.shop.example/v1/services/s/env-vars', '[{"key":"A"}]'), ['http/replace env-vars']],
  ['a field that makes a change a loss', send('PATCH', 'https://api.github.com/repos/acme/shop', '{"archived":true}'), ['gh/api-repo-edit shop']],
  ['such a field in a form', send('PATCH', 'https://api.github.com/repos/acme/shop', 'private=false'), ['gh/api-repo-edit shop']],
  ['such a field in the URL', send('PUT', 'https://gitlab.com/api/v4/projects/12?visibility=public'), ['glab/api-project-edit 12']],
  ['a body nobody can read, where a field would make it a loss', send('PATCH', 'https://api.github.com/repos/acme/shop', '$BODY'), ['gh/api-repo-edit shop']],
  ['a value deep in a mutation', send('POST', railway, graphql('mutation($i: I!) { variableCollectionUpsert(input: $i) }', { i: { replace: true, variables: { A: '1' } } })), ['railway/api-variables-replace']],
  ['a variable on which data hangs', send('POST', railway, graphql('mutation { variableUpsert(input: {name: "POSTGRES_PRISMA_URL", value: "x"}) }')), ['railway/api-variable-upsert POSTGRES_PRISMA_URL']],
  ['a server of one’s own', send('DELETE', 'https://gitlab.example.org/api/v4/projects/12'), ['glab/api-project-delete 12']],
  ['user and password that look like a host', send('DELETE', 'https://localhost:x@api.shop.example/v1/customers/7'), ['http/delete 7']],
];
for (const [danger, sent, found] of caught) test(`holds ${danger}`, () => assert.deepEqual(sent, found));

const passes: readonly (readonly [look: string, sent: string[]])[] = [
  ['a query', send('POST', railway, graphql('query { project(id: "p") { volumes { edges { node { id } } } } }'))],
  ['a mutation that makes something', send('POST', railway, graphql('mutation { volumeCreate(input: {}) { id } }'))],
  ['a query in shorthand', send('POST', railway, graphql('{ me { id } }'))],
  ['a query named like a deletion', send('POST', railway, graphql('query volumeDelete { me { id } }'))],
  ['a deletion in a string', send('POST', railway, graphql('mutation { serviceUpdate(id: "s", input: {name: "mutation { volumeDelete }"}) { id } }'))],
  ['the operation that is named', send('POST', railway, JSON.stringify({ query: 'query Q { me { id } } mutation M { volumeDelete(volumeId: "1") }', operationName: 'Q' }))],
  ['a change without the field that makes it a loss', send('PATCH', 'https://api.github.com/repos/acme/shop', '{"has_wiki":false}')],
  ['a value that is not the one', send('POST', railway, graphql('mutation { variableCollectionUpsert(input: {replace: false, variables: {A: "1"}}) }'))],
  ['a variable like any other', send('POST', railway, graphql('mutation { variableUpsert(input: {name: "API_URL", value: "x"}) }'))],
  ['a variable named in the value of another', send('POST', railway, graphql('mutation { variableUpsert(input: {name: "HINT", value: "DATABASE_URL"}) }'))],
  ['a DELETE that loses nothing', send('DELETE', 'https://api.github.com/repos/acme/shop/issues/7/labels/bug')],
  ['a host that only begins like a server of one’s own', send('POST', 'https://gitlabx.example.org/api/v4/projects/12/archive')],
  ['GET', send('GET', 'https://api.shop.example/v1/customers/7')],
  ['GET of a control plane', send('GET', railway)],
  ['POST', send('POST', 'https://api.shop.example/v1/deletions', '{"a":1}')],
  ['DELETE of an app on this machine', send('DELETE', 'http://127.0.0.1:3000/api/users/7')],
  ['POST that searches', send('POST', 'https://api.shop.example/v1/search', '{"q":"delete"}')],
  ['POST that resets a password', send('POST', 'https://api.shop.example/v1/password/reset', '{}')],
  ['PUT of one thing', send('PUT', 'https://api.shop.example/v1/users/7', '{"name":"x"}')],
  ['a host that only ends like a control plane', send('POST', 'https://evilbackboard.railway.app.example.com/graphql', '$BODY')],
];
for (const [look, sent] of passes) test(`passes ${look}`, () => assert.deepEqual(sent, []));

test('requests that carry SQL are read for it', () => {
  const { analysis, handed } = recordingAnalysis();
  analyseHttp({ method: 'POST', url: 'https://api.supabase.com/v1/projects/p/database/query', headers: [], uploads: [], body: '{"query":"drop table orders"}' }, place, analysis);
  assert.deepEqual(handed.sql, [{ text: 'drop table orders', database: { client: 'supabase' } }]);
});

test('a file of secrets does not leave the machine', () => {
  const rules = ['https://a.example/u', 'http://localhost:3000/u'].map((url) => analyseHttp({ method: 'POST', url, headers: [], uploads: ['.env', 'photo.png'] }, place, recordingAnalysis().analysis).map((effect) => `${effect.verb} ${effect.resource.name}`));
  assert.deepEqual(rules, [['expose .env'], []]);
});

test('never throws and costs in proportion, whatever the method, URL and body', () => {
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.webUrl(), fc.string(), fc.constant(railway)), fc.oneof(fc.string(), fc.json(), fc.string().map((query) => graphql(query))), (method, url, body) => {
      const { analysis, steps } = recordingAnalysis();
      analyseHttp({ method, url, body, headers: [], uploads: [] }, place, analysis);
      assert.ok(steps() <= 2 + body.length);
    }),
  );
});

test('deeply nested documents are held, not followed', () => {
  const deep = `mutation ${'{a'.repeat(5000)}${'}'.repeat(5000)}`;
  assert.deepEqual(send('POST', railway, graphql(deep)), ['railway/unreadable-request backboard.railway.app']);
});
