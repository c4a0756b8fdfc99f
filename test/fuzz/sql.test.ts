// What analyseSql finds, held against real parsers: PostgreSQL's own and sqlparser-rs for the other dialects.
//
// Formulation. Of a text that the parser accepts, let L be what the parser sees it lose: `drop x`, `truncate x`,
// `delete x` and `update x` without a WHERE, at any depth of WITH. Let F be what analyseSql finds.
//   1. L ⊆ F, whatever the text.
//   2. F is empty when the parser sees nothing but SELECT and INSERT, whatever the text.
//   3. F = L when every WHERE of the text plainly narrows.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { init, parse as parseDialect } from '@guanmingchiu/sqlparser-ts';
import * as fc from 'fast-check';
import { loadModule, parseSync } from 'libpg-query';
import { analyseSql } from '../../src/core/sql/analyse.ts';
import { place, recordingAnalysis } from '../unit/core/recording-analysis.ts';

/** Undefined for a text that the parser refuses. */
type Parser = (text: string) => Seen | undefined;

interface Seen {
  readonly losses: ReadonlySet<string>;
  /** Nothing in it but SELECT and INSERT. */
  readonly harmless: boolean;
}

interface Family {
  readonly name: string;
  /** A client that has no commands of its own, as the parsers know none. */
  readonly client: string;
  readonly parser: Parser;
  readonly names: readonly ((name: string) => string)[];
  readonly strings: readonly ((content: string) => string)[];
  readonly comments: readonly string[];
  /** Kinds of statements that its databases do not have. */
  readonly without: readonly string[];
  readonly explain?: true;
  /** Operators worth throwing in; only PostgreSQL's own parser reads them as its database does. */
  readonly operators?: readonly string[];
}

/** Calls `visit` for every key of a syntax tree. */
function walk(tree: unknown, visit: (key: string, node: Node) => void): void {
  if (Array.isArray(tree)) for (const item of tree) walk(item, visit);
  else if (typeof tree === 'object' && tree !== null) {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'object' && value !== null) visit(key, value);
      walk(value, visit);
    }
  }
}

type Node = Readonly<Record<string, unknown>>;

/** The last string below a key of that name: the unqualified name. */
function lastNamed(tree: unknown, wanted: string): string {
  let last = '';
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === wanted && typeof value === 'string') last = value;
      else look(value);
    }
  };
  look(tree);
  return last;
}

/** Dialects differ in whether case counts in names; it does not matter here. */
const lower = (found: ReadonlySet<string>): ReadonlySet<string> => new Set([...found].map((text) => text.toLowerCase()));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** https://github.com/pganalyze/libpg_query: the tree of PostgreSQL 18. */
const postgres: Parser = (text) => {
  let tree: { readonly stmts?: readonly { readonly stmt?: object }[] };
  try {
    tree = parseSync(text);
  } catch {
    return undefined;
  }
  const losses = new Set<string>();
  const heads = new Set((tree.stmts ?? []).flatMap(({ stmt }) => Object.keys(stmt ?? {})));
  walk(tree, (key, node) => {
    if (key === 'DropStmt') for (const object of listOf(node.objects)) losses.add(`drop ${lastNamed(object, 'sval')}`);
    if (key === 'DropdbStmt') losses.add(`drop ${String(node.dbname)}`);
    if (key === 'DropRoleStmt') for (const role of listOf(node.roles)) losses.add(`drop ${lastNamed(role, 'rolename')}`);
    if (key === 'TruncateStmt') for (const relation of listOf(node.relations)) losses.add(`truncate ${lastNamed(relation, 'relname')}`);
    if (key === 'DeleteStmt' && !node.whereClause) losses.add(`delete ${lastNamed(node.relation, 'relname')}`);
    if (key === 'UpdateStmt' && !node.whereClause) losses.add(`update ${lastNamed(node.relation, 'relname')}`);
    if (/^(?:Delete|Update|Merge)Stmt$/.test(key)) heads.add(key);
  });
  return { losses: lower(losses), harmless: [...heads].every((head) => head === 'SelectStmt' || head === 'InsertStmt') };
};

