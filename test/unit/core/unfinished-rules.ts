/** Tools of the coverage list that have no rule yet. Both lists only ever shrink: a rule that is done has to leave them. */
export const unwritten: readonly string[] = [
  'packer', 'crossplane', 'kustomize', 'k9s',

  'elasticsearch', 'cqlsh', 'clickhouse',
];

/** Rules that lack cases: one for each operation, three for each family of them, three look-alikes. */
export const unfinished: readonly string[] = [
  // Files and disks

  // Git and its hosts

  // Platforms
  'convex',
  'firebase',
  'neon',
  'pscale',
  'supabase',
  'turso',

  // Clouds
  'az',
  'bq',
  'gcloud',

  // Infrastructure

  // Containers
  'docker',

  // Clusters
  'flux',
  'helm',

  // Migrations
  'alembic',
  'artisan',
  'atlas',
  'dbmate',
  'diesel',
  'django',
  'drizzle-kit',
  'flask',
  'flyway',
  'goose',
  'knex',
  'liquibase',
  'mikro-orm',
  'mix',
  'prisma',
  'rails',
  'sequelize',
  'sqlx',
  'symfony',
  'typeorm',

  // Databases, queues and stores
  'borg',
  'dropdb',
  'mc',
  'mysqladmin',
  'pg_restore',
  'rabbitmqctl',
  'rclone',
  'restic',

  // Packages

  // Machines

  // Services

  // Others
  'ace',
  'rpk',
  'snow',
];
