import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'buildkite',
  title: 'Buildkite',
  programs: ['buildkite-agent', 'bk'],
  docs: 'https://buildkite.com/docs/platform/cli/reference/agent',
  valueOptions: ['--token', '--job', '--build', '--agent-access-token', '--endpoint', '-p', '--pipeline', '--cluster-uuid', '--secret-id', '--value'],
  safeOptions: ['-h'],
  target: { system: 'buildkite', option: ['-p', '--pipeline'] },
  operations: [
    { id: 'agent-stop', words: ['agent', 'stop'], verb: 'stop', kind: 'build machine', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops {name}: builds wait for it.', saferWay: 'Pause it instead.' },
    { id: 'self-stop', words: ['stop'], verb: 'stop', kind: 'build machine', reversibility: 'reversible', name: [{ text: 'this agent' }], why: 'Stops {name}: builds wait for it.', saferWay: 'Pause it instead.' },
    { id: 'secret', words: ['secret', 'delete|update'], verb: 'overwrite', kind: 'secret', reversibility: 'irreversible', name: [{ option: ['--secret-id'] }], why: 'Replaces or deletes the secret {name}: its value cannot be read back.', saferWay: 'Make a new one beside it.' },
  ],
  unlisted: 'Buildkite resource',
  controlPlane: { hosts: ['api.buildkite.com', 'graphql.buildkite.com'] },
  cases: {
    caught: [
      { command: 'bk agent stop agent-1', by: 'agent-stop' },
      { command: 'bk agent stop agent-1 agent-2 --force', by: 'agent-stop' },
      { command: 'bk -y agent stop 018', by: 'agent-stop' },
      { command: 'bk secret delete --cluster-uuid c --secret-id s1', by: 'secret' },
      { command: 'bk secret update --secret-id s1 --cluster-uuid c --value x', by: 'secret' },
      { command: 'bk secret delete --cluster-uuid=c --secret-id=s2', by: 'secret' },
      { command: 'bk pipeline delete shop', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.buildkite.com/v2/organizations/acme/pipelines/shop', by: 'unlisted-request' },
      { command: 'buildkite-agent stop', by: 'self-stop' },
      { command: 'buildkite-agent stop --force', by: 'self-stop' },
      { command: 'buildkite-agent --debug stop', by: 'self-stop' },
    ],
    passes: ['bk build list', 'buildkite-agent artifact upload log.txt', 'buildkite-agent meta-data get x', 'bk pipeline list', 'buildkite-agent start'],
  },
};
