import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'loki',
  title: 'Loki',
  programs: ['lokitool', 'mimirtool', 'cortextool'],
  docs: 'https://grafana.com/docs/loki/latest/reference/loki-http-api/',
  valueOptions: ['--address', '--id', '--key', '--user', '--tls-ca-path', '--namespaces', '--rule-dirs', '--rule-files', '--log.level', '--backend'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'loki', option: ['--address', '--addr'], scope: ['--id'] },
  operations: [
    { id: 'rules-sync', words: ['rules', 'sync'], verb: 'overwrite', kind: 'alert rules', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Makes the alert rules as the files say: those not in them are deleted.', saferWay: 'Show it first: rules diff.' },
    { id: 'rules-load', words: ['rules', 'load'], verb: 'overwrite', kind: 'alert rules', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Writes the rule groups of {name} over those of the same name.', saferWay: 'Show it first: rules diff.' },
    { id: 'rules-delete', words: ['rules', 'delete|delete-namespace'], verb: 'delete', kind: 'alert rules', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the alert rules {name}: nobody is called any more.', saferWay: 'Keep them first: rules get.' },
    { id: 'alerts', words: ['alertmanager', 'load|delete'], verb: 'overwrite', kind: 'alert configuration', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces or deletes who is called for which alert.', saferWay: 'Keep it first: alertmanager get.' },
  ],
  controlPlane: {
    hosts: [],
    ports: [3100],
    paths: [
      { id: 'api-delete', request: 'POST /loki/api/v1/delete', verb: 'delete', kind: 'logs', reversibility: 'irreversible', name: [], why: 'Has every log line that matches deleted.', saferWay: 'Look first with the same query, and keep the lines.' },
      { id: 'api-delete-put', request: 'PUT /loki/api/v1/delete', verb: 'delete', kind: 'logs', reversibility: 'irreversible', name: [], why: 'Has every log line that matches deleted.', saferWay: 'Look first with the same query, and keep the lines.' },
      { id: 'api-rules-delete', request: 'DELETE /loki/api/v1/rules/*', verb: 'delete', kind: 'alert rules', reversibility: 'irreversible', name: [], why: 'Deletes alert rules: nobody is called any more.', saferWay: 'Keep them first: GET /loki/api/v1/rules.' },
    ],
  },
  cases: {
    caught: [
      { command: 'lokitool rules sync --address=http://loki rules.yaml', by: 'rules-sync' },
      { command: 'mimirtool rules load --id=shop rules.yaml', by: 'rules-load' },
      { command: 'mimirtool rules delete ns group --address x --id shop', by: 'rules-delete' },
      { command: 'mimirtool alertmanager delete --address x --id shop', by: 'alerts' },
      { command: 'mimirtool alertmanager load am.yaml --id shop', by: 'alerts' },
      { command: 'cortextool alertmanager load am.yaml', by: 'alerts' },
      { command: `curl -g -X POST 'http://localhost:3100/loki/api/v1/delete?query={app="web"}'`, by: 'api-delete' },
      { command: `curl -g -X PUT 'http://loki.internal:3100/loki/api/v1/delete?query={app="web"}&start=1'`, by: 'api-delete-put' },
      { command: 'curl -X DELETE http://localhost:3100/loki/api/v1/rules/shop', by: 'api-rules-delete' },
    ],
    passes: ['lokitool rules diff rules.yaml', 'mimirtool rules list', 'mimirtool alertmanager get', `curl -G http://localhost:3100/loki/api/v1/query --data-urlencode 'query={app="web"}'`, 'mimirtool analyze prometheus'],
  },
};
