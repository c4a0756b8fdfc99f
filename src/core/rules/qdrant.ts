import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'qdrant',
  title: 'Qdrant',
  programs: ['qdrant'],
  docs: 'https://api.qdrant.tech/api-reference',
  valueOptions: ['--config-file-path'],
  operations: [],
  controlPlane: {
    hosts: ['*.cloud.qdrant.io'],
    ports: [6333],
    paths: [
      { id: 'api-points', request: 'POST /collections/:collection/points/delete', verb: 'delete', kind: 'points', reversibility: 'irreversible', name: ['collection'], why: 'Deletes points of the collection {name}.', saferWay: 'Search with the same filter first.' },
      { id: 'api-payload-clear', request: 'POST /collections/:collection/points/payload/clear', verb: 'truncate', kind: 'payload', reversibility: 'irreversible', name: ['collection'], why: 'Empties what points of {name} carry.', saferWay: 'Search with the same filter first.' },
      { id: 'api-payload-delete', request: 'POST /collections/:collection/points/payload/delete', verb: 'delete', kind: 'payload', reversibility: 'irreversible', name: ['collection'], why: 'Deletes fields from points of {name}.', saferWay: 'Search with the same filter first.' },
      { id: 'api-vectors', request: 'POST /collections/:collection/points/vectors/delete', verb: 'delete', kind: 'vectors', reversibility: 'irreversible', name: ['collection'], why: 'Deletes vectors from points of {name}.', saferWay: 'Search with the same filter first.' },
      { id: 'api-snapshot', request: 'DELETE /collections/:collection/snapshots/:snapshot', verb: 'delete', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: ['snapshot'], why: 'Deletes the snapshot {name}.', saferWay: 'Keep snapshots until a person says otherwise.' },
      { id: 'api-full-snapshot', request: 'DELETE /snapshots/:snapshot', verb: 'delete', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: ['snapshot'], why: 'Deletes the snapshot {name} of the whole store.', saferWay: 'Keep snapshots until a person says otherwise.' },
      { id: 'api-recover', request: 'PUT /collections/:collection/snapshots/recover', verb: 'overwrite', kind: 'collection', reversibility: 'irreversible', name: ['collection'], why: 'Replaces the collection {name} with an older state.', saferWay: 'Recover into a new collection.' },
      { id: 'api-peer', request: 'DELETE /cluster/peer/:peer', verb: 'delete', kind: 'node', reversibility: 'irreversible', name: ['peer'], why: 'Takes the node {name} out of the cluster.', saferWay: 'Look first: GET /cluster.' },
      { id: 'api-index', request: 'DELETE /collections/:collection/index/:field', verb: 'delete', kind: 'index', reversibility: 'recoverable', name: ['field'], why: 'Deletes the index of the field {name}.', saferWay: 'Read it first with GET and keep what comes back.' },
      { id: 'api-collection', request: 'DELETE /collections/:collection', verb: 'delete', kind: 'collection', reversibility: 'irreversible', name: ['collection'], why: 'Deletes the collection {name} with its points.', saferWay: 'Keep a snapshot of it first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X DELETE http://localhost:6333/collections/docs', by: 'api-collection' },
      { command: 'http DELETE https://x1.eu-central.aws.cloud.qdrant.io:6333/collections/docs', by: 'api-collection' },
      { command: `curl -X POST http://localhost:6333/collections/docs/points/delete -d '{"filter":{}}'`, by: 'api-points' },
      { command: 'curl -X POST http://localhost:6333/collections/docs/points/payload/clear -d "{}"', by: 'api-payload-clear' },
      { command: 'curl -X POST http://localhost:6333/collections/docs/points/payload/delete -d "{}"', by: 'api-payload-delete' },
      { command: 'curl -X POST http://localhost:6333/collections/docs/points/vectors/delete -d "{}"', by: 'api-vectors' },
      { command: 'curl -X DELETE http://localhost:6333/collections/docs/snapshots/s1', by: 'api-snapshot' },
      { command: 'curl -X DELETE http://localhost:6333/snapshots/s1', by: 'api-full-snapshot' },
      { command: 'curl -X PUT http://localhost:6333/collections/docs/snapshots/recover -d "{}"', by: 'api-recover' },
      { command: 'curl -X DELETE http://localhost:6333/cluster/peer/12', by: 'api-peer' },
      { command: 'curl -X DELETE http://localhost:6333/collections/docs/index/city', by: 'api-index' },
    ],
    passes: ['curl http://localhost:6333/collections', 'curl -X POST http://localhost:6333/collections/docs/points/search -d "{}"', 'curl -X PUT http://localhost:6333/collections/docs -d "{}"', 'curl -X POST http://localhost:6333/collections/docs/snapshots'],
  },
};
