import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import { databaseTarget } from '../database-target.ts';
import type { Effect } from '../effect.ts';
import { pathEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';
import { knownWord } from '../shell/word.ts';

const docs = 'https://orm.drizzle.team/docs/drizzle-kit-push';

const target = { database: 'drizzle-kit', option: ['--url', '--host'], config: ['--config'], name: ['--database'] } as const;

export const rule: Rule = {
  tool: 'drizzle-kit',
  title: 'Drizzle Kit',
  programs: ['drizzle-kit'],
  docs,
  valueOptions: ['--config', '--dialect', '--schema', '--out', '--url', '--host', '--port', '--user', '--password', '--database', '--ssl', '--auth-token', '--driver', '--tablesFilter', '--schemaFilter', '--extensionsFilters', '--name', '--prefix', '--breakpoints', '--casing'],
  safeOptions: ['-h'],
  target,
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'npx drizzle-kit push --force', by: 'push-force' },
      { command: 'drizzle-kit push --force --url postgres://u@db.example.com/x', by: 'push-force' },
      { command: 'yes | drizzle-kit push', by: 'push-force' },
      { command: 'drizzle-kit push', by: 'push' },
      { command: 'drizzle-kit push:pg', by: 'push' },
      { command: 'npx drizzle-kit drop', by: 'drop' },
      { command: 'pnpm drizzle-kit drop --out ./migrations', by: 'drop' },
      { command: 'pnpm dlx drizzle-kit push --force', by: 'push-force' },
      { command: 'bunx drizzle-kit push:pg --force', by: 'push-force' },
      { command: 'DATABASE_URL=postgres://u@db.example.com/shop bunx drizzle-kit push', by: 'push' },
    ],
    passes: ['drizzle-kit generate', 'drizzle-kit check', 'drizzle-kit studio', 'drizzle-kit introspect', 'drizzle-kit push --help', 'drizzle-kit pull', 'npx drizzle-kit migrate', 'npx drizzle-kit export', 'npx drizzle-kit up'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const command = call.operands[0]?.text.split(':')[0];
  if (command === 'push') return [pushEffect(call)];
  if (command !== 'drop') return [];
  // `drop` removes a migration from the folder, not from the database.
  const out = optionValue(call, '--out') ?? knownWord('drizzle', call.invocation.span);
  return pathEffects([out], { verb: 'delete', recursive: true, rule: 'drizzle-kit/drop', docs: 'https://orm.drizzle.team/docs/drizzle-kit-generate', certainty: 'likely', says: 'Deletes a migration from', saferWay: 'Undo it with a new migration.' }, call.invocation, analysis);
}

/** Push asks before it loses data, unless forced or answered; without a terminal it stops there. */
function pushEffect(call: Call): Effect {
  const { span, env, promptsAnswered } = call.invocation;
  const forced = hasOption(call, '--force') || promptsAnswered;
  return {
    verb: 'drop',
    resource: { kind: 'database', name: '', provider: 'Drizzle' },
    reversibility: forced ? 'irreversible' : 'recoverable',
    certainty: 'likely',
    rule: forced ? 'drizzle-kit/push-force' : 'drizzle-kit/push',
    why: forced ? 'Changes the database to fit the schema without asking: tables and columns the schema lacks are dropped with their data.' : 'Changes the tables of the database to fit the schema.',
    saferWay: 'Make a migration to look at: drizzle-kit generate.',
    docs,
    target: databaseTarget(target, call),
    env,
    ...(span ? { span } : {}),
  };
}
