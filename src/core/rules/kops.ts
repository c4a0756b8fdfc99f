import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'kops',
  title: 'kOps',
  programs: ['kops'],
  docs: 'https://kops.sigs.k8s.io/cli/kops_delete_cluster/',
  valueOptions: ['--name', '--state', '-f', '--filename', '--config', '--instance-group', '--region', '--external', '-o', '--output', '--bastion-interval', '--cloud-only'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'kops', option: ['--name', '--state'], variable: ['NAME', 'KOPS_CLUSTER_NAME', 'KOPS_STATE_STORE'] },
  operations: [
    { id: 'delete', words: ['delete'], needs: ['-y', '--yes', '-f', '--filename'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ operand: 1 }, { option: ['--name', '-f', '--filename'] }], why: 'Deletes {name} and the machines, disks and networks that belong to it.', saferWay: 'Show what would go: leave out --yes.' },
    { id: 'replace', words: ['replace'], needs: ['--force'], verb: 'overwrite', kind: 'cluster configuration', reversibility: 'irreversible', name: [{ option: ['-f', '--filename'] }], why: 'Replaces the configuration of the cluster with {name}.', saferWay: 'Keep the present one first: kops get -o yaml.' },
    { id: 'update', words: ['update', 'cluster'], needs: ['-y', '--yes'], verb: 'overwrite', kind: 'cluster', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }, { option: ['--name'] }], why: 'Applies changes to {name} that nobody has looked at; machines may be replaced.', saferWay: 'Show them first: leave out --yes.' },
    { id: 'rolling-update', words: ['rolling-update', 'cluster'], needs: ['-y', '--yes'], verb: 'stop', kind: 'cluster', reversibility: 'recoverable', name: [{ operand: 0 }, { option: ['--name'] }], why: 'Replaces the machines of {name} one after the other.', saferWay: 'Show them first: leave out --yes.' },
  ],
  cases: {
    caught: [
      { command: 'kops delete cluster shop.example.com --yes', by: 'delete' },
      { command: 'kops delete cluster --name shop.example.com --state s3://k -y', by: 'delete' },
      { command: 'kops delete -f cluster.yaml', by: 'delete' },
      { command: 'kops replace -f cluster.yaml --force', by: 'replace' },
      { command: 'kops replace --force --filename=cluster.yaml', by: 'replace' },
      { command: 'kops --state s3://k replace --force -f c.yaml', by: 'replace' },
      { command: 'kops update cluster shop.example.com --yes', by: 'update' },
      { command: 'kops update cluster --name shop.example.com --yes --admin', by: 'update' },
      { command: 'kops --state s3://k update cluster shop.example.com -y', by: 'update' },
      { command: 'kops rolling-update cluster shop.example.com --yes', by: 'rolling-update' },
      { command: 'kops rolling-update cluster --name shop.example.com --yes --cloudonly', by: 'rolling-update' },
      { command: 'kops --state s3://k rolling-update cluster -y', by: 'rolling-update' },
    ],
    passes: ['kops get clusters', 'kops update cluster shop.example.com', 'kops delete cluster shop.example.com', 'kops validate cluster', 'kops export kubeconfig'],
  },
};
