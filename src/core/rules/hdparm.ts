import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'hdparm',
  title: 'hdparm',
  programs: ['hdparm'],
  docs: 'https://man7.org/linux/man-pages/man8/hdparm.8.html',
  valueOptions: ['--user-master', '--security-set-pass', '--security-unlock', '--security-disable', '--security-erase', '--security-erase-enhanced', '--write-sector', '--make-bad-sector', '--trim-sector-ranges', '--repair-sector', '--fwdownload'],
  safeOptions: ['-h'],
  operations: [
    { id: 'erase', words: [], needs: ['--security-erase', '--security-erase-enhanced', '--sanitize-crypto-scramble', '--sanitize-block-erase', '--sanitize-overwrite', '--trim-sector-ranges', '--trim-sector-ranges-stdin'], verb: 'delete', kind: 'disk', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Erases {name}: every file on it is lost.', saferWay: 'Look at what is on it: lsblk, hdparm -I.' },
    { id: 'sector', words: [], needs: ['--write-sector', '--make-bad-sector', '--repair-sector', '--yes-i-know-what-i-am-doing', '--please-destroy-my-drive'], verb: 'overwrite', kind: 'disk sector', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Overwrites or spoils a sector of {name}; the file in it is lost.', saferWay: 'Copy the disk first: ddrescue.' },
    { id: 'lock', words: [], needs: ['--security-set-pass', '--security-freeze', '--fwdownload'], verb: 'stop', kind: 'disk', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Sets a password on {name}; without it nothing on it can be read.', saferWay: 'Let a person do it.' },
  ],
  cases: {
    caught: [
      { command: 'sudo hdparm --user-master u --security-erase pw /dev/sdb', by: 'erase' },
      { command: 'hdparm --yes-i-know-what-i-am-doing --write-sector 123 /dev/sdb', by: 'sector' },
      { command: 'sudo hdparm --security-set-pass pw /dev/sdb', by: 'lock' },
    ],
    passes: ['sudo hdparm -I /dev/sda', 'hdparm -tT /dev/sda', 'hdparm -C /dev/sda'],
  },
};
