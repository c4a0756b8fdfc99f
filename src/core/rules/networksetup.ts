import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'networksetup',
  title: 'networksetup',
  programs: ['networksetup'],
  docs: 'https://support.apple.com/guide/remote-desktop/about-networksetup-apdd0c5a2d5/mac',
  valueOptions: [],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '-help'],
  operations: [
    { id: 'remove', words: [], needs: ['-removenetworkservice', '-removepreferredwirelessnetwork', '-removeallpreferredwirelessnetworks', '-deletelocation', '-deleteVLAN', '-deleteBond'], verb: 'delete', kind: 'network service', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the network service {name} with its settings.', saferWay: 'Look first: networksetup -listallnetworkservices.' },
    { id: 'off', words: [], needs: ['-setnetworkserviceenabled', '-setairportpower', '-setv4off', '-setv6off'], verb: 'stop', kind: 'network service', reversibility: 'reversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Turns {name} off; the connection you came by may be cut.', saferWay: 'Look first: networksetup -getinfo.' },
  ],
  cases: {
    caught: [
      { command: 'networksetup -removenetworkservice "USB LAN"', by: 'remove' },
      { command: 'sudo networksetup -removeallpreferredwirelessnetworks en0', by: 'remove' },
      { command: 'networksetup -deletelocation Office', by: 'remove' },
      { command: 'networksetup -setairportpower en0 off', by: 'off' },
      { command: 'sudo networksetup -setnetworkserviceenabled Wi-Fi off', by: 'off' },
      { command: 'networksetup -setv4off Wi-Fi', by: 'off' },
    ],
    passes: ['networksetup -listallnetworkservices', 'networksetup -getinfo Wi-Fi', 'networksetup -getdnsservers Wi-Fi'],
  },
};
