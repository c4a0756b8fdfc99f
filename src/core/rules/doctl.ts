import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'doctl',
  title: 'DigitalOcean',
  programs: ['doctl'],
  docs: 'https://docs.digitalocean.com/reference/doctl/reference/',
  valueOptions: ['-t', '--access-token', '-u', '--api-url', '-c', '--config', '--context', '--http-retry-max', '-o', '--output', '--tag-name', '--format', '--region', '--size', '--image', '--spec'],
  safeOptions: ['-h'],
  target: { system: 'digitalocean', option: ['--context'], variable: ['DIGITALOCEAN_CONTEXT'] },
  operations: [
    { id: 'database-delete', words: ['databases|database|db|dbs', 'delete|rm'], verb: 'delete', kind: 'database cluster', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the database cluster {name} with its data and backups.', saferWay: 'Keep a copy of the data first.' },
    { id: 'droplet-delete', words: ['compute', 'droplet|d', 'delete|d|del|rm'], verb: 'delete', kind: 'droplet', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the droplet {name} with its disk.', saferWay: 'Take a snapshot first: doctl compute droplet-action snapshot.' },
    { id: 'volume-delete', words: ['compute', 'volume', 'delete|rm|d'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the volume {name} with its data.', saferWay: 'Take a snapshot first: doctl compute volume snapshot.' },
    { id: 'snapshot-delete', words: ['compute', 'snapshot|image', 'delete|rm|d'], verb: 'delete', kind: 'snapshot', reversibility: 'irreversible', backup: true, name: [{ operands: 'all' }], why: 'Deletes the snapshot {name}.', saferWay: 'Keep snapshots until a person says otherwise.' },
    { id: 'cluster-delete', words: ['kubernetes|kube|k8s|k', 'cluster|clusters|c', 'delete|rm|d|delete-selective'], verb: 'delete', kind: 'cluster', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the Kubernetes cluster {name} with everything that runs in it.', saferWay: 'List it first and let a person delete it.' },
    { id: 'power', words: ['compute', 'droplet-action|da', 'power-off|shutdown|reboot|rebuild|restore|power-cycle|password-reset'], verb: 'stop', kind: 'droplet', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Stops, rebuilds or restores the droplet {name}.', saferWay: 'Look first: doctl compute droplet get.' },
  ],
  unlisted: 'DigitalOcean resource',
  controlPlane: {
    hosts: ['api.digitalocean.com'],
    paths: [
      { id: 'api-droplet-delete', request: 'DELETE /v2/droplets/:droplet', verb: 'delete', kind: 'droplet', reversibility: 'irreversible', name: ['droplet'], why: 'Deletes the droplet {name} with its disk.', saferWay: 'Take a snapshot first.' },
      { id: 'api-database-delete', request: 'DELETE /v2/databases/:database', verb: 'delete', kind: 'database cluster', reversibility: 'irreversible', backup: true, name: ['database'], why: 'Deletes the database cluster {name} with its data and backups.', saferWay: 'Keep a copy of the data first.' },
      { id: 'api-volume-delete', request: 'DELETE /v2/volumes/:volume', verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: ['volume'], why: 'Deletes the volume {name} with its data.', saferWay: 'Take a snapshot first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'doctl compute ssh web-1 --ssh-command "rm -rf /srv/data"', by: 'rm/delete' },
      { command: 'doctl databases delete 9cc10173 --force', by: 'database-delete' },
      { command: 'doctl db rm 9cc10173', by: 'database-delete' },
      { command: 'doctl --context prod databases delete 9cc10173', by: 'database-delete' },
      { command: 'doctl compute droplet delete web-1 -f', by: 'droplet-delete' },
      { command: 'doctl compute volume delete 386734', by: 'volume-delete' },
      { command: 'doctl compute snapshot delete 1 2', by: 'snapshot-delete' },
      { command: 'doctl kubernetes cluster delete shop', by: 'cluster-delete' },
      { command: 'doctl compute droplet-action power-off 1', by: 'power' },
      { command: 'doctl apps delete 5f1a', by: 'unlisted' },
      { command: 'doctl compute domain records delete example.com 1', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.digitalocean.com/v2/droplets/1', by: 'api-droplet-delete' },
      { command: 'curl -X DELETE https://api.digitalocean.com/v2/databases/9cc', by: 'api-database-delete' },
      { command: 'curl -X DELETE https://api.digitalocean.com/v2/volumes/7', by: 'api-volume-delete' },
    ],
    passes: ['doctl compute ssh web-1 --ssh-command uptime', 'doctl compute droplet list', 'doctl databases list', 'doctl apps create --spec app.yaml', 'doctl kubernetes cluster kubeconfig save shop', 'doctl account get', 'doctl compute droplet create web --size s', 'doctl apps logs 5f1a', 'curl https://api.digitalocean.com/v2/droplets'],
  },
};
