import { targets } from './target-cases.ts';

const reset = 'npx prisma migrate reset --force';
const prod = 'postgres://app:hunter2@db.prod.example.com/shop';

targets('the database of a service in a container', 'db-compose', [
  [`docker compose exec web ${reset}`, 'local', {}, /ledger is a service of the compose file/],
  [`docker compose run --rm web ${reset}`, 'local', { env: { DATABASE_URL: prod } }],
  [`docker-compose exec worker ${reset}`, 'staging', { env: { DATABASE_URL: 'postgres://localhost/shop' } }],
  [`docker compose run --rm report ${reset}`, 'production', { env: { DATABASE_URL: 'postgres://localhost/shop' } }],
  [`docker compose run --rm report ${reset}`, 'staging', { env: { REPORT_HOST: 'db.staging.example.com' } }],
  [`docker compose run --rm -e DATABASE_URL=${prod} web ${reset}`, 'production'],
  [`docker compose exec -e DATABASE_URL web ${reset}`, 'production', { env: { DATABASE_URL: prod } }],
  [`docker compose exec bare ${reset}`, 'local'],
  [`docker compose exec web sh -c 'psql "$DATABASE_URL" -c "DROP TABLE orders"'`, 'local'],
]);
