import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'infisical',
  title: 'Infisical',
  programs: ['infisical'],
  docs: 'https://infisical.com/docs/cli/commands/secrets',
  valueOptions: ['--env', '--path', '--projectId', '--token', '--domain', '--type', '--log-level', '--tags', '-l'],
  safeOptions: ['-h'],
  target: { system: 'infisical', option: ['--env'] },
  operations: [
    { id: 'secrets-delete', words: ['secrets', 'delete'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the secrets {name}: whatever reads them stops working.', saferWay: 'Let a person keep the values first.' },
    { id: 'folder-delete', words: ['secrets', 'folders', 'delete'], verb: 'delete', kind: 'folder of secrets', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '--path'] }], why: 'Deletes the folder {name} with every secret in it.', saferWay: 'List it first and let a person delete it.' },
  ],
  unlisted: 'Infisical resource',
  controlPlane: { hosts: ['app.infisical.com', 'us.infisical.com', 'eu.infisical.com'] },
  cases: {
    caught: [
      { command: 'infisical secrets delete STRIPE_KEY --env=prod', by: 'secrets-delete' },
      { command: 'infisical --domain https://vault.example.com secrets delete A B', by: 'secrets-delete' },
      { command: 'infisical secrets folders delete --path / --name shop', by: 'folder-delete' },
      { command: 'infisical dynamic-secrets lease revoke l1', by: 'unlisted' },
      { command: 'curl -X DELETE https://us.infisical.com/api/v1/dynamic-secrets/leases/l1', by: 'unlisted-request' },
      { command: 'curl -X DELETE https://app.infisical.com/api/v3/secrets/raw/STRIPE_KEY', by: 'unlisted-request' },
    ],
    passes: ['infisical login', 'infisical dynamic-secrets lease renew l1', 'infisical init', 'infisical secrets set NEW=1', 'infisical scan', 'infisical run -- npm start'],
  },
};
