import type { HttpOperation, Rule } from '../rule.ts';

function deletes(id: string, path: string, kind: string, why: string): HttpOperation {
  return { id, request: `DELETE /api/${path}`, verb: 'delete', kind, reversibility: 'irreversible', name: ['id'], why, saferWay: 'Read it first with GET and keep what comes back.' };
}

export const rule: Rule = {
  tool: 'grafana',
  title: 'Grafana',
  programs: ['grafana-cli', 'grafana', 'grafanactl'],
  docs: 'https://grafana.com/docs/grafana/latest/cli/',
  valueOptions: ['--homepath', '--config', '--configOverrides', '--pluginsDir', '--pluginUrl', '--repo', '--context', '-p', '--path'],
  prefixes: ['cli'],
  safeOptions: ['-h'],
  target: { system: 'grafana', option: ['--config', '--context'] },
  operations: [
    { id: 'plugin-remove', words: ['plugins|plugin', 'remove|uninstall'], verb: 'delete', kind: 'plugin', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Removes the plugin {name}: dashboards that use it show nothing.', saferWay: 'Look first which dashboards use it.' },
    { id: 'admin-password', words: ['admin', 'reset-admin-password'], verb: 'revoke', kind: 'administrator', reversibility: 'irreversible', name: [], why: 'Changes the administrator’s password: whoever uses the old one is locked out.', saferWay: 'Let a person reset it.' },
    { id: 'secrets', words: ['admin', 'secrets-migration|data-migration'], verb: 'overwrite', kind: 'secrets', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Encrypts or rolls back every stored secret anew.', saferWay: 'Keep a copy of the database first.' },
  ],
  unlisted: 'Grafana resource',
  controlPlane: {
    hosts: ['*.grafana.net', 'grafana.com'],
    ports: [3000],
    paths: [
      deletes('api-dashboard-delete', 'dashboards/uid/:id', 'dashboard', 'Deletes the dashboard {name} with its history.'),
      deletes('api-datasource-delete', 'datasources/:id', 'data source', 'Deletes the data source {name}: its dashboards and alerts stop working.'),
      deletes('api-datasource-uid-delete', 'datasources/uid/:id', 'data source', 'Deletes the data source {name}: its dashboards and alerts stop working.'),
      deletes('api-alert-rule-delete', 'v1/provisioning/alert-rules/:id', 'alert rule', 'Deletes the alert rule {name}: nobody is called any more.'),
      deletes('api-contact-delete', 'v1/provisioning/contact-points/:id', 'contact point', 'Deletes the contact point {name}: nobody is called any more.'),
      deletes('api-policies-reset', 'v1/provisioning/policies', 'notification policies', 'Throws away who is called for which alert.'),
    ],
  },
  cases: {
    caught: [
      { command: 'grafana-cli plugins remove grafana-clock-panel', by: 'plugin-remove' },
      { command: 'grafana cli plugins uninstall grafana-clock-panel', by: 'plugin-remove' },
      { command: 'grafana-cli --homepath /usr/share/grafana plugins remove x', by: 'plugin-remove' },
      { command: 'grafana-cli admin reset-admin-password changed', by: 'admin-password' },
      { command: 'grafana cli admin reset-admin-password --password-from-stdin', by: 'admin-password' },
      { command: 'grafana-cli admin secrets-migration rollback', by: 'secrets' },
      { command: 'grafanactl resources delete dashboards/shop', by: 'unlisted' },
      { command: 'curl -X DELETE http://localhost:3000/api/dashboards/uid/cIBgcSjkk', by: 'api-dashboard-delete' },
      { command: 'curl -u admin:admin -X DELETE http://localhost:3000/api/datasources/3', by: 'api-datasource-delete' },
      { command: 'curl -X DELETE http://localhost:3000/api/datasources/uid/kLt', by: 'api-datasource-uid-delete' },
      { command: 'curl -X DELETE https://shop.grafana.net/api/v1/provisioning/alert-rules/a1', by: 'api-alert-rule-delete' },
      { command: 'curl -X DELETE https://shop.grafana.net/api/v1/provisioning/contact-points/c1', by: 'api-contact-delete' },
      { command: 'curl -X DELETE https://shop.grafana.net/api/v1/provisioning/policies', by: 'api-policies-reset' },
      { command: 'curl -X DELETE https://shop.grafana.net/api/folders/f1', by: 'unlisted-request' },
    ],
    passes: ['grafana-cli plugins ls', 'grafana-cli plugins install grafana-clock-panel', 'curl http://localhost:3000/api/dashboards/uid/x', 'curl -X DELETE http://localhost:3000/api/users/3', 'grafana server', 'grafanactl resources get dashboards'],
  },
};
