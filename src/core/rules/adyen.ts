import type { HttpOperation, Rule } from '../rule.ts';

/** The version comes first at the test host, and after the service's name at the live ones. https://docs.adyen.com/development-resources/live-endpoints */
function payment(id: string, path: string, verb: 'publish' | 'stop', why: string): readonly HttpOperation[] {
  const request = { verb, kind: 'payment', reversibility: 'irreversible', name: ['payment'], why, saferWay: 'Let a person do it.' } as const;
  return [{ ...request, id, request: `POST /:version/${path}` }, { ...request, id: `${id}-live`, request: `POST /checkout/:version/${path}` }];
}

export const rule: Rule = {
  tool: 'adyen',
  title: 'Adyen',
  programs: [],
  docs: 'https://docs.adyen.com/online-payments/modify-payments/',
  valueOptions: [],
  operations: [],
  controlPlane: {
    hosts: ['*.adyen.com', '*.adyenpayments.com'],
    paths: [
      ...payment('api-refund', 'payments/:payment/refunds', 'publish', 'Sends the money of the payment {name} back to the shopper.'),
      ...payment('api-reversal', 'payments/:payment/reversals', 'publish', 'Cancels the payment {name}, or sends its money back.'),
      ...payment('api-cancel', 'payments/:payment/cancels', 'stop', 'Cancels the payment {name}: it can no longer be collected.'),
      ...payment('api-capture', 'payments/:payment/captures', 'publish', 'Collects the money of the payment {name}.'),
      { id: 'api-transfer', request: 'POST /btl/:version/transfers', verb: 'publish', kind: 'transfer', reversibility: 'irreversible', name: [], why: 'Moves money to another account or bank.', saferWay: 'Let a person send it.' },
    ],
  },
  cases: {
    caught: [
      { command: 'curl -X POST https://checkout-test.adyen.com/v71/payments/P1/refunds -d @r.json', by: 'api-refund' },
      { command: 'curl -X POST https://acme-checkout-live.adyenpayments.com/checkout/v71/payments/P1/refunds -d @r.json', by: 'api-refund-live' },
      { command: 'http POST https://checkout-test.adyen.com/v71/payments/P1/reversals merchantAccount=Acme', by: 'api-reversal' },
      { command: 'curl https://acme-checkout-live.adyenpayments.com/checkout/v70/payments/P2/reversals -d {}', by: 'api-reversal-live' },
      { command: 'curl -X POST https://checkout-test.adyen.com/v71/payments/P1/cancels -d {}', by: 'api-cancel' },
      { command: 'curl -X POST https://acme-checkout-live.adyenpayments.com/checkout/v71/payments/P1/cancels -d {}', by: 'api-cancel-live' },
      { command: 'curl -X POST https://checkout-test.adyen.com/v71/payments/P1/captures -d @c.json', by: 'api-capture' },
      { command: 'curl -X POST https://acme-checkout-live.adyenpayments.com/checkout/v71/payments/P1/captures -d @c.json', by: 'api-capture-live' },
      { command: 'curl https://balanceplatform-api-live.adyen.com/btl/v4/transfers -d @t.json', by: 'api-transfer' },
      { command: 'curl -X DELETE https://management-live.adyen.com/v3/companies/Acme/webhooks/W1', by: 'unlisted-request' },
    ],
    passes: ['curl https://checkout-test.adyen.com/v71/paymentMethods -d @m.json', 'curl https://checkout-test.adyen.com/v71/sessions -d @s.json', 'curl https://management-live.adyen.com/v3/me', 'curl https://docs.adyen.com/api-explorer/'],
  },
};
