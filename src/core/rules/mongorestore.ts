import type { Call } from '../call.ts';
import { hasOption, optionValue } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { wholeDatabaseEffect } from '../sql/sources.ts';

const docs = 'https://www.mongodb.com/docs/database-tools/mongorestore/';

/** With `--drop` collections are dropped before those of the dump are put in their place. */
function inspect(call: Call): readonly Effect[] {
  const replaces = hasOption(call, '--drop') || (call.invocation.program === 'mongoimport' && /^(?:upsert|delete)$/.test(optionValue(call, '--mode')?.text ?? ''));
  if (!replaces) return [];
  const connection = optionValue(call, '--uri', '-h', '--host')?.text;
  const config = optionValue(call, '--config')?.text;
  const collection = optionValue(call, '-c', '--collection', '--nsInclude')?.text;
  const name = [optionValue(call, '-d', '--db')?.text, collection].filter(Boolean).join('.');
  const why = hasOption(call, '--drop') ? 'Drops the collections of {name} that the dump holds and puts the older ones in their place.' : 'Writes over or deletes documents of {name} that the file names.';
  return [wholeDatabaseEffect(call, { client: 'mongosh', tool: 'mongosh', ...(connection === undefined ? {} : { connection }), ...(config === undefined ? {} : { config }) }, {
    verb: 'overwrite', rule: 'mongorestore/drop', resource: { kind: 'database', name, provider: 'MongoDB' }, why: sentence(why, name, 'database'), saferWay: 'Restore into another database: --nsFrom and --nsTo.', docs,
  })];
}

export const rule: Rule = {
  tool: 'mongorestore',
  title: 'MongoDB Database Tools',
  programs: ['mongorestore', 'mongoimport'],
  docs,
  valueOptions: [
    '--uri', '-h', '--host', '--port', '-u', '--username', '-p', '--password', '--authenticationDatabase', '--authenticationMechanism', '-d', '--db', '-c', '--collection', '--nsInclude', '--nsExclude', '--nsFrom', '--nsTo', '--mode', '--file', '--type', '--fields', '-f', '--fieldFile', '--upsertFields',
    '--oplogFile', '--oplogLimit', '--writeConcern', '-j', '--numParallelCollections', '--numInsertionWorkersPerCollection', '--sslCAFile', '--sslPEMKeyFile', '--config', '--dir',
  ],
  safeOptions: ['--dryRun'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'mongorestore --drop dump/', by: 'drop' },
      { command: 'mongorestore --uri "mongodb+srv://cluster.example.net" --archive=all.gz --gzip --drop', by: 'drop' },
      { command: 'docker exec -i mongo mongorestore --drop --archive < all.archive', by: 'drop' },
      { command: 'mongoimport -d shop -c users --drop users.json', by: 'drop' },
      { command: 'mongoimport --db shop --collection users --mode delete --file gone.json', by: 'drop' },
    ],
    passes: ['mongorestore dump/', 'mongorestore --drop --dryRun dump/', 'mongoimport -d shop -c users users.json', 'mongodump --out dump/', 'mongorestore --help', 'mongoexport -d shop -c users'],
  },
};
