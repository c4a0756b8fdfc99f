import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'mix',
  title: 'Mix',
  programs: ['mix'],
  docs: 'https://hexdocs.pm/ecto_sql/Mix.Tasks.Ecto.Rollback.html',
  valueOptions: ['-r', '--repo', '-n', '--step', '--to', '-v', '--migrations-path', '--prefix', '--only'],
  safeOptions: ['-h', '--dry-run'],
  tasks: true,
  target: { database: 'ecto', section: ['-r', '--repo'] },
  operations: [
    { id: 'ecto-drop', words: ['ecto.drop|ecto.drop,|ecto.reset|ecto.reset,|ash.reset|ash_postgres.drop|event_store.drop|event_store.reset'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-r', '--repo'] }], why: 'Drops the database: all data is lost.', saferWay: 'Run the new migrations only: mix ecto.migrate.' },
    { id: 'ecto-rollback-all', words: ['ecto.rollback'], needs: ['--all'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-r', '--repo'] }], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'ecto-rollback', words: ['ecto.rollback'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-r', '--repo'] }], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'hex-publish', words: ['hex.publish'], unless: ['--revert', '--dry-run'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ text: 'this package' }], target: { system: 'hex' }, why: 'Publishes {name} on Hex for everybody.', saferWay: 'Look at what would go out: mix hex.build.' },
    { id: 'hex-retire', words: ['hex.retire|hex.publish|hex.organization|hex.owner'], verb: 'delete', kind: 'package', reversibility: 'irreversible', name: [{ operand: 0 }], target: { system: 'hex' }, why: 'Changes or takes back what is published on Hex: {name}.', saferWay: 'Let a person change it.' },
  ],
  cases: {
    caught: [
      { command: 'mix ecto.drop', by: 'ecto-drop' },
      { command: 'MIX_ENV=test mix ecto.reset', by: 'ecto-drop' },
      { command: 'mix do ecto.drop, ecto.create', by: 'ecto-drop' },
      { command: 'mix ecto.rollback --all', by: 'ecto-rollback-all' },
      { command: 'mix ecto.rollback -n 1', by: 'ecto-rollback' },
      { command: 'mix hex.publish --yes', by: 'hex-publish' },
      { command: 'mix hex.retire shop 1.0.0 security', by: 'hex-retire' },
      { command: 'MIX_ENV=prod mix ecto.rollback --step 3', by: 'ecto-rollback' },
      { command: 'mix hex.publish package', by: 'hex-publish' },
      { command: 'HEX_API_KEY=x mix hex.publish --yes --replace', by: 'hex-publish' },
      { command: 'mix hex.publish --revert 1.0.0', by: 'hex-retire' },
      { command: 'mix hex.owner remove shop a@example.com', by: 'hex-retire' },
      { command: 'docker compose run app mix ecto.reset', by: 'ecto-drop' },
      { command: 'mix ash.reset', by: 'ecto-drop' },
    ],
    passes: ['mix ecto.migrate', 'mix ecto.create', 'mix test', 'mix deps.get', 'mix ecto.gen.migration drop_users', 'mix ecto.migrations', 'mix phx.server', 'mix hex.publish --dry-run', 'mix ecto.dump', 'mix ash.migrate'],
  },
};
