import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'nomad',
  title: 'Nomad',
  programs: ['nomad'],
  docs: 'https://developer.hashicorp.com/nomad/commands',
  valueOptions: ['-address', '-region', '-namespace', '-token', '-ca-cert', '-deadline', '-m'],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '-help'],
  target: { system: 'nomad', option: ['-address', '-namespace'], variable: ['NOMAD_ADDR'] },
  operations: [
    { id: 'job-stop', words: ['job', 'stop'], verb: 'stop', kind: 'job', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops the job {name}; with -purge its record is deleted too.', saferWay: 'Scale it down first: nomad job scale.' },
    { id: 'stop', words: ['stop'], verb: 'stop', kind: 'job', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops the job {name}; with -purge its record is deleted too.', saferWay: 'Scale it down first: nomad job scale.' },
    { id: 'gc', words: ['system', 'gc'], verb: 'delete', kind: 'dead jobs', reversibility: 'irreversible', name: [], why: 'Deletes the record of everything that no longer runs.', saferWay: 'Leave it to Nomad.' },
    { id: 'drain', words: ['node', 'drain|purge'], verb: 'stop', kind: 'node', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Moves everything off the node {name}, or deletes its record.', saferWay: 'Look first: nomad node status.' },
    { id: 'volume-delete', words: ['volume', 'delete|deregister|detach'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes or detaches the volume {name}.', saferWay: 'Keep a copy of the data first.' },
    { id: 'snapshot-restore', words: ['operator', 'snapshot', 'restore'], verb: 'overwrite', kind: 'cluster state', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the state of the whole cluster with {name}.', saferWay: 'Save one first: nomad operator snapshot save.' },
  ],
  unlisted: 'Nomad resource',
  cases: {
    caught: [
      { command: 'nomad job stop -purge shop', by: 'job-stop' },
      { command: 'nomad job stop shop', by: 'job-stop' },
      { command: 'nomad stop -purge shop', by: 'stop' },
      { command: 'nomad system gc', by: 'gc' },
      { command: 'nomad node drain -enable abc', by: 'drain' },
      { command: 'nomad volume delete data', by: 'volume-delete' },
      { command: 'nomad operator snapshot restore x.snap', by: 'snapshot-restore' },
      { command: 'nomad namespace delete shop', by: 'unlisted' },
      { command: 'nomad var purge secret/x', by: 'unlisted' },
    ],
    passes: ['nomad status', 'nomad job run shop.nomad', 'nomad job plan shop.nomad', 'nomad node status', 'nomad alloc logs abc', 'nomad job status shop', 'nomad volume status'],
  },
};
