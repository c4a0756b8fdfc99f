import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'square',
  title: 'Square',
  programs: ['square'],
  docs: 'https://developer.squareup.com/docs/square-cli',
  valueOptions: ['--environment', '--access-token', '--format', '--profile', '--location'],
  safeOptions: ['-h', '--help'],
  target: { system: 'square', option: ['--environment', '--profile'] },
  operations: [
    { id: 'catalog-delete', words: ['catalog', 'delete|batch-delete'], verb: 'delete', kind: 'catalog item', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the catalog items {name}, with their variations.', saferWay: 'Hide them from the shop instead.' },
    { id: 'payment-cancel', words: ['payments|orders|subscriptions|invoices', 'cancel|delete'], verb: 'stop', kind: 'payment', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Cancels {name}; money that was to come does not.', saferWay: 'Look first with the get command.' },
    { id: 'refund', words: ['refunds', 'create'], verb: 'publish', kind: 'refund', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Pays money back: {name}.', saferWay: 'Let a person refund.' },
  ],
  unlisted: 'Square resource',
  cases: {
    caught: [
      { command: 'square catalog delete ITEM1', by: 'catalog-delete' },
      { command: 'square catalog batch-delete A B', by: 'catalog-delete' },
      { command: 'square --environment production catalog delete ITEM2', by: 'catalog-delete' },
      { command: 'square payments cancel P1', by: 'payment-cancel' },
      { command: 'square subscriptions cancel S1', by: 'payment-cancel' },
      { command: 'square invoices delete I1', by: 'payment-cancel' },
      { command: 'square refunds create --payment-id P1', by: 'refund' },
      { command: 'square refunds create P2 500', by: 'refund' },
      { command: 'square --profile live refunds create P3', by: 'refund' },
      { command: 'square customers delete C1', by: 'unlisted' },
    ],
    passes: ['square catalog list', 'square customers get C1', 'square locations list', 'square payments list', 'square refunds list'],
  },
};
