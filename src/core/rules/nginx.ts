import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'nginx',
  title: 'nginx',
  programs: ['nginx', 'openresty', 'apachectl', 'apache2ctl', 'httpd', 'caddy', 'traefik', 'traefikee', 'teectl', 'envoy'],
  docs: 'https://nginx.org/en/docs/switches.html',
  valueOptions: ['-s', '-c', '-p', '-g', '-e', '-k', '-f', '-D', '--config', '--address', '--adapter', '-d', '--cluster'],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '-t', '-T', '-V'],
  operations: [
    { id: 'signal', words: [], value: { of: ['-s', '-k'], fits: /^(?:stop|quit|graceful-stop)$/ }, verb: 'stop', kind: 'web server', reversibility: 'reversible', name: [{ option: ['-c', '-p', '-f'] }], why: 'Stops the web server: nothing it serves can be reached.', saferWay: 'Reload it instead, which drops nothing.' },
    { id: 'stop', words: ['stop|graceful-stop'], verb: 'stop', kind: 'web server', reversibility: 'reversible', name: [{ option: ['--address', '--config'] }], why: 'Stops the web server: nothing it serves can be reached.', saferWay: 'Reload it instead, which drops nothing.' },
    { id: 'teectl-delete', words: ['delete', 'acme-certs|ac|nodes|n|tls-certs|tc|static-config|s'], verb: 'delete', kind: 'part of the proxy', reversibility: 'irreversible', name: [{ operands: 'all' }, { option: ['--cluster'] }], why: 'Deletes {name} of the proxy: what it serves may not be reached any more.', saferWay: 'Look first: teectl get.' },
    { id: 'teectl-restore', words: ['restore'], verb: 'overwrite', kind: 'proxy configuration', reversibility: 'irreversible', name: [{ option: ['--cluster'] }], why: 'Replaces the configuration of the proxy with an older one.', saferWay: 'Save the present one first: teectl backup.' },
  ],
  controlPlane: {
    hosts: [],
    // The administration of Caddy and of Envoy, and of Envoy inside Istio.
    ports: [2019, 9901, 15000],
    paths: [
      { id: 'api-caddy-stop', request: 'POST /stop', verb: 'stop', kind: 'web server', reversibility: 'reversible', name: [], why: 'Stops the web server: nothing it serves can be reached.', saferWay: 'Load a configuration instead: POST /load.' },
      { id: 'api-caddy-load', request: 'POST /load', verb: 'overwrite', kind: 'web server configuration', reversibility: 'irreversible', name: [], why: 'Replaces the whole configuration of the web server.', saferWay: 'Keep the present one first: GET /config/.' },
      { id: 'api-caddy-delete', request: 'DELETE /config/*', verb: 'delete', kind: 'web server configuration', reversibility: 'irreversible', name: [], why: 'Deletes a part of the running configuration, or all of it.', saferWay: 'Keep the present one first: GET /config/.' },
      { id: 'api-envoy-quit', request: 'POST /quitquitquit', verb: 'stop', kind: 'proxy', reversibility: 'reversible', name: [], why: 'Stops the proxy and every connection through it.', saferWay: 'Let it drain first: POST /drain_listeners?graceful.' },
      { id: 'api-envoy-drain', request: 'POST /drain_listeners', verb: 'stop', kind: 'proxy', reversibility: 'reversible', name: [], why: 'Has the proxy take no more connections.', saferWay: 'Let a person take it out of service.' },
      { id: 'api-envoy-fail', request: 'POST /healthcheck/fail', verb: 'stop', kind: 'proxy', reversibility: 'reversible', name: [], why: 'Has the proxy tell everybody that it is unwell, so that nothing is sent to it.', saferWay: 'Let a person take it out of service.' },
    ],
  },
  cases: {
    caught: [
      { command: 'nginx -s stop', by: 'signal' },
      { command: 'sudo nginx -c /etc/nginx/nginx.conf -s quit', by: 'signal' },
      { command: 'apachectl -k stop', by: 'signal' },
      { command: 'sudo apachectl graceful-stop', by: 'stop' },
      { command: 'caddy stop', by: 'stop' },
      { command: 'apache2ctl stop', by: 'stop' },
      { command: 'teectl delete nodes --cluster=shop', by: 'teectl-delete' },
      { command: 'teectl delete tls-certs --cluster=shop', by: 'teectl-delete' },
      { command: 'teectl delete acme-certs --cluster shop --force', by: 'teectl-delete' },
      { command: 'curl -X POST http://localhost:2019/stop', by: 'api-caddy-stop' },
      { command: 'curl -X POST http://localhost:2019/load -d @caddy.json', by: 'api-caddy-load' },
      { command: 'curl -X DELETE http://localhost:2019/config/apps/http', by: 'api-caddy-delete' },
      { command: 'curl -X POST http://127.0.0.1:9901/quitquitquit', by: 'api-envoy-quit' },
      { command: 'kubectl exec web-1 -c istio-proxy -- curl -X POST http://localhost:15000/drain_listeners', by: 'api-envoy-drain' },
      { command: 'curl -XPOST http://127.0.0.1:9901/healthcheck/fail', by: 'api-envoy-fail' },
      { command: 'teectl restore --path=backup.tar.gz', by: 'teectl-restore' },
      { command: 'teectl restore --cluster=shop --path b.tar', by: 'teectl-restore' },
      { command: 'sudo teectl restore --path old.tar', by: 'teectl-restore' },
    ],
    passes: ['nginx -t', 'nginx -s reload', 'nginx -V', 'apachectl configtest', 'apachectl -k graceful', 'caddy run', 'caddy reload', 'traefik version', 'envoy -c envoy.yaml --mode validate', 'curl http://localhost:9901/stats', 'curl http://localhost:2019/config/'],
  },
};
