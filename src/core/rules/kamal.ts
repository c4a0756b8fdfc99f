import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'kamal',
  title: 'Kamal',
  programs: ['kamal'],
  docs: 'https://kamal-deploy.org/docs/commands/view-all-commands/',
  valueOptions: ['-d', '--destination', '-c', '--config-file', '-h', '--hosts', '-r', '--roles', '-v', '--version', '-p'],
  target: { system: 'kamal', option: ['-d', '--destination'] },
  operations: [
    { id: 'remove', words: ['remove'], verb: 'delete', kind: 'deployment', reversibility: 'irreversible', name: [{ option: ['-d', '--destination'] }], why: 'Removes the app, its proxy and its accessories, databases with their data included, from every server.', saferWay: 'List it first and let a person delete it.' },
    { id: 'remove-part', words: ['app|accessory|proxy|registry|server', 'remove|reboot'], verb: 'delete', kind: 'container', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Removes or replaces containers of {name} on every server; an accessory goes with its data folder.', saferWay: 'Keep a copy of the data first.' },
    { id: 'stop', words: ['app|accessory|proxy', 'stop'], verb: 'stop', kind: 'app', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops {name} on every server.', saferWay: 'Let a person stop it.' },
    { id: 'rollback', words: ['rollback'], verb: 'overwrite', kind: 'app', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Puts every server back to {name}.', saferWay: 'Look first: kamal app containers.' },
    { id: 'prune', words: ['prune'], verb: 'delete', kind: 'images', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Deletes old images and containers; a rollback needs them.', saferWay: 'Keep the last ones.' },
  ],
  unlisted: 'deployment',
  cases: {
    caught: [
      { command: 'kamal remove -y', by: 'remove' },
      { command: 'kamal -d production remove -y', by: 'remove' },
      { command: 'kamal accessory remove db -y', by: 'remove-part' },
      { command: 'kamal accessory reboot all', by: 'remove-part' },
      { command: 'kamal app remove', by: 'remove-part' },
      { command: 'kamal app stop', by: 'stop' },
      { command: 'kamal proxy reboot -y', by: 'remove-part' },
      { command: 'kamal rollback v1', by: 'rollback' },
      { command: 'kamal prune all', by: 'prune' },
    ],
    passes: ['kamal deploy', 'kamal app logs', 'kamal details', 'kamal config', 'kamal audit', 'kamal app boot', 'kamal lock status'],
  },
};
