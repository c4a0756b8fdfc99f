/** What Interlock promises to know: each tool by the name people use, with the rule that knows it. Several names share a rule where one family of programs does. */
interface CoverageGroup {
  readonly title: string;
  readonly tools: Readonly<Record<string, string>>;
}

/** Tools whose rule goes by their own name. */
function each(...tools: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tools.map((tool) => [tool, tool]));
}

export const coverage: readonly CoverageGroup[] = [
  { title: 'Files and disks', tools: each('rm', 'mv', 'cp', 'dd', 'mkfs', 'shred', 'truncate', 'find', 'rsync', 'tar', 'chmod', 'chown', 'ln', 'install', 'tee') },
  { title: 'Git and its hosts', tools: each('git', 'gh', 'glab') },
  {
    title: 'Platforms',
    tools: {
      ...each('railway', 'fly', 'heroku', 'vercel', 'netlify', 'render', 'supabase', 'neon', 'turso', 'convex', 'firebase', 'wrangler', 'doctl', 'hcloud', 'linode', 'vultr', 'modal', 'kamal', 'dokku', 'coolify'),
      planetscale: 'pscale', cloudflare: 'wrangler', digitalocean: 'doctl', hetzner: 'hcloud', scaleway: 'scw',
    },
  },
  { title: 'Clouds', tools: each('aws', 'gcloud', 'gsutil', 'bq', 'az', 'oci', 'ibmcloud', 'aliyun') },
  { title: 'Infrastructure', tools: { ...each('terraform', 'pulumi', 'cdk', 'sst', 'serverless', 'ansible', 'packer', 'crossplane'), tofu: 'terraform', terragrunt: 'terraform' } },
  { title: 'Containers', tools: { ...each('docker'), podman: 'docker', nerdctl: 'docker', compose: 'docker-compose' } },
  { title: 'Clusters', tools: { ...each('kubectl', 'helm', 'kustomize', 'argocd', 'flux', 'k9s', 'nomad', 'consul', 'vault'), oc: 'kubectl' } },
  {
    title: 'Migrations',
    tools: {
      ...each('prisma', 'drizzle-kit', 'typeorm', 'sequelize', 'knex', 'mikro-orm', 'alembic', 'django', 'flask', 'rails', 'artisan', 'symfony', 'flyway', 'liquibase', 'goose', 'atlas', 'dbmate', 'sqlx', 'diesel', 'hasura'),
      rake: 'rails', laravel: 'artisan', doctrine: 'symfony', ecto: 'mix',
    },
  },
  {
    title: 'Databases, queues and stores',
    tools: {
      ...each('psql', 'pg_restore', 'dropdb', 'mysql', 'mysqladmin', 'elasticsearch', 'cqlsh', 'clickhouse', 'kafka', 'mc', 'restic', 'borg', 'rclone'),
      mariadb: 'mysql', sqlite: 'sqlite3', mongo: 'mongosh', redis: 'redis-cli', opensearch: 'elasticsearch', cassandra: 'cqlsh', rabbitmq: 'rabbitmqctl', minio: 'mc',
    },
  },
  { title: 'Packages', tools: { ...each('npm', 'pip', 'cargo', 'gem', 'apt', 'dnf', 'brew'), pnpm: 'npm', yarn: 'npm', twine: 'python-publish' } },
  {
    title: 'Machines',
    tools: { ...each('systemctl', 'kill', 'crontab', 'iptables', 'ufw', 'userdel', 'mount', 'lvm', 'zfs', 'dns', 'wallets'), umount: 'mount' },
  },
  { title: 'Services', tools: { ...each('stripe', 'twilio', 'sendgrid', 'launchdarkly', 'sentry', 'datadog') } },
];
