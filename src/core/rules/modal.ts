import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'modal',
  title: 'Modal',
  programs: ['modal'],
  docs: 'https://modal.com/docs/reference/cli/app',
  valueOptions: ['-e', '--env', '-p', '--profile'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'modal', option: ['-e', '--env'], variable: ['MODAL_ENVIRONMENT'] },
  operations: [
    { id: 'stop', words: ['app|container', 'stop'], verb: 'stop', kind: 'app', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Stops {name} for good; it has to be deployed again.', saferWay: 'Let a person stop it.' },
    { id: 'secret-force', words: ['secret', 'create'], needs: ['--force'], verb: 'overwrite', kind: 'secret', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the secret {name}; the old values cannot be read back.', saferWay: 'Use a new name.' },
  ],
  unlisted: 'Modal resource',
  cases: {
    caught: [
      { command: 'modal volume delete weights -y', by: 'unlisted' },
      { command: 'modal volume rm weights /x -r', by: 'unlisted' },
      { command: 'modal environment delete prod', by: 'unlisted' },
      { command: 'modal secret delete keys', by: 'unlisted' },
      { command: 'modal dict clear state', by: 'unlisted' },
      { command: 'modal queue clear jobs', by: 'unlisted' },
      { command: 'modal app stop shop', by: 'stop' },
      { command: 'modal container stop ta-1', by: 'stop' },
      { command: 'modal secret create --force keys A=1', by: 'secret-force' },
    ],
    passes: ['modal run app.py', 'modal deploy app.py', 'modal app list', 'modal volume ls weights', 'modal app logs shop', 'modal secret list'],
  },
};
