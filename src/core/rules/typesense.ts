import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'typesense',
  title: 'Typesense',
  programs: ['typesense-server'],
  docs: 'https://typesense.org/docs/latest/api/collections.html',
  valueOptions: ['--config-file-path'],
  operations: [],
  controlPlane: {
    hosts: ['*.typesense.net'],
    ports: [8108],
    paths: [
      { id: 'api-documents', request: 'DELETE /collections/:collection/documents', verb: 'delete', kind: 'documents', reversibility: 'irreversible', name: ['collection'], why: 'Deletes the documents of {name} that fit a filter.', saferWay: 'Search with the same filter first.' },
      { id: 'api-document', request: 'DELETE /collections/:collection/documents/:document', verb: 'delete', kind: 'document', reversibility: 'irreversible', name: ['document'], why: 'Deletes the document {name}.', saferWay: 'Read it first with GET and keep what comes back.' },
      { id: 'api-collection', request: 'DELETE /collections/:collection', verb: 'delete', kind: 'collection', reversibility: 'irreversible', name: ['collection'], why: 'Deletes the collection {name} with its documents.', saferWay: 'Export it first: GET documents/export.' },
      { id: 'api-alias', request: 'DELETE /aliases/:alias', verb: 'delete', kind: 'alias', reversibility: 'recoverable', name: ['alias'], why: 'Deletes the alias {name}: searches through it fail.', saferWay: 'Read it first with GET and keep what comes back.' },
      { id: 'api-key', request: 'DELETE /keys/:key', verb: 'revoke', kind: 'API key', reversibility: 'irreversible', name: [], why: 'Deletes an API key; whatever uses it stops working.', saferWay: 'Make the new one first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X DELETE http://localhost:8108/collections/products', by: 'api-collection' },
      { command: 'http DELETE https://x1.a1.typesense.net/collections/products', by: 'api-collection' },
      { command: 'curl -X DELETE "http://localhost:8108/collections/products/documents?filter_by=price:>0"', by: 'api-documents' },
      { command: 'curl -X DELETE http://localhost:8108/collections/products/documents/4', by: 'api-document' },
      { command: 'curl -X DELETE http://localhost:8108/aliases/products', by: 'api-alias' },
      { command: 'curl -X DELETE http://localhost:8108/keys/1', by: 'api-key' },
      { command: 'curl -X DELETE https://x1.a1.typesense.net/presets/p', by: 'unlisted-request' },
    ],
    passes: ['curl http://localhost:8108/collections', 'curl "http://localhost:8108/collections/products/documents/search?q=delete"', 'curl -X POST http://localhost:8108/collections -d "{}"', 'curl http://localhost:8108/health'],
  },
};