/** https://docs.rs/sqlparser: `Statement` as JSON. */
function otherDialect(dialect: 'mysql' | 'sqlite' | 'mssql' | 'snowflake' | 'bigquery'): Parser {
  return (text) => {
    let tree: readonly unknown[];
    try {
      tree = parseDialect(text, dialect);
    } catch {
      return undefined;
    }
    const losses = new Set<string>();
    const heads = new Set(tree.flatMap((statement) => Object.keys(statement ?? {})));
    const table = (node: unknown): string => {
      let first: string | undefined;
      walk(node, (key, below) => {
        if (key === 'Table') first ??= lastNamed(below.name, 'value');
      });
      return first ?? '';
    };
    walk(tree, (key, node) => {
      if (key === 'Drop') for (const name of listOf(node.names)) losses.add(`drop ${lastNamed(name, 'value')}`);
      if (key === 'DropDatabase') losses.add(`drop ${lastNamed(node.db_name, 'value')}`);
      if (key === 'Truncate') for (const table of listOf(node.table_names)) losses.add(`truncate ${lastNamed(table, 'value')}`);
      if (key === 'Delete' && 'delete_token' in node && !node.selection) losses.add(`delete ${table(node.from)}`);
      if (key === 'Update' && 'update_token' in node && !node.selection) losses.add(`update ${table(node.table)}`);
      if (/^(?:Delete|Update|Merge)$/.test(key)) heads.add(key);
    });
    return { losses: lower(losses), harmless: [...heads].every((head) => head === 'Query' || head === 'Insert') };
  };
}

