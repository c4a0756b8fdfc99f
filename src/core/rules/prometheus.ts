import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'prometheus',
  title: 'Prometheus',
  programs: ['promtool', 'prometheus'],
  docs: 'https://prometheus.io/docs/prometheus/latest/querying/api/#tsdb-admin-apis',
  valueOptions: ['--storage.tsdb.path', '--storage.tsdb.retention.time', '--storage.tsdb.retention.size', '--config.file', '--web.listen-address', '--web.config.file', '--http.config.file', '--header', '--time', '--max-block-duration', '--label'],
  safeOptions: ['-h'],
  target: { system: 'prometheus' },
  operations: [
    { id: 'backfill', words: ['tsdb', 'create-blocks-from'], verb: 'overwrite', kind: 'samples', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Writes blocks of samples beside those of the server; where they overlap its compaction rewrites both.', saferWay: 'Write them to a folder of their own first.' },
    { id: 'retention', words: [], needs: ['--storage.tsdb.retention.time', '--storage.tsdb.retention.size'], verb: 'delete', kind: 'samples', reversibility: 'irreversible', backup: true, name: [{ option: ['--storage.tsdb.path'] }], why: 'Starts the server with another retention: samples in {name} that are older are deleted.', saferWay: 'Take a snapshot first, and let a person change retention.' },
  ],
  controlPlane: {
    hosts: [],
    ports: [9090],
    paths: [
      { id: 'api-delete-series', request: 'POST /api/v1/admin/tsdb/delete_series', verb: 'delete', kind: 'series', reversibility: 'irreversible', name: [], why: 'Deletes every sample of the series that match.', saferWay: 'Take a snapshot first: POST /api/v1/admin/tsdb/snapshot.' },
      { id: 'api-delete-series-put', request: 'PUT /api/v1/admin/tsdb/delete_series', verb: 'delete', kind: 'series', reversibility: 'irreversible', name: [], why: 'Deletes every sample of the series that match.', saferWay: 'Take a snapshot first: POST /api/v1/admin/tsdb/snapshot.' },
      { id: 'api-clean-tombstones', request: 'POST /api/v1/admin/tsdb/clean_tombstones', verb: 'delete', kind: 'series', reversibility: 'irreversible', name: [], why: 'Removes deleted samples from the disk for good.', saferWay: 'Take a snapshot first: POST /api/v1/admin/tsdb/snapshot.' },
      { id: 'api-quit', request: 'POST /-/quit', verb: 'stop', kind: 'monitoring', reversibility: 'reversible', name: [], why: 'Stops the server: nothing is measured and nobody is alerted.', saferWay: 'Reload it instead: POST /-/reload.' },
    ],
  },
  cases: {
    caught: [
      { command: `curl -g -X POST 'http://localhost:9090/api/v1/admin/tsdb/delete_series?match[]=http_requests_total'`, by: 'api-delete-series' },
      { command: `curl -X PUT -g 'http://127.0.0.1:9090/api/v1/admin/tsdb/delete_series?match[]={job="web"}'`, by: 'api-delete-series-put' },
      { command: 'curl -XPOST http://prometheus:9090/api/v1/admin/tsdb/clean_tombstones', by: 'api-clean-tombstones' },
      { command: 'curl -X POST http://localhost:9090/-/quit', by: 'api-quit' },
      { command: 'promtool tsdb create-blocks-from openmetrics samples.txt /var/lib/prometheus', by: 'backfill' },
      { command: 'promtool tsdb create-blocks-from rules --start 1 --end 2 rules.yml', by: 'backfill' },
      { command: 'sudo promtool tsdb create-blocks-from openmetrics old.txt ./data', by: 'backfill' },
      { command: 'prometheus --storage.tsdb.retention.time=1d', by: 'retention' },
      { command: 'prometheus --config.file=p.yml --storage.tsdb.retention.size=1GB', by: 'retention' },
      { command: 'docker exec prom prometheus --storage.tsdb.retention.time 1h', by: 'retention' },
    ],
    passes: ['promtool check config prometheus.yml', 'promtool query instant http://localhost:9090 up', 'prometheus --config.file=prometheus.yml', `curl 'http://localhost:9090/api/v1/query?query=up'`, 'curl -X POST http://localhost:9090/-/reload', 'curl -X POST http://localhost:9090/api/v1/admin/tsdb/snapshot', 'promtool tsdb list data'],
  },
};
