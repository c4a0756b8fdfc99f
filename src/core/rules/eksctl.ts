import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'eksctl',
  title: 'eksctl',
  programs: ['eksctl'],
  docs: 'https://docs.aws.amazon.com/eks/latest/eksctl/creating-and-managing-clusters.html',
  valueOptions: ['-p', '--profile', '-r', '--region', '-n', '--name', '-f', '--config-file', '-c', '--cluster', '--timeout', '-N', '--nodes', '-M', '--nodes-max', '-m', '--nodes-min', '--namespace', '--cfn-role-arn', '--nodegroup'],
  safeOptions: ['-h', '--dry-run', '--plan'],
  target: { system: 'aws', option: ['-p', '--profile'] },
  operations: [
    { id: 'cluster-delete', words: ['delete', 'cluster'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '-f', '--config-file'] }, { operand: 0 }], why: 'Deletes the cluster {name} with everything that runs in it.', saferWay: 'List what runs in it and let a person delete it.' },
    { id: 'delete', words: ['delete'], verb: 'delete', kind: 'part of a cluster', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '-c', '--cluster', '-f', '--config-file'] }], why: 'Deletes a part of the cluster {name} and what runs on it.', saferWay: 'Show what would go: leave out --approve.' },
    { id: 'drain', words: ['drain'], unless: ['--undo'], verb: 'stop', kind: 'node group', reversibility: 'reversible', name: [{ option: ['-n', '--name', '-c', '--cluster'] }], why: 'Moves everything off the nodes of {name}.', saferWay: 'Look first: eksctl get nodegroup.' },
    { id: 'scale-zero', words: ['scale'], value: { of: ['-N', '--nodes', '-M', '--nodes-max'], fits: /^0$/ }, verb: 'stop', kind: 'node group', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '-c', '--cluster'] }], why: 'Terminates every node of {name}.', saferWay: 'Lower it in small steps.' },
  ],
  unlisted: 'cluster resource',
  cases: {
    caught: [
      { command: 'eksctl delete cluster --name shop', by: 'cluster-delete' },
      { command: 'eksctl delete cluster -f cluster.yaml --disable-nodegroup-eviction', by: 'cluster-delete' },
      { command: 'eksctl --profile prod delete cluster shop --wait', by: 'cluster-delete' },
      { command: 'eksctl delete nodegroup --cluster shop --name workers --approve', by: 'delete' },
      { command: 'eksctl drain nodegroup --cluster shop --name workers', by: 'drain' },
      { command: 'eksctl drain nodegroup -f cluster.yaml --approve', by: 'drain' },
      { command: 'eksctl --region eu-west-1 drain nodegroup -c shop -n workers', by: 'drain' },
      { command: 'eksctl scale nodegroup --cluster shop --name workers --nodes 0', by: 'scale-zero' },
      { command: 'eksctl scale nodegroup --cluster shop --name workers -N 0 -m 0', by: 'scale-zero' },
      { command: 'eksctl scale ng --cluster=shop --name=workers --nodes=0', by: 'scale-zero' },
      { command: 'eksctl utils purge-stack --cluster shop', by: 'unlisted' },
    ],
    passes: ['eksctl get cluster', 'eksctl create cluster --name delete-me', 'eksctl scale nodegroup --cluster shop --name workers --nodes 3', 'eksctl drain nodegroup --cluster shop --name workers --undo', 'eksctl utils describe-stacks --cluster shop', 'eksctl version'],
  },
};
