import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'nmcli',
  title: 'NetworkManager',
  programs: ['nmcli'],
  docs: 'https://networkmanager.dev/docs/api/latest/nmcli.html',
  valueOptions: ['-f', '--fields', '-g', '--get-values', '-m', '--mode', '-c', '--colors', '-e', '--escape', '-w', '--wait'],
  safeOptions: ['-h', '--help'],
  operations: [
    { id: 'connection-delete', words: ['connection|con|c', 'delete|del|d'], verb: 'delete', kind: 'connection', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the network connection {name} with its settings and password.', saferWay: 'Take it down instead: nmcli connection down.' },
    { id: 'connection-down', words: ['connection|con|c', 'down'], verb: 'stop', kind: 'connection', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Cuts the network connection {name}.', saferWay: 'Look first: nmcli connection show.' },
    { id: 'device-down', words: ['device|dev|d', 'disconnect|down|delete'], verb: 'stop', kind: 'device', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Cuts the network device {name}.', saferWay: 'Look first: nmcli device status.' },
    { id: 'networking-off', words: ['networking|n', 'off'], verb: 'stop', kind: 'network', reversibility: 'reversible', name: [{ text: 'the network of this computer' }], why: 'Turns {name} off.', saferWay: 'Let a person do it.' },
  ],
  cases: {
    caught: [
      { command: 'nmcli connection delete office', by: 'connection-delete' },
      { command: 'sudo nmcli con del uuid 1a2b', by: 'connection-delete' },
      { command: 'nmcli -t c delete home', by: 'connection-delete' },
      { command: 'nmcli con down office', by: 'connection-down' },
      { command: 'nmcli device disconnect wlan0', by: 'device-down' },
      { command: 'sudo nmcli dev delete br0', by: 'device-down' },
      { command: 'nmcli d disconnect eth0', by: 'device-down' },
      { command: 'nmcli networking off', by: 'networking-off' },
      { command: 'sudo nmcli n off', by: 'networking-off' },
      { command: 'nmcli --wait 5 networking off', by: 'networking-off' },
    ],
    passes: ['nmcli device status', 'nmcli con show', 'nmcli con up office', 'nmcli radio wifi', 'nmcli networking connectivity'],
  },
};
