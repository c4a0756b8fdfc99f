import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'cloudflared',
  title: 'cloudflared',
  programs: ['cloudflared'],
  docs: 'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/',
  valueOptions: ['--config', '--origincert', '--credentials-file', '--url', '--token', '--hostname', '--logfile', '--cred-file'],
  safeOptions: ['-h'],
  target: { system: 'cloudflare' },
  operations: [
    { id: 'tunnel-delete', words: ['tunnel', 'delete|cleanup'], verb: 'delete', kind: 'tunnel', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the tunnel {name}, or cuts its connections: what it serves stops answering.', saferWay: 'Look first: cloudflared tunnel info.' },
    { id: 'route', words: ['tunnel', 'route', 'dns|lb'], needs: ['-f', '--overwrite-dns'], verb: 'overwrite', kind: 'DNS record', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Replaces the DNS record {name}; its address leads elsewhere.', saferWay: 'Leave out --overwrite-dns.' },
    { id: 'service-uninstall', words: ['service', 'uninstall'], verb: 'stop', kind: 'tunnel service', reversibility: 'reversible', name: [{ text: 'the tunnel of this machine' }], why: 'Takes {name} away: what it serves stops answering.', saferWay: 'Let a person do it.' },
  ],
  cases: {
    caught: [
      { command: 'cloudflared tunnel delete shop', by: 'tunnel-delete' },
      { command: 'cloudflared tunnel cleanup shop', by: 'tunnel-delete' },
      { command: 'cloudflared tunnel delete -f shop', by: 'tunnel-delete' },
      { command: 'cloudflared tunnel route dns --overwrite-dns shop www.example.com', by: 'route' },
      { command: 'sudo cloudflared service uninstall', by: 'service-uninstall' },
      { command: 'cloudflared service uninstall', by: 'service-uninstall' },
      { command: '/usr/local/bin/cloudflared service uninstall', by: 'service-uninstall' },
    ],
    passes: ['cloudflared tunnel info shop', 'cloudflared version', 'cloudflared tunnel create shop'],
  },
};
