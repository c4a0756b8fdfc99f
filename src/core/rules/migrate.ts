import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'migrate',
  title: 'golang-migrate',
  programs: ['migrate'],
  docs: 'https://github.com/golang-migrate/migrate/tree/master/cmd/migrate',
  optionStyle: 'single-dash',
  valueOptions: ['-path', '-source', '-database', '-prefetch', '-lock-timeout', '-ext', '-dir', '-digits', '-format', '-tz'],
  safeOptions: ['-h', '-help'],
  target: { database: 'migration', option: ['-database'] },
  operations: [
    { id: 'drop', words: ['drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Drops everything in the database: all data is lost.', saferWay: 'Run new migrations only: migrate up.' },
    { id: 'down-all', words: ['down'], needs: ['-all'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'down', words: ['down'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Undoes migrations, all of them where no number is given: what they added goes with its data.', saferWay: 'Undo it with a new migration.' },
    { id: 'goto', words: ['goto'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Takes the database to version {name}, back if that is older.', saferWay: 'Look first: migrate version.' },
    { id: 'force', words: ['force'], verb: 'overwrite', kind: 'migration history', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Sets the version the database is believed to have to {name} and runs nothing.', saferWay: 'Look first: migrate version.' },
  ],
  cases: {
    caught: [
      { command: 'migrate -path db/migrations -database "$DATABASE_URL" drop -f', by: 'drop' },
      { command: 'migrate -source file://migrations -database postgres://u@db.example.com/shop drop', by: 'drop' },
      { command: 'docker run --rm -v "$PWD:/m" migrate/migrate -path=/m -database postgres://u@db.example.com/shop drop -f', by: 'drop' },
      { command: 'migrate -path db -database mysql://u@tcpdb.example.com/shop down -all', by: 'down-all' },
      { command: 'migrate -path db -database "$DATABASE_URL" down', by: 'down' },
      { command: 'migrate -path db -database "$DATABASE_URL" down 1', by: 'down' },
      { command: 'migrate -path db -database "$DATABASE_URL" goto 3', by: 'goto' },
      { command: 'migrate -database "$DATABASE_URL" -path db goto 20250101', by: 'goto' },
      { command: 'docker run --rm migrate/migrate -path=/m -database postgres://u@db.example.com/shop goto 1', by: 'goto' },
      { command: 'migrate -path db -database "$DATABASE_URL" force 3', by: 'force' },
      { command: 'migrate -database "$DATABASE_URL" -path db force 20250101', by: 'force' },
      { command: 'docker run --rm migrate/migrate:v4 -path=/m -database postgres://u@db.example.com/shop force 1', by: 'force' },
    ],
    passes: ['migrate -path db -database "$DATABASE_URL" up', 'migrate create -ext sql -dir db drop_users', 'migrate -path db -database "$DATABASE_URL" version', 'migrate -help', 'migrate -path db -database "$DATABASE_URL" up 1'],
  },
};
