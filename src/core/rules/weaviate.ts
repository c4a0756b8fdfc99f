import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'weaviate',
  title: 'Weaviate',
  programs: ['weaviate'],
  docs: 'https://docs.weaviate.io/weaviate/api/rest',
  valueOptions: ['--config-file-path'],
  operations: [],
  controlPlane: {
    hosts: ['*.weaviate.network', '*.weaviate.cloud'],
    ports: [8080],
    paths: [
      { id: 'api-collection', request: 'DELETE /v1/schema/:collection', verb: 'delete', kind: 'collection', reversibility: 'irreversible', name: ['collection'], why: 'Deletes the collection {name} with its objects.', saferWay: 'Back it up first: POST /v1/backups.' },
      { id: 'api-batch', request: 'DELETE /v1/batch/objects', verb: 'delete', kind: 'objects', reversibility: 'irreversible', name: [], why: 'Deletes the objects that fit a filter.', saferWay: 'Show what would go: dryRun.' },
      { id: 'api-backup', request: 'DELETE /v1/backups/:backend/:backup', verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: ['backup'], why: 'Ends or deletes the backup {name}.', saferWay: 'Keep backups until a person says otherwise.' },
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X DELETE http://localhost:8080/v1/schema/Article', by: 'api-collection' },
      { command: 'http DELETE https://shop.c0.weaviate.cloud/v1/schema/Article', by: 'api-collection' },
      { command: `curl -X DELETE http://localhost:8080/v1/batch/objects -d '{"match":{}}'`, by: 'api-batch' },
      { command: 'curl -X DELETE http://localhost:8080/v1/backups/s3/nightly', by: 'api-backup' },
      { command: 'curl -X DELETE https://shop.c0.weaviate.cloud/v1/objects/Article/4', by: 'unlisted-request' },
    ],
    passes: ['curl http://localhost:8080/v1/schema', `curl -X POST http://localhost:8080/v1/graphql -d '{"query":"{ Get { Article { title } } }"}'`, 'curl -X DELETE http://localhost:8080/v1/orders/4', 'curl -X POST http://localhost:8080/v1/backups/s3 -d "{}"'],
  },
};
