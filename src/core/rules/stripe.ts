import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'stripe',
  title: 'Stripe',
  programs: ['stripe'],
  docs: 'https://docs.stripe.com/cli',
  valueOptions: ['--api-key', '--project-name', '-p', '-d', '--data', '-e', '--expand', '--stripe-account', '--stripe-version', '-i', '--idempotency', '--charge', '--name', '--amount'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'stripe', option: ['--project-name', '-p'] },
  operations: [
    { id: 'delete', words: ['delete'], verb: 'delete', kind: 'Stripe object', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes {name} at Stripe.', saferWay: 'List it first and let a person delete it.' },
    { id: 'cancel', words: ['subscriptions|payment_intents', 'cancel'], verb: 'stop', kind: 'subscription', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Cancels {name}: the customer is no longer billed.', saferWay: 'Cancel at the end of the period.' },
    { id: 'refund', words: ['refunds|payouts|transfers', 'create'], verb: 'publish', kind: 'payment', reversibility: 'irreversible', name: [{ option: ['--charge', '--amount'] }], why: 'Moves money: {name}.', saferWay: 'Let a person send it.' },
  ],
  unlisted: 'Stripe resource',
  controlPlane: {
    hosts: ['api.stripe.com'],
    paths: [
      { id: 'api-refund', request: 'POST /v1/refunds', verb: 'publish', kind: 'payment', reversibility: 'irreversible', name: [], why: 'Sends money back to a customer.', saferWay: 'Let a person send it.' },
      { id: 'api-payout', request: 'POST /v1/payouts', verb: 'publish', kind: 'payment', reversibility: 'irreversible', name: [], why: 'Pays money out.', saferWay: 'Let a person send it.' },
    ],
  },
  cases: {
    caught: [
      { command: 'stripe customers delete cus_1', by: 'unlisted' },
      { command: 'stripe products delete prod_1', by: 'unlisted' },
      { command: 'stripe webhook_endpoints delete we_1 --live', by: 'unlisted' },
      { command: 'stripe delete /v1/customers/cus_1', by: 'delete' },
      { command: 'stripe subscriptions cancel sub_1', by: 'cancel' },
      { command: 'curl -X DELETE https://api.stripe.com/v1/customers/cus_1', by: 'unlisted-request' },
      { command: 'curl -X POST https://api.stripe.com/v1/refunds -d charge=ch_1', by: 'api-refund' },
      { command: 'stripe refunds create --charge ch_1', by: 'refund' },
      { command: 'stripe delete /v1/products/prod_1 --live', by: 'delete' },
      { command: 'stripe delete /v1/webhook_endpoints/we_1 -c', by: 'delete' },
      { command: 'stripe subscriptions cancel sub_2 --live', by: 'cancel' },
      { command: 'stripe subscriptions cancel sub_3 -d invoice_now=true', by: 'cancel' },
      { command: 'stripe refunds create --payment-intent pi_1', by: 'refund' },
      { command: 'stripe refunds create -d charge=ch_2 -d amount=500 --live', by: 'refund' },
      { command: 'curl https://api.stripe.com/v1/payouts -d amount=1100 -d currency=usd', by: 'api-payout' },
      { command: 'curl -X POST https://api.stripe.com/v1/refunds -u sk_x: -d payment_intent=pi_1', by: 'api-refund' },
    ],
    passes: ['stripe customers list', 'stripe listen', 'stripe trigger payment_intent.succeeded', 'stripe logs tail', 'stripe get /v1/customers/cus_1', 'stripe products create --name delete', 'curl https://api.stripe.com/v1/customers'],
  },
};
