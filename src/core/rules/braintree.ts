import type { HttpOperation, Rule } from '../rule.ts';

function put(id: string, path: string, verb: 'publish' | 'stop', kind: string, why: string): HttpOperation {
  return { id, request: path, verb, kind, reversibility: 'irreversible', name: ['id'], why, saferWay: 'Let a person do it.' };
}

export const rule: Rule = {
  tool: 'braintree',
  title: 'Braintree',
  programs: ['braintree'],
  docs: 'https://developer.paypal.com/braintree/docs/reference/overview',
  valueOptions: [],
  safeOptions: ['-h'],
  target: { system: 'braintree' },
  operations: [],
  controlPlane: {
    hosts: ['api.braintreegateway.com', 'api.sandbox.braintreegateway.com', 'payments.braintree-api.com'],
    paths: [
      put('api-refund', 'POST /merchants/:merchant/transactions/:id/refund', 'publish', 'payment', 'Sends the money of {name} back to a customer.'),
      put('api-void', 'PUT /merchants/:merchant/transactions/:id/void', 'publish', 'payment', 'Cancels the payment {name}.'),
      put('api-subscription-cancel', 'PUT /merchants/:merchant/subscriptions/:id/cancel', 'stop', 'subscription', 'Cancels the subscription {name}: the customer is no longer billed.'),
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X POST https://api.braintreegateway.com/merchants/m/transactions/t7/refund', by: 'api-refund' },
      { command: 'curl -X PUT https://api.braintreegateway.com/merchants/m/transactions/t7/void', by: 'api-void' },
      { command: 'curl -X PUT https://api.sandbox.braintreegateway.com/merchants/m/subscriptions/s7/cancel', by: 'api-subscription-cancel' },
      { command: 'curl -X DELETE https://api.braintreegateway.com/merchants/m/customers/c7', by: 'unlisted-request' },
    ],
    passes: ['curl https://api.braintreegateway.com/merchants/m/customers/c7', 'curl -X POST https://api.braintreegateway.com/merchants/m/customers -d @c.xml', 'pip show braintree'],
  },
};
