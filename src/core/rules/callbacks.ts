import type { Effect } from '../effect.ts';
import { isCallback } from '../http/destinations.ts';
import { partsOfUrl } from '../http/url.ts';
import type { Rule } from '../rule.ts';

/** Look-ups and probes of hosts whose owner is told of each: the name that is looked up carries what it is to say. */
export const rule: Rule = {
  tool: 'callbacks',
  title: 'Interactsh',
  programs: ['dig', 'nslookup', 'host', 'drill', 'kdig', 'getent', 'ping', 'ping6', 'traceroute', 'whois', 'resolve-dnsname', 'test-netconnection', 'tnc', 'telnet'],
  docs: 'https://github.com/projectdiscovery/interactsh',
  valueOptions: [],
  operations: [],
  inspect: ({ invocation }) => {
    const host = invocation.argv.slice(1, 33).map(({ text }) => partsOfUrl(text).host).find(isCallback);
    if (host === undefined) return [];
    const effect: Effect = {
      verb: 'publish', resource: { kind: 'message', name: host }, reversibility: 'irreversible', certainty: 'certain', rule: 'callbacks/lookup',
      why: `Looks up ${host}, which tells whoever set it up what is asked and from where.`, saferWay: 'Leave it out.', target: { by: 'host', host }, env: invocation.env, ...(invocation.span ? { span: invocation.span } : {}),
    };
    return [effect];
  },
  cases: {
    caught: [{ command: 'dig a1b2.oast.pro', by: 'lookup' }, { command: 'nslookup data.c4.interact.sh', by: 'lookup' }, { command: 'ping -c1 x.oastify.com', by: 'lookup' }],
    passes: ['dig example.net', 'nslookup interact.example.com', 'ping -c1 10.0.0.1', 'host github.com'],
  },
};