const doubled = (quote: string) => (text: string): string => quote + text.replaceAll(quote, quote + quote) + quote;
const bare = (name: string): string => name;
const backslashed = (quote: string, prefix = '') => (text: string): string => prefix + quote + text.replace(/[\\'"]/g, '\\$&') + quote;
const dollars = (tag: string) => (text: string): string => (`${text}$`.includes(`$${tag}$`) ? doubled("'")(text) : `$${tag}$${text}$${tag}$`);
const sqlComments = ['/* DROP TABLE c1; */', '/**/', '/* it\'s */', '-- DROP TABLE c2;\n', "--'\n", '--\n'];

const families: readonly Family[] = [
  {
    name: 'PostgreSQL', client: 'postgres', parser: postgres, explain: true, operators: ['@', ':', '::', '-', '|'], without: [],
    names: [bare, doubled('"')],
    strings: [doubled("'"), backslashed("'", 'E'), backslashed("'", 'e'), dollars(''), dollars('a'), dollars('q1')],
    comments: [...sqlComments, '/* a /* nested */ ; */', '--a$$\n'],
  },
  {
    name: 'MySQL', client: 'mysql2', parser: otherDialect('mysql'), without: ['several tables truncated'],
    names: [bare, doubled('`')],
    strings: [backslashed("'"), backslashed('"'), (text) => doubled("'")(text.replaceAll('\\', '/'))],
    comments: ['/* DROP TABLE c1; */', '/* it\'s */', '-- DROP TABLE c2;\n', '# DROP TABLE c3;\n', '#\'"`\n'],
  },
  {
    name: 'SQLite', client: 'better-sqlite3', parser: otherDialect('sqlite'), without: ['truncate', 'several tables truncated', 'several tables dropped'],
    names: [bare, doubled('"'), doubled('`'), (name) => `[${name}]`],
    strings: [doubled("'")],
    comments: sqlComments,
  },
  {
    name: 'SQL Server', client: 'mssql', parser: otherDialect('mssql'), without: ['several tables truncated'],
    names: [bare, doubled('"'), (name) => `[${name}]`],
    strings: [doubled("'"), (text) => `N${doubled("'")(text)}`],
    comments: [...sqlComments, '/* a /* nested */ ; */'],
  },
  {
    name: 'Snowflake', client: 'snowsql', parser: otherDialect('snowflake'), without: ['several tables truncated'],
    names: [bare, doubled('"')],
    strings: [backslashed("'"), dollars('')],
    comments: sqlComments,
  },
  {
    name: 'BigQuery', client: 'bigquery', parser: otherDialect('bigquery'), without: ['several tables truncated', 'several tables dropped'],
    names: [bare, doubled('`')],
    strings: [backslashed("'"), backslashed('"')],
    comments: [...sqlComments, '# DROP TABLE c3;\n', "#'\n"],
  },
];

/** Content that would end a string, a comment or a statement early for whoever reads it wrongly. */
const hostileText = fc.array(fc.constantFrom('a', ' ', ';', "'", '"', '`', '\\', '--', '#', '/*', '*/', '$', '$$', '$a$', ']', '\n', 'DROP TABLE s1', '; DELETE FROM s2; ', 'WHERE id = 4', 'é', '漢'), { maxLength: 6 }).map((parts) => parts.join(''));

const tableNames = ['orders', 'users', 'line_items', 'audit_log', 't1'];

/** Statements as lists of words, between which anything may stand that is not seen. */
function statements(family: Family): fc.Arbitrary<readonly string[]> {
  const name = fc.tuple(fc.constantFrom(...tableNames), fc.constantFrom(...family.names), fc.boolean()).map(([table, quoted, qualified]) => (qualified ? ['main', '.', quoted(table)] : [quoted(table)]));
  const text = fc.tuple(hostileText, fc.constantFrom(...family.strings)).map(([content, quoted]) => quoted(content));
  const value = fc.oneof(text, fc.constantFrom('1', '42', 'NULL', '3.5'));
  const condition = fc.oneof(fc.constant(['id', '=', '4']), text.map((literal) => ['label', '=', literal]), fc.constant(['(', 'id', '=', '4', 'OR', 'id', '=', '5', ')']), name.map((table) => ['id', 'IN', '(', 'SELECT', 'id', 'FROM', ...table, 'WHERE', 'id', '=', '4', ')']));
  const where = fc.option(condition, { nil: undefined }).map((words) => (words ? ['WHERE', ...words] : []));
  const select = fc.oneof(
    value.map((literal) => ['SELECT', literal]),
    fc.tuple(name, where).map(([table, end]) => ['SELECT', '*', 'FROM', ...table, ...end]),
    fc.tuple(value, name, condition).map(([literal, table, end]) => ['SELECT', literal, ',', '(', 'SELECT', 'count', '(', '*', ')', 'FROM', ...table, 'WHERE', ...end, ')']),
  );
  const rows = {
    delete: fc.tuple(name, where).map(([table, end]) => ['DELETE', 'FROM', ...table, ...end]),
    update: fc.tuple(name, value, where).map(([table, literal, end]) => ['UPDATE', ...table, 'SET', 'label', '=', literal, ...end]),
  };
  const kinds: Readonly<Record<string, fc.Arbitrary<readonly string[]>>> = {
    ...rows,
    select,
    insert: fc.tuple(name, fc.array(value, { minLength: 1, maxLength: 3 })).map(([table, values]) => ['INSERT', 'INTO', ...table, 'VALUES', '(', ...values.flatMap((literal, index) => (index > 0 ? [',', literal] : [literal])), ')']),
    'insert of a query': fc.tuple(name, select).map(([table, query]) => ['INSERT', 'INTO', ...table, ...query]),
    drop: fc.tuple(name, fc.boolean()).map(([table, careful]) => ['DROP', 'TABLE', ...(careful ? ['IF', 'EXISTS'] : []), ...table]),
    'several tables dropped': fc.tuple(name, name).map(([one, other]) => ['DROP', 'TABLE', ...one, ',', ...other]),
    'a view dropped': name.map((view) => ['DROP', 'VIEW', ...view]),
    truncate: name.map((table) => ['TRUNCATE', 'TABLE', ...table]),
    'several tables truncated': fc.tuple(name, name).map(([one, other]) => ['TRUNCATE', ...one, ',', ...other]),
    'after a query of its own': fc.tuple(select, fc.oneof(select, rows.delete, rows.update)).map(([query, rest]) => ['WITH', 'q', 'AS', '(', ...query, ')', ...rest]),
    ...(family.explain && {
      explain: fc.oneof(rows.delete, rows.update, select).map((words) => ['EXPLAIN', 'ANALYZE', ...words]),
      'inside WITH': fc.tuple(fc.oneof(rows.delete, rows.update), select).map(([part, rest]) => ['WITH', 'gone', 'AS', '(', ...part, 'RETURNING', '*', ')', ...rest]),
      prepare: fc.oneof(rows.delete, rows.update, select).map((words) => ['PREPARE', 'p1', 'AS', ...words]),
    }),
  };
  return fc.oneof(...Object.entries(kinds).filter(([kind]) => !family.without.includes(kind)).map(([, words]) => words));
}

/** Several statements, written with whatever the dialect allows between words. */
function scripts(family: Family): fc.Arbitrary<string> {
  const gap = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(' ', '\n', '\t', '  ') }, { weight: 1, arbitrary: fc.constantFrom(...family.comments).map((comment) => ` ${comment} `) });
  const cased = fc.constantFrom((word: string) => word, (word: string) => (/^[A-Z]+$/.test(word) ? word.toLowerCase() : word), (word: string) => (/^[A-Z]+$/.test(word) ? word[0] + word.slice(1).toLowerCase() : word));
  const one = fc.tuple(statements(family), fc.array(gap, { minLength: 3, maxLength: 9 }), cased).map(([words, gaps, spell]) => words.map((word, index) => spell(word) + (word === '.' || words[index + 1] === '.' ? '' : gaps[index % gaps.length])).join(''));
  return fc.array(one, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(';'));
}

