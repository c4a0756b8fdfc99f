import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'k9s',
  title: 'K9s',
  programs: ['k9s'],
  docs: 'https://k9scli.io/topics/commands/',
  valueOptions: ['-A', '--all-namespaces', '-c', '--command', '--context', '--cluster', '-n', '--namespace', '--kubeconfig', '-l', '--logLevel', '--logFile', '-r', '--refresh', '--request-timeout', '--token', '--user', '--as', '--as-group', '--screen-dump-dir'],
  safeOptions: ['-h'],
  target: { system: 'kubernetes', option: ['--context'], scope: ['-n', '--namespace'], settings: { kubeconfig: ['--kubeconfig'], cluster: ['--cluster'] } },
  // On its screen a key deletes what is selected; only the mode that forbids it can be told from the command.
  operations: [
    { id: 'write', words: [], needs: ['--write'], verb: 'revoke', kind: 'read-only mode', reversibility: 'reversible', name: [{ option: ['--context'] }], why: 'Turns the read-only mode off that keeps single keys from deleting what runs.', saferWay: 'Leave out --write.' },
  ],
  cases: {
    caught: [
      { command: 'k9s --write', by: 'write' },
      { command: 'k9s --context prod --write', by: 'write' },
      { command: 'k9s -n payments --write --headless', by: 'write' },
    ],
    passes: ['k9s', 'k9s --readonly', 'k9s info', 'k9s -n payments -c pods', 'k9s version'],
  },
};
