import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'flyway',
  title: 'Flyway',
  programs: ['flyway'],
  docs: 'https://documentation.red-gate.com/flyway/reference/commands/clean',
  valueOptions: [],
  optionStyle: 'single-dash',
  safeOptions: ['-help', '-h', '-?'],
  tasks: true,
  target: { database: 'flyway', option: ['-url', '-flyway.url'], config: ['-configFiles', '-configFile'], environment: ['-environment'] },
  operations: [
    { id: 'clean', words: ['clean'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops everything in the schemas of the database: all data is lost.', saferWay: 'Run new migrations only: flyway migrate.' },
    { id: 'clean-on-error', words: ['migrate'], needs: ['-cleanOnValidationError', '-flyway.cleanOnValidationError'], verb: 'drop', kind: 'database', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Drops everything in the database where a migration does not fit.', saferWay: 'Leave out -cleanOnValidationError.' },
    { id: 'undo', words: ['undo'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes migrations: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'repair', words: ['repair'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', name: [], why: 'Rewrites which migrations the database is believed to have.', saferWay: 'Compare first: flyway info.' },
  ],
  cases: {
    caught: [
      { command: 'flyway clean', by: 'clean' },
      { command: 'flyway -url=jdbc:postgresql://db.example.com/shop -cleanDisabled=false clean', by: 'clean' },
      { command: 'flyway -configFiles=prod.conf clean migrate', by: 'clean' },
      { command: 'flyway migrate -cleanOnValidationError=true', by: 'clean-on-error' },
      { command: 'flyway undo', by: 'undo' },
      { command: 'flyway repair', by: 'repair' },
      { command: 'flyway -url=jdbc:mysql://db.example.com/shop migrate -cleanOnValidationError=true', by: 'clean-on-error' },
      { command: 'FLYWAY_URL=jdbc:mysql://db.example.com/shop flyway -cleanOnValidationError=true migrate', by: 'clean-on-error' },
      { command: 'flyway -target=3 undo', by: 'undo' },
      { command: 'flyway -configFiles=prod.conf repair', by: 'repair' },
      { command: 'docker compose run --rm flyway flyway undo', by: 'undo' },
      { command: 'FLYWAY_URL=jdbc:mysql://db.example.com/shop flyway repair', by: 'repair' },
      { command: 'docker run --rm -v "$PWD/sql:/flyway/sql" flyway/flyway:11 -url=jdbc:mysql://db.example.com/shop clean', by: 'clean' },
      { command: 'docker run --rm redgate/flyway -url=jdbc:mysql://db.example.com/shop undo', by: 'undo' },
    ],
    passes: ['flyway migrate', 'flyway info', 'flyway validate', 'flyway baseline', 'flyway check -dryrun', 'flyway -v', 'flyway migrate -cleanOnValidationError=false', 'flyway -configFiles=prod.conf info', 'docker run --rm flyway/flyway info'],
  },
};
