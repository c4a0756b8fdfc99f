import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'meilisearch',
  title: 'Meilisearch',
  programs: ['meilisearch'],
  docs: 'https://www.meilisearch.com/docs/reference/api/documents',
  valueOptions: ['--config-file-path'],
  operations: [],
  controlPlane: {
    hosts: ['*.meilisearch.io'],
    ports: [7700],
    paths: [
      { id: 'api-documents-batch', request: 'POST /indexes/:index/documents/delete-batch', verb: 'delete', kind: 'documents', reversibility: 'irreversible', name: ['index'], why: 'Deletes documents of the index {name}.', saferWay: 'Search for them first.' },
      { id: 'api-documents-filter', request: 'POST /indexes/:index/documents/delete', verb: 'delete', kind: 'documents', reversibility: 'irreversible', name: ['index'], why: 'Deletes the documents of {name} that fit a filter.', saferWay: 'Search with the same filter first.' },
      { id: 'api-documents-all', request: 'DELETE /indexes/:index/documents', verb: 'truncate', kind: 'index', reversibility: 'irreversible', name: ['index'], why: 'Deletes every document of the index {name}.', saferWay: 'Make a dump first: POST /dumps.' },
      { id: 'api-document', request: 'DELETE /indexes/:index/documents/:document', verb: 'delete', kind: 'document', reversibility: 'irreversible', name: ['document'], why: 'Deletes the document {name}.', saferWay: 'Read it first with GET and keep what comes back.' },
      { id: 'api-settings-reset', request: 'DELETE /indexes/:index/settings', verb: 'overwrite', kind: 'settings', reversibility: 'irreversible', name: ['index'], why: 'Puts every setting of the index {name} back to its default.', saferWay: 'Read it first with GET and keep what comes back.' },
      { id: 'api-index', request: 'DELETE /indexes/:index', verb: 'delete', kind: 'index', reversibility: 'irreversible', name: ['index'], why: 'Deletes the index {name} with its documents.', saferWay: 'Make a dump first: POST /dumps.' },
      { id: 'api-key', request: 'DELETE /keys/:key', verb: 'revoke', kind: 'API key', reversibility: 'irreversible', name: [], why: 'Deletes an API key; whatever uses it stops working.', saferWay: 'Make the new one first.' },
      { id: 'api-tasks', request: 'DELETE /tasks', verb: 'delete', kind: 'tasks', reversibility: 'irreversible', name: [], why: 'Deletes what is known of finished tasks.', saferWay: 'List them first: GET /tasks.' },
      { id: 'api-swap', request: 'POST /swap-indexes', verb: 'overwrite', kind: 'indices', reversibility: 'reversible', certainty: 'likely', name: [], why: 'Swaps indices: searches answer from the other one.', saferWay: 'Look at both first.' },
    ],
  },
  cases: {
    caught: [
      { command: `curl -X POST http://localhost:7700/indexes/products/documents/delete-batch -d '[1,2]'`, by: 'api-documents-batch' },
      { command: 'http POST :7700/indexes/products/documents/delete-batch', by: 'api-documents-batch' },
      { command: `curl -X POST https://ms-1.fra.meilisearch.io/indexes/products/documents/delete -d '{"filter":"price > 0"}'`, by: 'api-documents-filter' },
      { command: 'curl -X DELETE http://localhost:7700/indexes/products/documents', by: 'api-documents-all' },
      { command: 'curl -X DELETE http://search.internal:7700/indexes/products/documents/4', by: 'api-document' },
      { command: 'curl -X DELETE http://localhost:7700/indexes/products/settings', by: 'api-settings-reset' },
      { command: 'curl -X DELETE http://localhost:7700/indexes/products', by: 'api-index' },
      { command: 'curl -X DELETE http://localhost:7700/keys/k1', by: 'api-key' },
      { command: 'curl -X DELETE "http://localhost:7700/tasks?statuses=failed"', by: 'api-tasks' },
      { command: `curl -X POST http://localhost:7700/swap-indexes -d '[{"indexes":["a","b"]}]'`, by: 'api-swap' },
      { command: 'curl -X DELETE https://ms-1.fra.meilisearch.io/indexes/products/settings/synonyms', by: 'unlisted-request' },
    ],
    passes: ['curl http://localhost:7700/indexes', `curl -X POST http://localhost:7700/indexes/products/search -d '{"q":"delete"}'`, 'curl -X POST http://localhost:7700/indexes/products/documents -d "[]"', 'curl -X POST http://localhost:7700/dumps', 'curl http://localhost:7700/health', 'meilisearch --version'],
  },
};
