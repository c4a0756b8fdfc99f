import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'pinecone',
  title: 'Pinecone',
  programs: ['pinecone'],
  docs: 'https://docs.pinecone.io/reference/api/introduction',
  valueOptions: ['--config-file-path'],
  operations: [],
  controlPlane: {
    hosts: ['*.pinecone.io'],
    paths: [
      { id: 'api-index', request: 'DELETE /indexes/:index', verb: 'delete', kind: 'index', reversibility: 'irreversible', name: ['index'], why: 'Deletes the index {name} with its vectors.', saferWay: 'Back it up first: POST /indexes/NAME/backups.' },
      { id: 'api-collection', request: 'DELETE /collections/:collection', verb: 'delete', kind: 'collection', reversibility: 'irreversible', backup: true, name: ['collection'], why: 'Deletes the collection {name}.', saferWay: 'Keep it until a person says otherwise.' },
      { id: 'api-backup', request: 'DELETE /backups/:backup', verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: ['backup'], why: 'Deletes the backup {name}.', saferWay: 'Keep backups until a person says otherwise.' },
      { id: 'api-vectors', request: 'POST /vectors/delete', verb: 'delete', kind: 'vectors', reversibility: 'irreversible', name: [], why: 'Deletes vectors of the index.', saferWay: 'Fetch them first.' },
      { id: 'api-namespace', request: 'DELETE /namespaces/:namespace', verb: 'delete', kind: 'namespace', reversibility: 'irreversible', name: ['namespace'], why: 'Deletes the namespace {name} with its vectors.', saferWay: 'List its vectors first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X DELETE https://api.pinecone.io/indexes/docs -H "Api-Key: $K"', by: 'api-index' },
      { command: 'http DELETE https://api.pinecone.io/indexes/docs', by: 'api-index' },
      { command: 'curl -X DELETE https://api.pinecone.io/collections/docs-copy', by: 'api-collection' },
      { command: 'curl -X DELETE https://api.pinecone.io/backups/b1', by: 'api-backup' },
      { command: `curl -X POST https://docs-1.svc.aped-1.pinecone.io/vectors/delete -d '{"deleteAll":true}'`, by: 'api-vectors' },
      { command: 'curl -X DELETE https://docs-1.svc.aped-1.pinecone.io/namespaces/a', by: 'api-namespace' },
      { command: 'curl -X DELETE https://api.pinecone.io/assistants/a', by: 'unlisted-request' },
    ],
    passes: ['curl https://api.pinecone.io/indexes', 'curl -X POST https://docs-1.svc.aped-1.pinecone.io/query -d "{}"', 'curl -X POST https://api.pinecone.io/indexes -d "{}"', 'curl -X POST https://docs-1.svc.aped-1.pinecone.io/vectors/upsert -d "{}"'],
  },
};
