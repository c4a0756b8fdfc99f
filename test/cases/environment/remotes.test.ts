import { targets } from './target-cases.ts';

targets('where a push goes', 'git', [
  ['git push --force origin main', 'production'],
  ['git push --force origin topic', 'development'],
  ['git push --force production topic', 'production', {}, /remote “production”/],
  ['git push --force origin staging', 'staging'],
  ['git push --delete origin v1-topic', 'development'],
  ['git push --force backup main', 'local'],
  ['git push --force production-disk topic', 'production'],
  ['git push --force /srv/git/shop.git main', 'local'],
  ['git push --force ../shop.git main', 'local'],
  ['git push --force https://github.com/acme/shop.git main', 'production'],
  ['git push --force work topic', 'staging', {}, /git\.staging\.shop\.example/],
  // A repository of code may be called what it likes.
  ['git push --mirror origin', 'unknown'],
  ['git push --force origin prod-fix', 'production'],
  ['git push --force origin product', 'development'],
  ['git push --mirror production', 'production', { folder: 'tree' }],
  ['git push --mirror', 'production', { folder: 'pinned' }],
  ['git push --mirror backup', 'local', { folder: 'tree' }],
]);

targets('machines one logs in to', 'git', [
  ['ssh web rm -rf /srv/app', 'production', {}, /web\.prod\.shop\.example/],
  ['ssh deploy@db rm -rf /srv/app', 'production'],
  ['ssh bastion rm -rf /srv/app', 'unknown'],
  ['ssh queue rm -rf /srv/app', 'staging', {}, /queue\.staging\.shop\.example/],
  // A port of this machine may be the end of a tunnel.
  ['ssh lab rm -rf /srv/app', 'unknown'],
  ['ssh -o HostName=prod.shop.example queue rm -rf /srv/app', 'production'],
  ['ssh -F elsewhere.conf queue rm -rf /srv/app', 'unknown'],
  ['ssh queue rm -rf /srv/app -F elsewhere.conf', 'staging'],
  ['scp notes.txt web:/etc/nginx/nginx.conf', 'production'],
  ['ssh box.corp rm -rf /srv/app', 'unknown'],
  ['ssh localhost rm -rf /srv/app', 'local'],
  ['ssh localhost.shop.example rm -rf /srv/app', 'unknown'],
  ['ssh db.staging.shop.example rm -rf /srv/app', 'staging'],
  ['ssh box.corp rm -rf /srv/app', 'staging', { resources: [{ match: '203.0.113.80', environment: 'staging' }] }],
  ['rsync -a --delete ./ web:/srv/app/', 'production'],
]);

targets('tools on another machine', 'kubernetes', [
  ['ssh box kubectl delete namespace web', 'unknown'],
  ['ssh box kubectl --context kind-shop delete deployment api', 'unknown'],
  ['ssh box kubectl --context shop-prod delete deployment api', 'production'],
  ['ssh db.staging.shop.example docker exec db psql -c "DROP TABLE orders"', 'staging'],
  ['ssh db.prod.shop.example docker volume rm data', 'production'],
  ['ssh box.shop.example vault kv delete secret/app', 'unknown'],
  ['ssh box AWS_PROFILE=staging aws s3 rb s3://data --force', 'unknown'],
  ['ssh box npm publish', 'unknown'],
  ['docker exec app kubectl --context kind-shop delete deployment api', 'unknown'],
  ['cd "$SOMEWHERE" && terraform destroy', 'unknown'],
]);

targets('inventories, destinations and servers', 'hosts', [
  ['ansible web -m reboot', 'production', {}, /inventories\/production/],
  ['ansible web -m reboot -i inventories/mixed.ini', 'production', {}, /web1\.prod\.shop\.example/],
  ['ansible lab -m reboot -i inventories/mixed.ini', 'staging'],
  ['ansible all -m reboot -i inventories/mixed.ini', 'production'],
  ['ansible web -m reboot -i staging,', 'staging'],
  ['ansible web -m reboot -c local', 'local'],
  ['ANSIBLE_INVENTORY=inventories/mixed.ini ansible lab -m reboot', 'staging'],
  ['kamal remove -d staging', 'staging'],
  ['kamal remove', 'unknown', {}, /203\.0\.113\.30/],
  ['kamal remove -d eu', 'production', {}, /web1\.prod\.shop\.example/],
  ['kamal remove', 'staging', { resources: [{ match: '203.0.113.30', environment: 'staging' }] }],
  ['vault kv delete secret/app', 'local', {}, /this machine/],
  ['vault kv delete -address=https://vault.prod.shop.example secret/app', 'production'],
  ['vault kv delete secret/app', 'staging', { env: { VAULT_ADDR: 'https://vault.staging.shop.example:8200' } }],
  ['VAULT_ADDR=https://vault.example vault kv delete secret/app', 'unknown'],
  ['vault kv delete secret/app', 'production', { env: { VAULT_ADDR: 'https://vault.example', VAULT_NAMESPACE: 'prod' } }],
  ['nomad job stop -purge web', 'local'],
  ['NOMAD_ADDR=https://nomad.prod.shop.example nomad job stop -purge web', 'production'],
  ['nomad job stop -purge -address=http://127.0.0.1:4646 web', 'local', { env: { NOMAD_ADDR: 'https://nomad.prod.shop.example' } }],
  ['consul kv delete -recurse app/', 'staging', { env: { CONSUL_HTTP_ADDR: 'consul.staging.shop.example:8500' } }],
  ['etcdctl del --prefix /app', 'production', { env: { ETCDCTL_ENDPOINTS: '127.0.0.1:2379,etcd.prod.shop.example:2379' } }],
  ['etcdctl del --prefix /app', 'local'],
]);
