import { home, targets } from './target-cases.ts';

const drop = 'docker volume rm data';

targets('the machine docker talks to', 'docker', [
  [drop, 'production', {}, /docker context “shop” selected in ~\/\.docker\/config\.json|web-prod/],
  [`docker --context default volume rm data`, 'local'],
  [`docker --context lab volume rm data`, 'local', {}, /docker context “lab” is this machine/],
  [`docker --context edge volume rm data`, 'unknown', {}, /203\.0\.113\.9/],
  // A context may be called like one on this machine and lead elsewhere.
  [`docker --context colima volume rm data`, 'staging'],
  [`docker --context harbour volume rm data`, 'staging', {}, /box\.staging\.shop\.example/],
  [`docker --context nobody volume rm data`, 'unknown'],
  [`docker -c lab volume rm data`, 'local'],
  [`docker -c shop volume rm data`, 'production'],
  [`docker -H tcp://127.0.0.1:2375 volume rm data`, 'local'],
  [`docker -H ssh://root@db.prod.shop.example volume rm data`, 'production'],
  [`docker -H unix:///var/run/docker.sock volume rm data`, 'local'],
  [drop, 'local', { env: { DOCKER_HOST: 'unix:///var/run/docker.sock' } }],
  [drop, 'staging', { env: { DOCKER_HOST: 'tcp://staging.shop.example:2376' } }],
  [drop, 'local', { env: { DOCKER_CONTEXT: 'lab' } }],
  [drop, 'unknown', { env: { DOCKER_HOST: 'tcp://203.0.113.9:2376', DOCKER_CONTEXT: 'lab' } }],
  [`docker --context lab volume rm data`, 'local', { env: { DOCKER_HOST: 'tcp://203.0.113.9:2376' } }],
  [`DOCKER_CONTEXT=lab ${drop}`, 'local'],
  [`DOCKER_HOST=ssh://web-prod ${drop}`, 'production', {}, /ssh host “web-prod”/],
  [drop, 'local', { env: { DOCKER_CONFIG: `${home}/plain` } }],
  ['docker compose down -v', 'production'],
  ['docker --context lab compose down -v', 'local'],
  // Podman works here unless it is told to go elsewhere, and knows nothing of docker's contexts.
  ['podman volume rm data', 'local'],
  ['podman --connection shop volume rm data', 'production'],
  ['podman --connection podman-machine-default volume rm data', 'local'],
  ['CONTAINER_CONNECTION=shop podman volume rm data', 'production'],
  ['podman volume rm data', 'local', { env: { DOCKER_HOST: 'tcp://203.0.113.9:2376' } }],
  ['CONTAINER_HOST=ssh://root@staging.shop.example/run/podman.sock podman volume rm data', 'staging'],
]);

targets('what runs in a container', 'docker', [
  ['docker exec db psql -c "DROP TABLE orders"', 'production'],
  ['docker exec db rm -rf /data', 'production'],
  ['docker --context lab exec db psql -c "DROP TABLE orders"', 'local'],
  ['docker --context lab exec db psql -h db.prod.shop.example -c "DROP TABLE orders"', 'production'],
  ['DOCKER_HOST=ssh://root@staging.shop.example docker exec db rm -rf /data', 'staging'],
  ['docker --context lab compose exec db psql -c "DROP TABLE orders"', 'local'],
  ['docker --context harbour compose exec db psql -c "DROP TABLE orders"', 'staging'],
  ['docker --context lab compose exec web bin/rails db:drop', 'unknown'],
  ['docker --context lab exec web bin/rails db:drop', 'unknown'],
  ['docker --context lab exec web npx prisma migrate reset --force', 'unknown', { env: { DATABASE_URL: 'postgres://localhost/shop' } }],
  ['podman --connection shop exec db rm -rf /data', 'production'],
]);
