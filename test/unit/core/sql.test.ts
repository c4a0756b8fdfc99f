import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Database } from '../../../src/core/analysis.ts';
import { analyseSql } from '../../../src/core/sql/analyse.ts';
import { dialectsOf } from '../../../src/core/sql/dialect.ts';
import { tokenize } from '../../../src/core/sql/tokenize.ts';
import { place, recordingAnalysis, worldOf } from './recording-analysis.ts';

function run(text: string, database: Database | string = 'psql'): string[] {
  const { analysis } = recordingAnalysis();
  return analyseSql(text, typeof database === 'string' ? { client: database } : database, place, analysis).map((effect) => `${effect.rule} ${effect.resource.name}`.trim());
}

const caught: readonly (readonly [danger: string, found: string[], expected: readonly string[]])[] = [
  ['a table', run('DROP TABLE users'), ['sql/drop-table users']],
  ['several tables', run('drop table if exists a, b cascade;'), ['sql/drop-table a', 'sql/drop-table b']],
  ['a quoted, qualified table', run('DROP TABLE "public"."Users"'), ['sql/drop-table public.Users']],
  ['a database', run('DROP DATABASE IF EXISTS prod WITH (FORCE)'), ['sql/drop-database prod']],
  ['a schema', run('DROP SCHEMA public CASCADE; CREATE SCHEMA public;'), ['sql/drop-schema public']],
  ['a table that is made anew', run('DROP TABLE users; CREATE TABLE users (id int)'), ['sql/drop-table users']],
  ['a table made only where there is none', run('CREATE TABLE IF NOT EXISTS users (id int); DROP TABLE users'), ['sql/drop-table users']],
  ['everything of a role', run('DROP OWNED BY app'), ['sql/drop-everything app']],
  ['a second statement', run('SELECT 1; DROP TABLE users'), ['sql/drop-table users']],
  ['after a comment', run('-- cleanup\n/* old /* nested */ stuff */ DROP TABLE users'), ['sql/drop-table users']],
  ['after a string with a quote', run("SELECT 'it''s'; DROP TABLE users"), ['sql/drop-table users']],
  ['after a dollar string', run('SELECT $a$ ; $a$; DROP TABLE users'), ['sql/drop-table users']],
  ['after an escape string', run("SELECT E'it\\'s'; DROP TABLE users"), ['sql/drop-table users']],
  ['after a MySQL escape', run("SELECT 'it\\'s'; DROP TABLE users", 'mysql'), ['sql/drop-table users']],
  ['a string only one dialect ends', run("SELECT 'a\\'; DROP TABLE users; -- '", 'database'), ['sql/drop-table users']],
  ['an executable comment', run('/*!50000 DROP TABLE users */', 'mysql'), ['sql/drop-table users']],
  ['an executable comment of an unknown client', run('/*! DROP TABLE users */', 'query'), ['sql/drop-table users']],
  ['after an operator that looks like a quote', run('SELECT 1 ` 2; DROP TABLE users'), ['sql/drop-table users']],
  ['after a dollar string behind an operator', run("SELECT 1 @$$'$$; DROP TABLE users"), ['sql/drop-table users']],
  ['after an alias that looks like an escape string', run("SELECT 1 E'\\'; DROP TABLE users", 'mssql'), ['sql/drop-table users']],
  ['after a quote in a BigQuery comment', run("SELECT 1 # it's\n; DROP TABLE users", 'bq'), ['sql/drop-table users']],
  ['after a BigQuery triple quote', run("SELECT '''it's'''; DROP TABLE users", 'bq'), ['sql/drop-table users']],
  ['after a quote in a Snowflake comment', run("SELECT 1 // it's\n; DROP TABLE users", 'snowsql'), ['sql/drop-table users']],
  ['MySQL comments', run('# DROP TABLE a\n-- DROP TABLE b\nDROP TABLE c', 'mysql'), ['sql/drop-table c']],
  ['truncation', run('TRUNCATE TABLE ONLY a, b RESTART IDENTITY CASCADE'), ['sql/truncate a', 'sql/truncate b']],
  ['all rows', run('DELETE FROM users'), ['sql/delete-all users']],
  ['all rows with a WHERE', run('DELETE FROM users WHERE 1=1'), ['sql/delete-all users']],
  ['all rows with true', run('DELETE FROM users WHERE (TRUE)'), ['sql/delete-all users']],
  ['all rows by OR', run("DELETE FROM users WHERE id = 4 OR 'a' = 'a'"), ['sql/delete-all users']],
  ['all rows by comparing a column with itself', run('DELETE FROM users WHERE id = id'), ['sql/delete-all users']],
  ['nearly all rows', run('DELETE FROM users WHERE id IS NOT NULL'), ['sql/delete-all users']],
  ['nearly all rows by a number', run('DELETE FROM users WHERE id > 0'), ['sql/delete-all users']],
  ['nearly all rows by a subquery', run('DELETE FROM users WHERE id IN (SELECT id FROM users)'), ['sql/delete-all users']],
  ['a condition nobody knows', run('DELETE FROM users WHERE $CONDITION'), ['sql/delete-all users']],
  ['a WHERE that is in a string', run("DELETE FROM users /* WHERE id = 4 */ RETURNING 'WHERE id = 4'"), ['sql/delete-all users']],
  ['a WHERE in a subquery only', run('DELETE FROM users USING (SELECT 1 WHERE true) t'), ['sql/delete-all users']],
  ['in a WITH', run('WITH d AS (DELETE FROM users RETURNING *) SELECT count(*) FROM d'), ['sql/delete-all users']],
  ['after a WITH', run('WITH old AS (SELECT 1) DELETE FROM users'), ['sql/delete-all users']],
  ['EXPLAIN ANALYZE', run('EXPLAIN (ANALYZE, BUFFERS) DELETE FROM users'), ['sql/delete-all users']],
  ['PREPARE', run('PREPARE d AS DELETE FROM users'), ['sql/delete-all users']],
  ['a value in all rows', run("UPDATE users SET active = false"), ['sql/update-all users']],
  ['a value in all rows with a join', run('UPDATE a JOIN b ON a.id = b.id SET a.x = 1', 'mysql'), ['sql/update-all a']],
  ['a column', run('ALTER TABLE users DROP COLUMN email, DROP COLUMN IF EXISTS phone'), ['sql/alter-drop users.email', 'sql/alter-drop users.phone']],
  ['a column without the word', run('ALTER TABLE users DROP email', 'mysql'), ['sql/alter-drop users.email']],
  ['a partition', run('ALTER TABLE events DROP PARTITION p2024', 'mysql'), ['sql/alter-drop events.p2024']],
  ['ClickHouse mutations', run('ALTER TABLE events DELETE WHERE 1', 'clickhouse-client'), ['sql/delete-all events']],
  ['rights given', run('GRANT ALL ON ALL TABLES IN SCHEMA public TO app'), ['sql/grant app']],
  ['rights taken', run('REVOKE ALL ON users FROM app'), ['sql/revoke app']],
  ['a table replaced', run('CREATE OR REPLACE TABLE users AS SELECT 1', 'snowsql'), ['sql/replace-table users']],
  ['a block that runs', run('DO $$ BEGIN DELETE FROM users; END $$'), ['sql/delete-all users']],
  ['T-SQL without separators', run('SELECT 1\nDROP TABLE users\nGO', 'sqlcmd'), ['sql/drop-table users']],
  ['T-SQL behind IF', run("IF OBJECT_ID('users') IS NOT NULL DROP TABLE users", 'mssql'), ['sql/drop-table users']],
  ['an unknown head', run('FROBNICATE users'), ['sql/unknown-statement FROBNICATE users']],
  ['a hole for a statement', run('$SQL'), ['sql/unknown-statement $ SQL']],
  ['results run as statements', run("SELECT 'DROP TABLE ' || t FROM x \\gexec"), ['sql/generated']],
  ['a trigger that never ends', run('CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; END; DROP TABLE users;', 'sqlite3'), ['sql/drop-table users']],
  ['binary logs', run('RESET MASTER', 'mysql'), ['sql/reset-logs']],
  ['the open SQLite file', run('.restore backup.db', { client: 'sqlite3', connection: 'app.db' }), ['sql/client-restore app.db']],
  ['a kind of two words', run('DROP TEXT SEARCH CONFIGURATION english_plus'), ['sql/drop-text english_plus']],
  ['a file format', run('DROP FILE FORMAT IF EXISTS csv_in', 'snowsql'), ['sql/drop-file csv_in']],
  ['a link, not the database', run('DROP DATABASE LINK reports', 'oracle'), ['sql/drop-link reports']],
  ['every table of a database', run('TRUNCATE ALL TABLES FROM stats', 'clickhouse-client'), ['sql/truncate stats']],
  ['a column’s content', run('ALTER TABLE visits CLEAR COLUMN referrer IN PARTITION 202501', 'clickhouse-client'), ['sql/alter-drop visits']],
  ['a partition replaced', run('ALTER TABLE visits REPLACE PARTITION 202501 FROM staging_visits', 'clickhouse-client'), ['sql/replace-partition visits']],
  ['a time after which rows go', run('ALTER TABLE visits MODIFY TTL day + INTERVAL 1 DAY', 'clickhouse-client'), ['sql/expiry visits']],
  ['a time to live in Cassandra', run('ALTER TABLE shop.carts WITH default_time_to_live = 3600', 'cqlsh'), ['sql/expiry shop.carts']],
  ['an expiry in BigQuery', run("ALTER TABLE shop.orders SET OPTIONS (expiration_timestamp = TIMESTAMP '2026-01-01')", 'bq'), ['sql/expiry shop.orders']],
  ['time travel', run('ALTER DATABASE shop SET DATA_RETENTION_TIME_IN_DAYS = 0', 'snowsql'), ['sql/retention shop']],
  ['the garbage of a range', run('ALTER TABLE orders CONFIGURE ZONE USING gc.ttlseconds = 60', 'cockroach'), ['sql/retention orders']],
  ['older versions of a Delta table', run('VACUUM shop.orders RETAIN 0 HOURS', 'spark-sql'), ['sql/retention shop.orders']],
  ['the data file of a table', run('ALTER TABLE users DISCARD TABLESPACE', 'mysql'), ['sql/discard-tablespace users']],
  ['row protection', run('ALTER TABLE invoices DISABLE ROW LEVEL SECURITY'), ['sql/row-security invoices']],
  ['row protection of owners', run('ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY'), ['sql/row-security invoices']],
  ['a password', run("ALTER ROLE app WITH PASSWORD 'x'"), ['sql/alter-account app']],
  ['a password of one’s own', run("SET PASSWORD = 'x'", 'mysql'), ['sql/alter-account']],
  ['an account shut out', run('ALTER LOGIN app DISABLE', 'mssql'), ['sql/alter-account app']],
  ['a member taken out', run('ALTER PUBLICATION all_tables DROP TABLE users'), ['sql/alter-drop-rule TABLE users']],
  ['archiving', run('ALTER SYSTEM SET archive_mode = off'), ['sql/server-settings archive_mode']],
  ['everybody shut out', run('ALTER DATABASE shop SET SINGLE_USER WITH ROLLBACK IMMEDIATE', 'mssql'), ['sql/close-database shop']],
  ['a database taken offline', run('ALTER DATABASE [shop] SET OFFLINE', 'sqlcmd'), ['sql/close-database shop']],
  ['log backups', run('ALTER DATABASE shop SET RECOVERY SIMPLE', 'mssql'), ['sql/log-chain shop']],
  ['a log thrown away', run("BACKUP LOG shop TO DISK = 'NUL'", 'mssql'), ['sql/log-chain']],
  ['a repair that loses', run("DBCC CHECKDB ('shop', REPAIR_ALLOW_DATA_LOSS)", 'mssql'), ['sql/repair-loss DBCC CHECKDB ( shop , REPAIR_ALLOW_DATA_LOSS )']],
  ['sessions', run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop'"), ['sql/function']],
  ['one session', run('KILL 4711', 'mysql'), ['sql/kill-session KILL 4711']],
  ['a standby', run('SELECT pg_promote()'), ['sql/function']],
  ['old chunks from now on', run("SELECT add_retention_policy('metrics', INTERVAL '1 day')"), ['sql/function metrics']],
  ['a routine that says so', run("SELECT util.truncate_all('public')"), ['sql/routine util.truncate_all']],
  ['a procedure that says so', run('CALL purge_customers(4)', 'mysql'), ['sql/routine purge_customers']],
  ['a system procedure that says so', run("EXEC msdb.dbo.sp_delete_backuphistory '2026-01-01'", 'mssql'), ['sql/routine msdb.dbo.sp_delete_backuphistory']],
  ['replication settings', run('RESET REPLICA ALL', 'mysql'), ['sql/reset-replica']],
  ['replication', run('STOP SLAVE', 'mysql'), ['sql/stop-replication']],
  ['a server cloned over', run("CLONE INSTANCE FROM 'c'@'db2.example.com':3306 IDENTIFIED BY 'x'", 'mysql'), ['sql/clone-over']],
  ['a server made writable', run('SET GLOBAL super_read_only = OFF', 'mysql'), ['sql/server-mode']],
  ['binary logs after a time', run('SET PERSIST binlog_expire_logs_seconds = 60', 'mysql'), ['sql/retention']],
  ['a server', run('SYSTEM SHUTDOWN', 'clickhouse-client'), ['sql/shutdown']],
  ['a replica', run("SYSTEM DROP REPLICA 'r2' FROM TABLE visits", 'clickhouse-client'), ['sql/drop-replica SYSTEM DROP REPLICA r2 FROM TABLE visits']],
  ['files of a stage', run('REMOVE @incoming/2025', 'snowsql'), ['sql/remove-files REMOVE @ incoming / 2025']],
  ['files loaded and removed', run('COPY INTO orders FROM @incoming PURGE = TRUE', 'snowsql'), ['sql/remove-files']],
  ['rows replaced by a load', run("LOAD DATA OVERWRITE shop.orders FROM FILES (format = 'CSV')", 'bq'), ['sql/insert-overwrite shop.orders']],
  ['an earlier state', run('FLASHBACK TABLE orders TO TIMESTAMP sysdate - 1', 'oracle'), ['sql/restore']],
  ['a schema written by hand', run('PRAGMA writable_schema=ON', { client: 'sqlite3', connection: 'app.db' }), ['sql/writable-schema']],
  ['a SQLite file begun anew', run('.open --new app.db', { client: 'sqlite3', connection: 'app.db' }), ['sql/client-restore app.db']],
  ['ownership', run('REASSIGN OWNED BY alice TO bob'), ['sql/reassign REASSIGN OWNED BY alice TO bob']],
  ['some rows, nobody knows which', run('UPDATE TOP (10) orders SET done = 1', 'mssql'), ['sql/update-all orders']],
  ['MERGE', run('MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE', 'mssql'), ['sql/merge-delete t']],
];
for (const [danger, found, expected] of caught) {
  test(`holds ${danger}`, () => assert.deepEqual(found, expected));
}

const passes: readonly string[] = [
  'SELECT * FROM users', 'select \'DROP TABLE users\'', 'SELECT 1 -- DROP TABLE users', '/* DROP TABLE users */ SELECT 1', '\\d users', '\\dt+', 'SHOW TABLES', 'EXPLAIN DELETE FROM users', 'EXPLAIN (ANALYZE FALSE, COSTS) DELETE FROM users', "INSERT INTO users VALUES ('DELETE FROM users')",
  'CREATE TABLE a (id int)', 'DELETE FROM users WHERE id = 4', "DELETE FROM sessions WHERE expires_at < now() - interval '1 day'", "UPDATE users SET name = 'x' WHERE id IN (1, 2)", 'UPDATE users SET a = 1 WHERE id BETWEEN 1 AND 5 AND b = 2',
  'BEGIN; SELECT 1; COMMIT', 'CREATE INDEX CONCURRENTLY i ON users (email)', 'ALTER TABLE users ADD COLUMN email text', 'ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES c ON DELETE CASCADE ON UPDATE SET NULL', 'ALTER TABLE a ALTER COLUMN b DROP NOT NULL',
  'WITH x AS (SELECT 1) SELECT * FROM x', 'CREATE TABLE t (id int); INSERT INTO t VALUES (1); DROP TABLE t', 'DROP TABLE pg_temp.scratch', 'CREATE FUNCTION f() RETURNS void AS $$ BEGIN DELETE FROM users; END $$ LANGUAGE plpgsql', 'DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 1',
  'SELECT * FROM a FOR UPDATE', 'INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET b = 2', 'VACUUM ANALYZE users', 'SELECT "drop" FROM "delete"', 'COPY users TO STDOUT', 'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.a', '',
  'ALTER TABLE invoices ENABLE ROW LEVEL SECURITY', 'ALTER ROLE app SET search_path = shop', 'ALTER SYSTEM SET work_mem = 4096', 'ALTER DATABASE shop RENAME TO shop2', 'ALTER TABLE events DETACH PARTITION p2024', "SELECT pg_cancel_backend(4)", "SELECT array_remove(tags, 'drop') FROM posts", 'CALL refresh_totals()', 'SELECT delete_count FROM audit',
  'REFRESH MATERIALIZED VIEW v', 'SELECT count(*) FROM users WHERE deleted_at IS NULL', 'SET statement_timeout = 0; SELECT 1', 'PREPARE p AS SELECT 1; EXECUTE p', 'COMMENT ON TABLE users IS \'drop table users\'',
];
for (const text of passes) test(`passes ${text}`, () => assert.deepEqual(run(text), []));

const passesElsewhere: readonly (readonly [client: string, text: string])[] = [
  ['mysql', "SELECT '# not a comment'; # DROP TABLE users"], ['mysql', 'DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM users; DROP TABLE users; END//\nDELIMITER ;\nSELECT 1;'], ['sqlite3', '.tables\n.schema users\nSELECT 1;'], ['sqlite3', 'CREATE TRIGGER t AFTER INSERT ON x BEGIN DELETE FROM y; END;'],
  ['sqlite3', 'PRAGMA table_info(users)'], ['sqlite3', 'PRAGMA writable_schema'], ['sqlite3', '.open other.db'], ['mysql', 'KILL QUERY 4'], ['mysql', 'SET GLOBAL max_connections = 200'], ['clickhouse-client', 'SYSTEM DROP MARK CACHE'], ['clickhouse-client', 'OPTIMIZE TABLE visits FINAL'], ['clickhouse-client', 'ALTER TABLE visits REMOVE TTL'],
  ['cqlsh', 'BEGIN BATCH INSERT INTO a (b) VALUES (1); APPLY BATCH;'], ['cqlsh', 'ALTER TABLE a WITH default_time_to_live = 0'], ['snowsql', 'COPY INTO orders FROM @incoming'], ['snowsql', 'LIST @incoming'], ['duckdb', 'FORCE CHECKPOINT'], ['mssql', 'EXEC sp_help users'], ['mssql', "RESTORE VERIFYONLY FROM DISK = 'shop.bak'"], ['clickhouse-client', 'EXCHANGE TABLES a AND b'], ['mssql', 'DBCC CHECKDB (shop)'], ['mssql', "BACKUP LOG shop TO DISK = 'shop.trn'"], ['oracle', 'FLASHBACK TABLE orders TO BEFORE DROP'], ['sqlcmd', 'SELECT [drop] FROM [delete]\nGO'], ['mssql', 'DROP TABLE #scratch'], ['bigquery', "SELECT 'it\\'s; DROP TABLE x'"],
];
for (const [client, text] of passesElsewhere) test(`${client} passes ${text.slice(0, 60)}`, () => assert.deepEqual(run(text, client), []));

test('a database in memory has nothing to lose', () => assert.deepEqual(run('DROP TABLE users', { client: 'sqlite', connection: ':memory:' }), []));

test('a barely limiting condition is only likely to lose everything', () => {
  const certainties = ['DELETE FROM a', 'DELETE FROM a WHERE id IS NOT NULL'].map((text) => analyseSql(text, { client: 'psql' }, place, recordingAnalysis().analysis)[0]?.certainty);
  assert.deepEqual(certainties, ['certain', 'likely']);
});

const handedOn: readonly (readonly [what: string, client: string, text: string, room: 'shell' | 'cmd', expected: string])[] = [
  ['psql’s shell', 'psql', '\\! rm -rf /data', 'shell', 'rm -rf /data'],
  ['psql’s pipe', 'psql', '\\o | rm -rf /data', 'shell', 'rm -rf /data'],
  ['a copied program', 'psql', "COPY a FROM PROGRAM 'rm -rf /data'", 'shell', 'rm -rf /data'],
  ['a copied program of the client', 'psql', "\\copy a from program 'rm -rf /data'", 'shell', 'rm -rf /data'],
  ['SQLite’s shell', 'sqlite3', '.shell rm -rf /data', 'shell', 'rm -rf /data'],
  ['SQLite’s shell, shortened', 'sqlite3', '.sh rm -rf /data', 'shell', 'rm -rf /data'],
  ['MySQL’s shell', 'mysql', 'system rm -rf /data', 'shell', 'rm -rf /data'],
  ['MySQL’s shell, short', 'mysql', 'SELECT 1;\n\\! rm -rf /data', 'shell', 'rm -rf /data'],
  ['SQL Server’s command line', 'mssql', "EXEC xp_cmdshell 'del /s c:\\data'", 'cmd', 'del /s c:\\data'],
];
for (const [what, client, text, room, expected] of handedOn) {
  test(`hands ${what} to the ${room} room`, () => {
    const { analysis, handed } = recordingAnalysis();
    analyseSql(text, { client }, place, analysis);
    assert.deepEqual(handed[room], [expected]);
  });
}

test('SQL that is scheduled or sent elsewhere is handed on', () => {
  const { analysis, handed } = recordingAnalysis();
  analyseSql("SELECT cron.schedule('nightly', '0 3 * * *', 'DELETE FROM audit'); SELECT dblink_exec('host=b', 'DROP TABLE orders')", { client: 'psql' }, place, analysis);
  assert.deepEqual(handed.sql.map(({ text }) => text), ['DELETE FROM audit', 'DROP TABLE orders']);
});

test('EXECUTE of a string hands the string on', () => {
  const { analysis, handed } = recordingAnalysis();
  analyseSql("DO $$ BEGIN EXECUTE 'DROP TABLE ' || t; END $$", { client: 'psql' }, place, analysis);
  assert.deepEqual(handed.sql.map(({ text }) => text), ['DROP TABLE ']);
});

test('a file named by the text is read where it is', () => {
  const { analysis, handed } = recordingAnalysis(worldOf({ '/project/m.sql': 'DROP TABLE users' }));
  analyseSql('\\i m.sql', { client: 'psql' }, place, analysis);
  assert.deepEqual(handed.sql.map(({ text }) => text), ['DROP TABLE users']);
});

const mongoCaught: readonly (readonly [text: string, rule: string])[] = [
  ['db.dropDatabase()', 'mongo/drop-database'], ['db.users.drop()', 'mongo/drop-collection users'], ['db.getCollection("users").drop()', 'mongo/drop-collection'], ['db["users"].drop()', 'mongo/drop-collection'], ['db.getSiblingDB("prod").dropDatabase()', 'mongo/drop-database'],
  ['db.users.deleteMany({})', 'mongo/delete-all users'], ['db.users.remove()', 'mongo/delete-all users'], ['db.users.updateMany({}, {$set: {a: 1}})', 'mongo/update-all users'], ['db.runCommand({ dropDatabase: 1 })', 'mongo/drop-database'], ['db.runCommand({ drop: "users" })', 'mongo/drop-collection users'],
  ['db.users.dropIndexes()', 'mongo/drop-index users'], ['db.users.aggregate([{ $match: {} }, { $out: "archive" }])', 'mongo/out archive'], ['db.users.bulkWrite([{ deleteMany: { filter: {} } }])', 'mongo/delete-all users'], ['db.users.createIndex({ at: 1 }, { expireAfterSeconds: 60 })', 'mongo/ttl-index users'],
  ['rs.reconfig(conf, { force: true })', 'mongo/reconfigure'], ['rs.remove("db2:27017")', 'mongo/reconfigure db2:27017'], ['rs.stepDown()', 'mongo/step-down'], ['db.users.update({}, { $set: { a: 1 } }, { multi: true })', 'mongo/update-all users'], ['db.revokeRolesFromUser("app", ["readWrite"])', 'mongo/rights app'],
  ['db.adminCommand({ renameCollection: "a.b", to: "a.c", dropTarget: true })', 'mongo/rename-over a.c'], ['db.runCommand({ convertToCapped: "users", size: 10 })', 'mongo/capped users'], ['db.users.convertToCapped(10)', 'mongo/capped users'], ['db.adminCommand({ removeShard: "s1" })', 'mongo/remove-shard s1'],
  ['db.adminCommand("dropDatabase")', 'mongo/drop-database'], ['db.users.deleteMany({ _id: { $exists: true } })', 'mongo/delete-all users'], ['db.users.deleteMany({ _id: { $ne: null } })', 'mongo/delete-all users'],
  ['db.runCommand({ delete: "users", deletes: [{ q: {}, limit: 0 }] })', 'mongo/delete-all users'], ['use prod; db.dropDatabase()', 'mongo/drop-database'], ['const f = {}; db.users.deleteMany(f)', 'mongo/delete-all users'],
];
for (const [text, rule] of mongoCaught) test(`mongosh holds ${text}`, () => assert.deepEqual(run(text, 'mongosh'), [rule]));
for (const text of ['db.users.find({})', 'db.users.deleteMany({ age: 4 })', 'db.users.deleteMany({ age: { $exists: true }, name: "x" })', 'db.users.deleteMany({ age: { $lt: 4 } })', 'db.runCommand("ping")', 'db.users.deleteOne({ _id: 1 })', 'print("db.dropDatabase()")', 'db.users.countDocuments()', '// db.dropDatabase()', 'list.remove(1)', 'db.users.aggregate([{ $match: {} }])', 'db.users.createIndex({ at: 1 }, { unique: true })', 'db.users.update({ _id: 1 }, { $set: { a: 1 } })', 'rs.status()', 'rs.reconfig(conf)', 'db.users.bulkWrite([{ insertOne: { document: {} } }])', 'db.users.getIndexes()']) {
  test(`mongosh passes ${text}`, () => assert.deepEqual(run(text, 'mongosh'), []));
}

for (const [text, rule] of [['FLUSHALL', 'redis/flushall'], ['flushdb async', 'redis/flushdb'], ['DEL $KEYS', 'redis/del-unknown'], ['EVAL "return redis.call(\'FLUSHALL\')" 0', 'redis/flushall'], ['SHUTDOWN NOSAVE', 'redis/shutdown'], ['GET a\nFLUSHALL', 'redis/flushall'], ['CONFIG SET save ""', 'redis/config-set'], ['config rewrite', 'redis/config-rewrite'], ['DEBUG SEGFAULT', 'redis/shutdown'], ['DEBUG RELOAD NOSAVE', 'redis/debug-reload'], ['SCRIPT FLUSH', 'redis/script-flush'], ['FT.DROPINDEX products DD', 'redis/index-drop'], ['CLUSTER FAILOVER TAKEOVER', 'redis/failover'], ['CLUSTER FORGET 07c3', 'redis/cluster-forget'], ['ACL SETUSER app off', 'redis/acl'], ['SENTINEL REMOVE mymaster', 'redis/sentinel'], ['FUNCTION RESTORE x FLUSH', 'redis/function-flush'], ['cluster delslots 1 2', 'redis/cluster-slots']] as const) {
  test(`redis-cli holds ${text}`, () => assert.deepEqual(run(text, 'redis-cli'), [rule]));
}
for (const text of ['GET a', 'DEL session:4', 'SET flushall 1', 'KEYS *', 'REPLICAOF NO ONE', 'CONFIG GET save', 'CONFIG SET loglevel debug', 'CONFIG RESETSTAT', 'DEBUG OBJECT a', 'SCRIPT LOAD x', 'CLUSTER FAILOVER', 'ACL WHOAMI', 'FT.SEARCH products drop', 'CLUSTER INFO', 'constructor', '__proto__ x', 'SENTINEL MASTERS']) test(`redis-cli passes ${text}`, () => assert.deepEqual(run(text, 'redis-cli'), []));

const clients = ['psql', 'mysql', 'sqlite3', 'sqlcmd', 'mssql', 'unknown'];
const sqlText = fc.oneof(fc.string(), fc.array(fc.constantFrom("'", '"', '`', '$$', '$a$', '--', '/*', '*/', '/*!', '#', ';', '\n', '\\', '(', ')', ' DROP TABLE x ', 'DELETE FROM t WHERE ', 'WITH', ' AS ', '1=1', ' OR ', ' AND ', 'GO', 'DELIMITER //', '.shell', '[', ']', 'E', ' ')).map((parts) => parts.join('')));

test('tokens lie in the text, in order, whatever the text', () => {
  fc.assert(
    fc.property(sqlText, fc.constantFrom(...clients), (text, client) => {
      for (const dialect of dialectsOf(client, text)) {
        let at = 0;
        for (const token of tokenize(text, dialect)) {
          assert.ok(token.start >= at && token.end >= token.start && token.end <= text.length);
          at = token.end;
        }
      }
    }),
  );
});

test('never throws and costs in proportion, whatever the text', () => {
  fc.assert(
    fc.property(sqlText, fc.constantFrom(...clients, 'mongosh', 'redis-cli'), (text, client) => {
      const { analysis, steps } = recordingAnalysis();
      analyseSql(text, { client }, place, analysis);
      assert.ok(steps() <= 4 + 2 * text.length);
    }),
  );
});

test('what stands before it hides no statement', () => {
  const harmless = fc.constantFrom("SELECT 'a;b';", 'SELECT 1;', '-- note\n', '/* note; */', 'SELECT $$ ; $$;', 'SELECT "a;b" FROM t;', ';;');
  fc.assert(fc.property(fc.array(harmless), (before) => assert.deepEqual(run(`${before.join(' ')}\nDROP TABLE users`), ['sql/drop-table users'])));
});
