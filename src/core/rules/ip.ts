import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'ip',
  title: 'ip',
  programs: ['ip'],
  docs: 'https://man7.org/linux/man-pages/man8/ip.8.html',
  valueOptions: ['-n', '-netns', '--netns', '-b', '-batch', '-f', '-family', '-l', '-loops', '-rc', '-rcvbuf'],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '-help', '-V'],
  operations: [
    { id: 'link-delete', words: ['link|l', 'delete|del|d'], verb: 'delete', kind: 'network interface', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the network interface {name}.', saferWay: 'Look first: ip link show.' },
    { id: 'tunnel-delete', words: ['tunnel|tuntap|tun', 'delete|del|d'], verb: 'delete', kind: 'tunnel', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the tunnel {name}.', saferWay: 'Look first: ip tunnel show.' },
    { id: 'address-delete', words: ['address|addr|a', 'delete|del|d|flush|f'], verb: 'delete', kind: 'address', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Takes the address {name} away from this machine; the connection you came by may be cut.', saferWay: 'Look first: ip address show.' },
    { id: 'route-delete', words: ['route|r|ro', 'delete|del|d|flush|f|replace'], verb: 'delete', kind: 'route', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes or replaces the route {name}; other machines may no longer be reached.', saferWay: 'Keep them first: ip route save.' },
    { id: 'rule-delete', words: ['rule|ru', 'delete|del|d|flush|f'], verb: 'delete', kind: 'routing rule', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes the routing rule {name}.', saferWay: 'Keep them first: ip rule save.' },
    { id: 'namespace-delete', words: ['netns', 'delete|del|d'], verb: 'delete', kind: 'network namespace', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the network namespace {name}.', saferWay: 'Look first: ip netns list.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'sudo ip tunnel delete tun0', by: 'tunnel-delete' },
      { command: 'ip tuntap del dev tap0 mode tap', by: 'tunnel-delete' },
      { command: 'ip tunnel del gre1', by: 'tunnel-delete' },
      { command: 'sudo ip link set eth0 down', by: 'link-down' },
      { command: 'ip link set dev wlan0 down', by: 'link-down' },
      { command: 'sudo ip l set down dev eth0', by: 'link-down' },
      { command: 'sudo ip link delete br0', by: 'link-delete' },
      { command: 'ip link del wg0', by: 'link-delete' },
      { command: 'sudo ip -d l del vxlan1', by: 'link-delete' },
      { command: 'sudo ip addr flush dev eth0', by: 'address-delete' },
      { command: 'ip address del 10.0.0.2/24 dev eth0', by: 'address-delete' },
      { command: 'sudo ip -4 a del 10.0.0.2/24 dev eth0', by: 'address-delete' },
      { command: 'sudo ip route del default', by: 'route-delete' },
      { command: 'ip -6 route flush table main', by: 'route-delete' },
      { command: 'ip r replace default via 10.0.0.1', by: 'route-delete' },
      { command: 'ip rule del prio 100', by: 'rule-delete' },
      { command: 'sudo ip rule flush', by: 'rule-delete' },
      { command: 'ip ru del fwmark 1', by: 'rule-delete' },
      { command: 'sudo ip netns delete blue', by: 'namespace-delete' },
      { command: 'ip netns del blue', by: 'namespace-delete' },
      { command: 'ip netns d blue', by: 'namespace-delete' },
    ],
    passes: ['ip addr', 'ip link show', 'sudo ip link set eth0 up', 'ip route', 'ip -br a', 'ip route get 1.1.1.1', 'ip netns list', 'sudo ip addr add 10.0.0.2/24 dev eth0', 'ip link set eth0 mtu 1400'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const [group, command, ...rest] = call.operands.map((word) => word.text);
  if (!/^l(?:ink)?$/.test(group ?? '') || command !== 'set' || !rest.includes('down')) return [];
  const name = rest.find((word) => word !== 'dev' && word !== 'down') ?? '';
  const { env, span } = call.invocation;
  return [{
    verb: 'stop', resource: { kind: 'network interface', name, provider: 'this computer' }, reversibility: 'reversible', certainty: 'certain', rule: 'ip/link-down',
    why: `Takes the network interface ${name} down; the connection you came by may be cut.`, saferWay: 'Look first: ip link show.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}
