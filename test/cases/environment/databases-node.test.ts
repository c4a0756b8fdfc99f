import { targets } from './target-cases.ts';

const there = 'postgres://app:hunter2@db.example.com/shop';
const prod = 'postgres://app:hunter2@db.prod.example.com/shop';

targets('the connection of Prisma', 'db-node', [
  ['npx prisma migrate reset --force', 'local', { folder: 'prisma-local' }, /DIRECT_URL in \.env points to this machine/],
  ['npx prisma migrate reset --force', 'production', { folder: 'prisma-local', env: { DIRECT_URL: prod } }, /DIRECT_URL in the environment names host db\.prod\.example\.com/],
  [`DIRECT_URL=${prod} npx prisma migrate reset --force`, 'production', { folder: 'prisma-local' }, /DIRECT_URL in the command/],
  ['npx prisma migrate reset --force', 'local', { folder: 'prisma-local', env: { DATABASE_URL: prod } }],
  [`npx prisma db execute --file x.sql --url ${there}`, 'unknown', { folder: 'prisma-local' }],
  ['npx prisma db execute --file x.sql --url "$PREVIEW_URL"', 'unknown', { folder: 'prisma-local' }],
  ['npx prisma migrate reset --force', 'production', { folder: 'prisma-beside' }, /DATABASE_URL in \.env names host db\.prod\.example\.com/],
  ['npx prisma db push --force-reset --schema prisma-beside/db/schema.prisma', 'production'],
  ['npx prisma migrate reset --force --schema ../prisma-shadow/prisma/schema.prisma', 'local', { folder: 'prisma-local' }],
  ['npx prisma migrate dev', 'production', { folder: 'prisma-shadow' }, /SHADOW_DATABASE_URL/],
  ['npx prisma db push --accept-data-loss', 'staging', { folder: 'prisma-seven' }, /DATABASE_URL in \.env/],
  ['npx prisma db push --accept-data-loss --config prisma-seven/prisma.config.ts', 'unknown'],
  ['npx prisma migrate reset --force', 'unknown', { folder: 'prisma-bare' }, /cannot be read from here/],
  ['npx prisma migrate reset --force', 'local', { folder: 'prisma-bare', env: { DATABASE_URL: 'postgres://localhost/shop' } }],
  ['npx prisma migrate reset --force', 'local', { folder: 'prisma-folder' }, /names a file on this machine/],
  ['cd prisma-seven && npx prisma migrate reset --force', 'staging'],
  ['npx prisma migrate reset --force', 'unknown', { folder: 'prisma-local', env: { DIRECT_URL: 'postgres://app:p#x@db.prod.example.com/shop' } }],
]);

targets('the connection of Drizzle Kit', 'db-node', [
  ['npx drizzle-kit push --force', 'production', { folder: 'drizzle' }, /\.env\.production/],
  ['npx drizzle-kit push --force', 'local', { folder: 'drizzle', env: { DATABASE_URL: 'postgres://localhost/shop' } }],
  ['npx drizzle-kit push --config drizzle-parts.config.ts', 'local', { folder: 'drizzle' }],
  ['npx drizzle-kit push --config=drizzle-parts.config.ts', 'staging', { folder: 'drizzle', env: { STAGE_HOST: 'db.staging.example.com' } }],
  ['npx drizzle-kit push --config drizzle-remote.config.ts', 'unknown', { folder: 'drizzle' }],
  ['npx drizzle-kit push --config nowhere.ts', 'unknown', { folder: 'drizzle' }],
  [`npx drizzle-kit push --force --url ${prod}`, 'production', { folder: 'drizzle' }],
  ['npx drizzle-kit push --force --host localhost --database shop', 'local', { folder: 'drizzle' }],
]);

