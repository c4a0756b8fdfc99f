import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'alertmanager',
  title: 'Alertmanager',
  programs: ['amtool'],
  docs: 'https://github.com/prometheus/alertmanager#amtool',
  valueOptions: ['--alertmanager.url', '--config.file', '-a', '--author', '-c', '--comment', '-d', '--duration', '--start', '--end', '-o', '--output', '--http.config.file', '--timeout'],
  safeOptions: ['-h'],
  target: { system: 'alertmanager', option: ['--alertmanager.url'] },
  operations: [
    { id: 'silence', words: ['silence', 'add'], verb: 'stop', kind: 'alerts', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Keeps alerts that match {name} from reaching anybody.', saferWay: 'Let a person silence alerts, for a short time.' },
    { id: 'expire', words: ['silence', 'expire'], verb: 'delete', kind: 'silence', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Ends the silence {name}: people are called again.', saferWay: 'Look first: amtool silence query.' },
    { id: 'import', words: ['silence', 'import|update'], verb: 'overwrite', kind: 'silences', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Changes silences: {name}.', saferWay: 'Keep the present ones first: amtool silence query -o json.' },
  ],
  controlPlane: {
    hosts: [],
    ports: [9093],
    paths: [
      { id: 'api-silence', request: 'POST /api/v2/silences', verb: 'stop', kind: 'alerts', reversibility: 'reversible', name: [], why: 'Keeps alerts from reaching anybody.', saferWay: 'Let a person silence alerts, for a short time.' },
      { id: 'api-expire', request: 'DELETE /api/v2/silence/:id', verb: 'delete', kind: 'silence', reversibility: 'irreversible', name: ['id'], why: 'Ends the silence {name}: people are called again.', saferWay: 'Look first: GET /api/v2/silences.' },
    ],
  },
  cases: {
    caught: [
      { command: 'amtool silence add alertname=DiskFull -c maintenance', by: 'silence' },
      { command: `amtool --alertmanager.url=http://am.example.com silence add -d 30d 'alertname=~.+'`, by: 'silence' },
      { command: 'amtool silence expire 4f2e', by: 'expire' },
      { command: 'amtool silence expire $(amtool silence query -q)', by: 'expire' },
      { command: 'amtool silence import silences.json', by: 'import' },
      { command: `curl -X POST http://localhost:9093/api/v2/silences -d '{"matchers":[]}'`, by: 'api-silence' },
      { command: 'curl -XDELETE http://localhost:9093/api/v2/silence/4f2e', by: 'api-expire' },
      { command: 'http DELETE http://alerts.internal:9093/api/v2/silence/77', by: 'api-expire' },
    ],
    passes: ['amtool alert', 'amtool silence query', 'amtool check-config alertmanager.yml', 'amtool config routes', 'curl http://localhost:9093/api/v2/silences'],
  },
};
