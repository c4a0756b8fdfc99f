import { targets } from './target-cases.ts';

const reset = 'prisma migrate reset --force';
const here = 'postgres://app@localhost/shop';
const prod = 'postgres://app:hunter2@db.prod.example.com/shop';
const drop = '-c "DROP TABLE orders"';

targets('dotenv files that other programs load', 'db-loading', [
  [reset, 'local'],
  [`dotenv -e .env.production -- ${reset}`, 'production', {}, /DATABASE_URL in the command names host db\.prod/],
  [`dotenv -e .env.staging -e .env.production -- ${reset}`, 'staging'],
  [`dotenv -e .env.production -- ${reset}`, 'local', { env: { DATABASE_URL: here } }],
  [`dotenv -o -e .env.production -- ${reset}`, 'production', { env: { DATABASE_URL: here } }],
  [`dotenv -c staging -- ${reset}`, 'staging'],
  [`dotenv -v DATABASE_URL=${prod} -- ${reset}`, 'production'],
  [`dotenv -e nowhere.env -- ${reset}`, 'local'],
  [`dotenv -f .env.production run -- ${reset}`, 'production'],
  [`dotenv -f .env.production run ${reset}`, 'production', { env: { DATABASE_URL: here } }],
  [`dotenvx run -f .env.production -- ${reset}`, 'production'],
  [`dotenvx run --overload -f .env.staging -- ${reset}`, 'staging', { env: { DATABASE_URL: here } }],
  [`dotenvx run -f .env.sealed -- ${reset}`, 'unknown'],
  [`env-cmd ${reset}`, 'local', { env: { DATABASE_URL: prod } }],
  [`npx env-cmd -f .env.production ${reset}`, 'production', { env: { DATABASE_URL: here } }],
  [`env-cmd --no-override -f .env.production ${reset}`, 'local', { env: { DATABASE_URL: here } }],
  [`env-cmd -e live ${reset}`, 'production'],
  [`cross-env DATABASE_URL=${prod} ${reset}`, 'production'],
  [`node --env-file=.env.production node_modules/.bin/${reset}`, 'production'],
  [`node --env-file=.env.production --env-file=.env.staging node_modules/.bin/${reset}`, 'staging'],
  [`node --env-file=.env.production node_modules/.bin/${reset}`, 'local', { env: { DATABASE_URL: here } }],
  [`direnv exec . ${reset}`, 'staging', { env: { DATABASE_URL: here } }],
  [`direnv exec nested ${reset}`, 'production'],
  ['npm run db:reset', 'local'],
  ['npm run db:reset:live', 'production'],
  ['npm run db:reset:stage', 'staging'],
]);

targets('variables that the shell itself sets', 'db-loading', [
  [`set -a; source .env.production; set +a; ${reset}`, 'production'],
  [`set -o allexport && . ./.env.staging && ${reset}`, 'staging'],
  [`source .env.production && ${reset}`, 'production'],
  [`source .env.staging && ${reset}`, 'local'],
  [`source .env.staging && ${reset}`, 'staging', { env: { DATABASE_URL: here } }],
  [`source .env.staging && psql "$DATABASE_URL" ${drop}`, 'staging'],
  [`DATABASE_URL=${prod}; ${reset}`, 'local'],
  [`DATABASE_URL=${prod}; ${reset}`, 'production', { env: { DATABASE_URL: here } }],
  [`export DATABASE_URL=${prod}; ${reset}`, 'production'],
  [`unset DATABASE_URL; ${reset}`, 'local', { env: { DATABASE_URL: prod } }],
  [`env -u DATABASE_URL ${reset}`, 'local', { env: { DATABASE_URL: prod } }],
]);

targets('variables from a store elsewhere', 'db-loading', [
  [`railway run ${reset}`, 'unknown', { env: { DATABASE_URL: here } }],
  [`railway run -e staging ${reset}`, 'staging'],
  [`railway run -e production sh -c '${reset}'`, 'production'],
  [`railway run sh -c 'psql "$DATABASE_URL" ${drop}'`, 'unknown', { env: { DATABASE_URL: here } }],
  [`railway run psql ${here} ${drop}`, 'local'],
  [`doppler run -c prd -- ${reset}`, 'production'],
  [`doppler run -- ${reset}`, 'unknown'],
  [`infisical run --env=staging -- ${reset}`, 'staging'],
  [`op run --env-file=.env.production -- ${reset}`, 'production'],
  [`vercel env run -e production -- ${reset}`, 'production'],
  [`chamber exec shop-production -- ${reset}`, 'production'],
]);

targets('tunnels that the same command opens', 'db-loading', [
  [`psql -h localhost ${drop}`, 'local'],
  [`ssh -fNL 5433:db.prod.example.com:5432 bastion && psql -h localhost -p 5433 ${drop}`, 'production', {}, /points to what ssh -L opens to db\.prod\.example\.com/],
  [`ssh -f -N -L 5433:localhost:5432 staging-box && psql -h 127.0.0.1 -p 5433 ${drop}`, 'staging'],
  [`ssh -f -N -L 5433:postgres:5432 bastion && psql -h localhost -p 5433 ${drop}`, 'unknown'],
  [`ssh -f -N -o "LocalForward 5433 10.0.0.4:5432" bastion && ${reset}`, 'unknown'],
  [`kubectl port-forward svc/postgres 5432:5432 & psql -h localhost ${drop}`, 'unknown', {}, /kubectl port-forward/],
  [`cloud-sql-proxy acme:europe-west1:shop-prod & psql -h 127.0.0.1 ${drop}`, 'production'],
  [`cloud-sql-proxy acme:europe-west1:shop & psql -h 127.0.0.1 ${drop}`, 'staging', { resources: [{ match: 'acme:europe-west1:shop', environment: 'staging' }] }],
  [`fly proxy 5432 -a shop-db & psql -h localhost ${drop}`, 'unknown'],
  [`ssh bastion uptime && psql -h localhost ${drop}`, 'local'],
  [`kubectl get pods && psql -h localhost ${drop}`, 'local'],
]);
