import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { unseenFile } from '../inputs.ts';
import type { Rule } from '../rule.ts';
import { sqlEffects } from '../sql/sources.ts';

/** `mongosh [CONNECTION] [FILE.js…] [--eval TEXT]`. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const isScript = (text: string): boolean => /\.[cm]?js$/.test(text);
  const scripts = call.operands.filter((word) => isScript(word.text));
  const first = call.operands.find((word) => !isScript(word.text))?.text;
  const host = optionValue(call, '--host')?.text;
  const connection = first !== undefined && /:\/\/|\$|\./.test(first) ? first : host;
  const database = { client: 'mongosh', tool: 'mongosh', ...(connection === undefined ? {} : { connection }), ...(first === undefined || first === connection ? {} : { name: first }) };
  // `--eval "$(cat x.js)"`: the whole script is only known when it runs.
  const hidden = (call.options.get('--eval') ?? []).filter((word) => word?.holes[0]?.start === 0 && word.holes[0].end === word.text.length);
  const unseen = hidden.map((word) => ({ ...unseenFile('mongo/unseen-script', 'Mongo script', word?.text ?? '', { by: 'database', tool: 'mongosh', folder: call.invocation.cwd ?? '', ...(connection === undefined ? {} : { url: connection }) }), env: call.invocation.env, ...(call.invocation.span ? { span: call.invocation.span } : {}) }));
  return [...unseen, ...sqlEffects(call, { inline: ['--eval'], files: ['-f', '--file'], scripts }, database, analysis)];
}

export const rule: Rule = {
  tool: 'mongosh',
  title: 'MongoDB Shell',
  programs: ['mongosh', 'mongo'],
  docs: 'https://www.mongodb.com/docs/mongodb-shell/reference/options/',
  valueOptions: ['--eval', '-f', '--file', '--host', '--port', '-u', '--username', '-p', '--password', '--authenticationDatabase', '--authenticationMechanism', '--tlsCAFile', '--tlsCertificateKeyFile', '--apiVersion', '--json'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: `mongosh shop --eval 'db.dropDatabase()'`, by: 'mongo/drop-database' },
      { command: `mongosh "mongodb+srv://cluster.example.net/shop" --quiet --eval 'db.users.deleteMany({})'`, by: 'mongo/delete-all' },
      { command: `echo 'db.users.drop()' | mongosh shop`, by: 'mongo/drop-collection' },
      { command: `mongo shop --eval "db.getSiblingDB('x').dropDatabase()"`, by: 'mongo/drop-database' },
      { command: `mongosh shop --eval 'db.orders.aggregate([{ $out: "archive" }])'`, by: 'mongo/out' },
      { command: `mongosh --host db.example.com --eval 'rs.reconfig(conf, { force: true })'`, by: 'mongo/reconfigure' },
      { command: `mongosh shop --quiet --eval 'db.orders.dropIndexes()'`, by: 'mongo/drop-index' },
      { command: 'mongosh shop --eval "$(cat wipe.js)"', by: 'mongo/unseen-script' },
    ],
    passes: [`mongosh shop --eval 'db.users.find({ name: "dropDatabase()" })'`, 'mongosh --version', `mongosh shop --eval 'db.users.deleteOne({ _id: 1 })'`, 'mongodump --db shop', `mongosh shop --eval 'db.orders.getIndexes()'`, `mongosh shop --eval 'rs.status()'`, 'mongosh shop --eval "db.orders.findOne({ _id: $ID })"'],
  },
};
