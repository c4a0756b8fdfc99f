import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'contentful',
  title: 'Contentful',
  programs: ['contentful'],
  packages: ['contentful-cli'],
  docs: 'https://github.com/contentful/contentful-cli',
  valueOptions: ['--space-id', '-s', '--environment-id', '-e', '--environment', '--management-token', '--mt', '--content-file', '--host', '-c', '--source-environment-id', '-a', '--alias-id', '--config', '--header'],
  safeOptions: ['-h'],
  target: { system: 'contentful', option: ['--environment-id', '-e'] },
  operations: [
    { id: 'space-delete', words: ['space', 'delete'], verb: 'delete', kind: 'space', reversibility: 'irreversible', name: [{ option: ['--space-id', '-s'] }, { operand: 0 }], why: 'Deletes the space {name} with every entry, file and environment in it.', saferWay: 'Export it first: contentful space export.' },
    { id: 'environment-delete', words: ['space', 'environment', 'delete'], verb: 'delete', kind: 'environment', reversibility: 'irreversible', name: [{ option: ['--environment-id', '-e'] }, { operand: 0 }], why: 'Deletes the environment {name} with its entries.', saferWay: 'Export it first: contentful space export.' },
    { id: 'import', words: ['space', 'import'], verb: 'overwrite', kind: 'space', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--space-id', '-s'] }], why: 'Writes entries of a file over those of the space {name}.', saferWay: 'Export it first: contentful space export.' },
    { id: 'migration', words: ['space', 'migration'], verb: 'overwrite', kind: 'space', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--space-id', '-s'] }], why: 'Runs a migration on the space {name}; fields it removes go with their content.', saferWay: 'Run it on a copy of the environment first.' },
    { id: 'alias', words: ['space', 'environment-alias', 'delete|update'], verb: 'overwrite', kind: 'environment alias', reversibility: 'recoverable', name: [{ option: ['-a', '--alias-id'] }], why: 'Changes which environment {name} leads to: what is live changes at once.', saferWay: 'Let a person change it.' },
  ],
  unlisted: 'Contentful resource',
  cases: {
    caught: [
      { command: 'contentful space delete --space-id abc --yes', by: 'space-delete' },
      { command: 'contentful space environment delete -e staging', by: 'environment-delete' },
      { command: 'contentful space import --content-file export.json', by: 'import' },
      { command: 'contentful space migration --space-id abc drop-fields.js', by: 'migration' },
      { command: 'contentful space environment-alias update -a master --target-environment-id new', by: 'alias' },
      { command: 'npx contentful-cli space delete --space-id abc', by: 'space-delete' },
      { command: 'contentful content-type delete page', by: 'unlisted' },
    ],
    passes: ['contentful space list', 'contentful space export --space-id abc', 'contentful login', 'contentful space environment create --name x'],
  },
};
