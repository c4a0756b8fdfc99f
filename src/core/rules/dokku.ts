import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'dokku',
  title: 'Dokku',
  programs: ['dokku'],
  docs: 'https://dokku.com/docs/deployment/application-management/',
  valueOptions: [],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'dokku' },
  operations: [
    { id: 'config-unset', words: ['config:unset|config:clear'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes variables of {name} and restarts it without them.', saferWay: 'Let a person keep the value first.' },
    { id: 'stop', words: ['ps:stop'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops {name}.', saferWay: 'Restart it instead: dokku ps:restart.' },
  ],
  unlisted: 'Dokku resource',
  cases: {
    caught: [
      { command: 'dokku apps:destroy shop --force', by: 'unlisted' },
      { command: 'dokku postgres:destroy shop', by: 'unlisted' },
      { command: 'dokku config:unset shop KEY', by: 'config-unset' },
      { command: 'dokku --force apps:destroy shop', by: 'unlisted' },
      { command: 'dokku ps:stop shop', by: 'stop' },
    ],
    passes: ['dokku apps:list', 'dokku logs shop', 'dokku config:show shop', 'dokku ps:report shop', 'dokku postgres:export shop'],
  },
};