targets('the connection of TypeORM', 'db-node', [
  ['npx typeorm schema:drop -d src/data-source.ts', 'local', { folder: 'typeorm' }],
  ['NODE_ENV=staging npx typeorm schema:drop -d src/data-source.ts', 'staging', { folder: 'typeorm' }, /DB_HOST in \.env\.staging/],
  ['NODE_ENV=live npx typeorm schema:drop -d src/data-source.ts', 'production', { folder: 'typeorm' }, /shop_production/],
  ['npx typeorm schema:drop -d src/data-source.ts', 'production', { folder: 'typeorm', env: { DB_HOST: 'db.prod.example.com' } }],
  ['npx typeorm schema:drop -d dist/data-source.js', 'local', { folder: 'typeorm' }],
  ['npx typeorm schema:drop -d src/replicated.ts', 'production', { folder: 'typeorm' }],
  ['npx typeorm schema:drop -d src/hidden.ts', 'unknown', { folder: 'typeorm' }],
  ['npx typeorm query "DROP TABLE orders" -d src/data-source.ts', 'staging', { folder: 'typeorm', env: { NODE_ENV: 'staging' } }],
  ['npx typeorm schema:drop', 'staging', { folder: 'typeorm-old' }, /ormconfig\.json/],
]);

targets('the connection of Sequelize', 'db-node', [
  ['npx sequelize-cli db:drop', 'local', { folder: 'sequelize' }, /the environment is development/],
  ['npx sequelize-cli db:drop --env test', 'local', { folder: 'sequelize' }],
  ['NODE_ENV=production npx sequelize-cli db:drop', 'unknown', { folder: 'sequelize' }, /the environment is production/],
  ['npx sequelize-cli db:drop --env development', 'local', { folder: 'sequelize', env: { NODE_ENV: 'production' } }],
  ['npx sequelize-cli db:drop --env staging', 'staging', { folder: 'sequelize', env: { STAGING_URL: 'postgres://app@db.staging.example.com/shop' } }, /STAGING_URL in the environment/],
  ['npx sequelize-cli db:drop --env staging', 'unknown', { folder: 'sequelize' }],
  ['npx sequelize-cli db:drop --env nowhere', 'unknown', { folder: 'sequelize' }],
  [`npx sequelize-cli db:drop --url ${prod}`, 'production', { folder: 'sequelize' }],
  ['npx sequelize-cli db:drop', 'local', { folder: 'sequelize-rc' }, /DATABASE_URL in \.env/],
  ['npx sequelize-cli db:drop --env production', 'unknown', { folder: 'sequelize-rc' }, /rds\.amazonaws\.com/],
]);

targets('the connection of Knex', 'db-node', [
  ['npx knex migrate:rollback --all', 'local', { folder: 'knex' }],
  ['npx knex migrate:rollback --all --env staging', 'staging', { folder: 'knex' }],
  ['NODE_ENV=production npx knex migrate:rollback --all', 'unknown', { folder: 'knex' }],
  ['npx knex migrate:rollback --all --env production', 'production', { folder: 'knex', env: { DATABASE_URL: prod } }],
  ['npx knex migrate:rollback --all --knexfile db/knexfile.js', 'production', { folder: 'knex' }, /PG_SERVER in \.env names host db\.prod/],
  ['npx knex migrate:rollback --all --knexfile gone.js', 'unknown', { folder: 'knex' }],
  ['npx knex migrate:rollback --client pg --connection postgres://localhost/shop', 'local', { folder: 'knex', env: { NODE_ENV: 'production' } }],
]);

targets('the connection of other tools of Node', 'db-node', [
  ['npx mikro-orm schema:drop --run', 'local', { folder: 'mikro' }],
  ['MIKRO_ORM_HOST=db.prod.example.com npx mikro-orm schema:drop --run', 'production', { folder: 'mikro' }],
  ['npx mikro-orm schema:drop --run', 'unknown', { folder: 'mikro-env' }, /neon\.tech/],
  ['npx mikro-orm schema:drop --run', 'staging', { folder: 'mikro-env', resources: [{ match: 'ep-cool-fog-123456', environment: 'staging' }] }, /the policy places/],
  ['npx db-migrate reset', 'local', { folder: 'db-migrate' }],
  ['npx db-migrate reset -e prod', 'production', { folder: 'db-migrate' }],
  ['npx db-migrate reset -e hidden', 'unknown', { folder: 'db-migrate' }],
  ['npx migrate-mongo down', 'unknown', { folder: 'mongo' }, /cluster0\.ab1cd\.mongodb\.net/],
  ['npx migrate-mongo down', 'development', { folder: 'mongo', resources: [{ match: 'cluster0.ab1cd.*', environment: 'development' }] }],
]);
