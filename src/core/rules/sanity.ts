import { givenRequest } from '../http/given.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sanity',
  title: 'Sanity',
  programs: ['sanity'],
  packages: ['@sanity/cli'],
  docs: 'https://www.sanity.io/docs/cli-reference',
  valueOptions: ['--dataset', '-d', '--project', '--project-id', '-X', '--method', '-F', '--field', '-f', '--raw-field', '--input', '--id', '--document-id', '--with-user-token', '--title'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'sanity', option: ['--dataset', '-d'] },
  operations: [
    { id: 'dataset-delete', words: ['dataset', 'delete'], verb: 'delete', kind: 'dataset', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the dataset {name} with every document and file in it.', saferWay: 'Export it first: sanity dataset export.' },
    { id: 'dataset-import', words: ['dataset', 'import'], needs: ['--replace', '--missing'], verb: 'overwrite', kind: 'dataset', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Overwrites documents of the dataset {name} that have the same ids.', saferWay: 'Export it first: sanity dataset export.' },
    { id: 'documents-delete', words: ['documents|document', 'delete'], verb: 'delete', kind: 'document', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the documents {name}.', saferWay: 'Export the dataset first: sanity dataset export.' },
    { id: 'undeploy', words: ['undeploy'], verb: 'stop', kind: 'studio', reversibility: 'irreversible', name: [{ text: 'the studio' }], why: 'Takes {name} offline; its address may be given to somebody else.', saferWay: 'Let a person take it down.' },
    { id: 'migration-run', words: ['migration|migrations', 'run'], needs: ['--no-dry-run'], verb: 'overwrite', kind: 'dataset', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Runs the migration {name} on every document.', saferWay: 'Leave out --no-dry-run first.' },
  ],
  unlisted: 'Sanity resource',
  // https://www.sanity.io/docs/cli-reference/cli-api
  inspect: (call, analysis) => givenRequest(call, 'https://api.sanity.io', analysis),
  controlPlane: {
    hosts: ['api.sanity.io', '*.api.sanity.io'],
    // https://www.sanity.io/docs/http-reference/mutation
    paths: [
      { id: 'api-dataset-delete', request: 'DELETE /:version/projects/:project/datasets/:dataset', verb: 'delete', kind: 'dataset', reversibility: 'irreversible', name: ['dataset'], why: 'Deletes the dataset {name} with every document and file in it.', saferWay: 'Export it first: sanity dataset export.' },
      { id: 'api-project-delete', request: 'DELETE /:version/projects/:project', verb: 'delete', kind: 'project', reversibility: 'irreversible', name: ['project'], why: 'Deletes the project {name} with its datasets.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-mutate', request: 'POST /:version/data/mutate/:dataset', needs: ['delete', 'createOrReplace'], verb: 'delete', kind: 'documents', reversibility: 'irreversible', certainty: 'likely', name: ['dataset'], why: 'Deletes or replaces documents of the dataset {name}.', saferWay: 'Try it first: dryRun=true.' },
    ],
  },
  cases: {
    caught: [
      { command: 'sanity api v2021-06-07/projects/p1/datasets/production -X DELETE', by: 'api-dataset-delete' },
      { command: 'curl -X DELETE https://api.sanity.io/v2021-06-07/projects/p1', by: 'api-project-delete' },
      { command: `curl -X POST https://p1.api.sanity.io/v2024-01-01/data/mutate/production -d '{"mutations":[{"delete":{"query":"*"}}]}'`, by: 'api-mutate' },
      { command: 'sanity dataset delete production --force', by: 'dataset-delete' },
      { command: 'npx sanity dataset delete staging', by: 'dataset-delete' },
      { command: 'sanity dataset import dump.tar.gz production --replace', by: 'dataset-import' },
      { command: 'sanity documents delete page-1 --dataset production', by: 'documents-delete' },
      { command: 'sanity document delete a b', by: 'documents-delete' },
      { command: 'npx sanity documents delete x', by: 'documents-delete' },
      { command: 'sanity undeploy -y', by: 'undeploy' },
      { command: 'npx sanity undeploy', by: 'undeploy' },
      { command: 'sanity undeploy', by: 'undeploy' },
      { command: 'sanity migration run drop-seo --no-dry-run', by: 'migration-run' },
      { command: 'npx sanity migration run x --no-dry-run --no-confirm', by: 'migration-run' },
      { command: 'sanity migrations run y --no-dry-run', by: 'migration-run' },
      { command: 'sanity cors delete https://x.example', by: 'unlisted' },
    ],
    passes: [`curl -X POST https://p1.api.sanity.io/v2024-01-01/data/mutate/production -d '{"mutations":[{"create":{"_type":"post"}}]}'`, 'sanity dataset list', 'sanity dataset export production', 'sanity documents get page-1', 'sanity migration run x', 'sanity deploy', 'sanity dataset import dump.tar.gz new'],
  },
};
