import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://docs.haproxy.org/dev/management.html#9.3';

export const rule: Rule = {
  tool: 'haproxy',
  title: 'HAProxy',
  programs: ['haproxy', 'socat', 'nc', 'ncat'],
  docs,
  valueOptions: ['-f', '-p', '-L', '-C', '-D', '-n', '-N', '-m', '-x', '-t', '-T', '-b', '-w', '-i', '-s'],
  optionStyle: 'single-dash',
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'haproxy -f /etc/haproxy/haproxy.cfg -st 1234', by: 'stop' },
      { command: 'haproxy -D -f haproxy.cfg -st $(pidof haproxy)', by: 'stop' },
      { command: 'sudo haproxy -st 77', by: 'stop' },
      { command: `echo 'disable server web/app1' | sudo socat stdio /run/haproxy/admin.sock`, by: 'runtime' },
      { command: `echo "set server web/app2 state maint" | socat unix-connect:/var/run/haproxy.sock stdio`, by: 'runtime' },
      { command: `socat /run/haproxy/admin.sock - <<< 'clear map /etc/haproxy/hosts.map'`, by: 'runtime' },
      { command: `printf 'shutdown frontend public\\n' | nc -U /run/haproxy/admin.sock`, by: 'runtime' },
    ],
    passes: ['haproxy -c -f /etc/haproxy/haproxy.cfg', 'haproxy -f haproxy.cfg -sf 1234', `echo 'show stat' | socat stdio /run/haproxy/admin.sock`, `echo 'enable server web/app1' | socat stdio /run/haproxy/admin.sock`, `echo 'disable server' | nc -U /run/chat.sock`],
  },
};

/** Orders to a running HAProxy that take something out of service or forget what it holds. */
const orders = /^\s*(?:disable |shutdown |clear |del |set (?:server \S+ (?:state (?:maint|drain)|weight 0\b)|maxconn |weight \S+ 0\b))/m;

/** `-st` ends the old process with every connection; orders go to its socket through whatever writes there. */
function inspect(call: Call): readonly Effect[] {
  const { invocation } = call;
  if (invocation.program === 'haproxy') return hasOption(call, '-st') ? [effect(call, 'stop', 'haproxy', 'Ends the running load balancer at once with every connection through it.', 'Use -sf, which lets connections finish.')] : [];
  const socket = invocation.argv.find((word) => /haproxy|hapee/.test(word.text));
  const order = socket && orders.exec(invocation.stdin?.text ?? '')?.[0].trim();
  return order ? [effect(call, 'runtime', order, `Tells the running load balancer to ${order}: what it serves may stop answering.`, 'Look first: show stat.')] : [];
}

function effect({ invocation: { env, span } }: Call, id: string, name: string, why: string, saferWay: string): Effect {
  return { verb: 'stop', resource: { kind: 'load balancer', name, provider: 'HAProxy' }, reversibility: 'reversible', certainty: 'certain', rule: `haproxy/${id}`, why, saferWay, docs, target: { by: 'path' }, env, ...(span ? { span } : {}) };
}
