import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import { clientOf, databaseTarget } from '../database-target.ts';
import type { Certainty, Effect, Verb } from '../effect.ts';
import { placeOf, readWord } from '../inputs.ts';
import type { Rule } from '../rule.ts';

const target = { database: 'prisma', option: ['--url'], config: ['--config'], section: ['--schema'] } as const;

export const rule: Rule = {
  tool: 'prisma',
  title: 'Prisma',
  programs: ['prisma'],
  docs: 'https://www.prisma.io/docs/orm/reference/prisma-cli-reference',
  valueOptions: ['--schema', '--config', '--url', '--name', '-n', '--file', '--from-url', '--to-url', '--from-schema-datamodel', '--to-schema-datamodel', '--from-migrations', '--to-migrations', '--shadow-database-url', '--applied', '--rolled-back', '--to', '--from'],
  safeOptions: ['-h'],
  target,
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'npx prisma migrate reset --force', by: 'migrate-reset' },
      { command: 'prisma migrate reset', by: 'migrate-reset' },
      { command: 'prisma db push --force-reset', by: 'db-push-reset' },
      { command: 'prisma db push --accept-data-loss', by: 'db-push-lossy' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/x prisma migrate dev --name add', by: 'migrate-dev' },
      { command: 'yes | prisma db push', by: 'db-push-lossy' },
      { command: 'npx prisma db execute --file fix.sql --schema prisma/schema.prisma', by: 'db-execute' },
      { command: 'cat fix.sql | pnpm prisma db execute --stdin', by: 'db-execute' },
      { command: 'echo "DROP TABLE users" | npx prisma db execute --stdin --url postgres://u@db.example.com/shop', by: 'sql/drop-table' },
      { command: 'npx prisma migrate resolve --rolled-back 20250101_add', by: 'migrate-resolve' },
      { command: 'pnpm prisma migrate resolve --applied 20250101_add', by: 'migrate-resolve' },
      { command: 'pnpm dlx prisma migrate reset -f --skip-seed', by: 'migrate-reset' },
      { command: 'bunx prisma@6 migrate reset --force', by: 'migrate-reset' },
      { command: 'yarn prisma db push --force-reset --skip-generate', by: 'db-push-reset' },
      { command: 'node node_modules/prisma/build/index.js migrate reset --force', by: 'migrate-reset' },
      { command: 'deno run -A npm:prisma@6 migrate reset --force', by: 'migrate-reset' },
    ],
    passes: ['prisma generate', 'prisma migrate status', 'prisma migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma', 'prisma db pull', 'prisma db push', 'prisma validate', 'prisma studio', 'prisma migrate reset --help', 'prisma migrate dev --create-only', 'echo "SELECT 1" | npx prisma db execute --stdin --url postgres://u@db.example.com/shop', 'npx prisma migrate deploy', 'npx prisma format', 'npx prisma db seed'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [group, command] = call.operands.map((word) => word.text);
  if (group === 'migrate' && command === 'reset') return [effect(call, { id: 'migrate-reset', verb: 'drop', why: 'Drops the whole database and runs every migration again: all data is lost.', saferWay: 'Use a database made for testing, or prisma migrate deploy.', page: 'migrate/reset' })];
  if (group === 'db' && command === 'push') {
    if (hasOption(call, '--force-reset')) return [effect(call, { id: 'db-push-reset', verb: 'drop', why: 'Drops the whole database before the schema is pushed: all data is lost.', saferWay: 'Push without --force-reset.', page: 'db/push' })];
    if (hasOption(call, '--accept-data-loss') || call.invocation.promptsAnswered) return [effect(call, { id: 'db-push-lossy', verb: 'drop', certainty: 'likely', why: 'Changes the database to fit the schema even where columns or tables with data are dropped.', saferWay: 'Push without --accept-data-loss and read what it warns of.', page: 'db/push' })];
    return [];
  }
  // Where the database has drifted, migrate dev offers to reset it, and without a terminal it stops.
  if (group === 'migrate' && command === 'dev' && !hasOption(call, '--create-only')) return [effect(call, { id: 'migrate-dev', verb: 'drop', certainty: 'likely', why: 'Applies new migrations to the database, and resets it where it has drifted.', saferWay: 'Make the migration only: prisma migrate dev --create-only.', page: 'migrate/dev' })];
  if (group === 'migrate' && command === 'resolve') return [effect(call, { id: 'migrate-resolve', verb: 'overwrite', certainty: 'likely', why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Compare first: prisma migrate status.', page: 'migrate/resolve' })];
  if (group === 'db' && command === 'execute') return executed(call, analysis);
  return [];
}

/** SQL from a file or standard input. https://www.prisma.io/docs/cli/db/execute */
function executed(call: Call, analysis: Analysis): readonly Effect[] {
  const text = hasOption(call, '--stdin') ? (call.invocation.stdin?.known ? call.invocation.stdin.text : undefined) : readWord(optionValue(call, '--file'), call.invocation.cwd, analysis);
  if (text !== undefined) return analysis.sql(text, clientOf(databaseTarget(target, call)), placeOf(call.invocation));
  return [effect(call, { id: 'db-execute', verb: 'runUnknown', certainty: 'unknown', why: 'Runs SQL on the database that nobody could look into.', saferWay: 'Let the file be read first.', page: 'db/execute' })];
}

interface Loss {
  readonly id: string;
  readonly verb: Verb;
  readonly why: string;
  readonly saferWay: string;
  readonly certainty?: Certainty;
  readonly page: string;
}

function effect(call: Call, { id, page, certainty = 'certain', ...loss }: Loss): Effect {
  const { span, env } = call.invocation;
  return { ...loss, resource: { kind: 'database', name: '', provider: 'Prisma' }, reversibility: 'irreversible', certainty, rule: `prisma/${id}`, docs: `https://www.prisma.io/docs/cli/${page}`, target: databaseTarget(target, call), env, ...(span ? { span } : {}) };
}