/** Fragments in any order: most are refused by the parser, and what it accepts nobody would have thought of. */
function soups(family: Family): fc.Arbitrary<string> {
  const fragment = fc.constantFrom("'", "'", "''", '"', '`', '\\', "\\'", '$$', '$a$', '$1', '/*', '*/', '/*!', '--', '-- ', '#', '\n', '\n', ';', ';', ' ', ' ', ',', '1', 'x', 'E', "E'", 'N', '(', ')', 'SELECT ', 'AS ', 'FROM t1 ', 'DROP TABLE t2', 'DELETE FROM t3', 'TRUNCATE t4', 'UPDATE t5 SET a=1', ' WHERE id = 4', '[', ']', ...(family.operators ?? []));
  const wrapped = fc.constantFrom(['', ''], ['SELECT ', ''], ["SELECT '", ''], ["SELECT '", "'; DROP TABLE t6"], ['SELECT 1 ', '\n; DROP TABLE t6'], ['SELECT $$', ''], ['/*', '*/ SELECT 1'], ['SELECT 1; ', ' -- end']);
  const edges = fc.constantFrom(...family.comments, ...family.strings.map((quoted) => quoted("a';")));
  return fc.tuple(wrapped, fc.array(fc.oneof({ weight: 9, arbitrary: fragment }, { weight: 1, arbitrary: edges }), { minLength: 1, maxLength: 8 })).map(([[head, tail], parts]) => head + parts.join('') + tail);
}

/** What analyseSql finds, in the words of the parsers. */
function found(text: string, client: string): ReadonlySet<string> {
  const { analysis } = recordingAnalysis();
  const kinds: Readonly<Record<string, string>> = { 'delete-all': 'delete', 'update-all': 'update' };
  return lower(new Set(analyseSql(text, { client }, place, analysis).map(({ rule, resource }) => {
    const id = rule.replace(/^sql\//, '');
    return `${id.startsWith('drop-') ? 'drop' : (kinds[id] ?? id)} ${resource.name.split('.').at(-1) ?? ''}`;
  })));
}

/** Texts that the dialects' parsers read unlike the databases themselves: what the parser says of them counts for nothing. */
const parserIsWrong: readonly (readonly [family: RegExp, text: RegExp, why: string])[] = [
  [/SQL Server|BigQuery/, /\$\w*\$/, 'has no dollar quotes, and the parser reads them'],
  [/MySQL/, /\/\*!.*(?:--|#|\/\*)/s, 'lets a comment in an executable comment swallow its end, and the parser does not'],
  [/SQLite|SQL Server/, /#/, 'has no operators with a hash, and the parser reads those of PostgreSQL'],
  [/SQLite/, /TRUNCATE/, 'has no TRUNCATE, and the parser reads one'],
  [/MySQL|SQL Server|Snowflake/, /(?:DROP TABLE|TRUNCATE)[^;]*,[^;]*\b(?:AS|FROM|WHERE|SELECT|DROP|DELETE|UPDATE)\b/i, 'refuses a reserved word as a name of a list, and the parser takes it'],
  [/SQLite|BigQuery/, /(?:DROP TABLE|TRUNCATE)[^;]*[,'"]/, 'drops one table at a time and takes no string for its name'],
];

const strange = (family: Family, text: string): boolean => parserIsWrong.some(([name, pattern]) => name.test(family.name) && pattern.test(text));

before(async () => {
  await loadModule();
  await init();
});

for (const family of families) {
  describe(`${family.name}: what its parser sees`, () => {
    it('is what is found in well-formed scripts', () => {
      let read = 0;
      fc.assert(fc.property(scripts(family), (text) => {
        const seen = family.parser(text);
        if (!seen) return;
        read++;
        assert.deepEqual([...found(text, family.client)].toSorted(), [...seen.losses].toSorted());
      }), { numRuns: 600 });
      assert.ok(read > 300, `the parser refused too much to compare: it read ${read} of 600`);
    });
    it('is found in fragments thrown together', () => {
      fc.assert(fc.property(soups(family), (text) => {
        const seen = strange(family, text) ? undefined : family.parser(text);
        if (!seen) return;
        const ours = found(text, family.client);
        // What follows a name may be its alias or, from a template, a part of it: `DELETE FROM t1 $1`.
        for (const loss of seen.losses) assert.ok([...ours].some((own) => own.startsWith(loss)), `${loss} was missed; found: ${[...ours].join(', ')}`);
        if (seen.harmless) assert.deepEqual([...ours], []);
      }), { numRuns: 3000 });
    });
  });
}
