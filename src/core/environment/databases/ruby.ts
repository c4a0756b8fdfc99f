import type { DatabaseTarget } from '../../effect.ts';
import { entriesOf, entry, isMap, itemsOf, readYaml, scalar, type Yaml } from '../../runners/yaml.ts';
import { firstFile, inFolder, readFile, type Connection, type DatabaseSurroundings, type Finder } from './connection.ts';
import { resolve } from './expression.ts';
import { variablesOf, type LookUp } from './variables.ts';

/**
 * The section of config/database.yml for the environment, with DATABASE_URL over its primary database; in development most
 * tasks work on the test database as well.
 * https://guides.rubyonrails.org/configuring.html#configuring-a-database, https://guides.rubyonrails.org/active_record_multiple_databases.html
 */
export const findRails: Finder = (target, around) => {
  const set = { ...around.env, ...target.variables };
  const environment = target.environment ?? (set['RAILS_ENV'] || set['RACK_ENV'] || 'development');
  const lookUp = variablesOf(dotenvFiles(environment, target, around), around, target.variables);
  const wanted = lookUp('DATABASE_URL');
  const file = firstFile(['config/database.yml', 'config/database.yaml'], target, around);
  if (!file) return wanted ? [{ text: wanted.value, from: wanted.from }] : [];
  const { yaml, fill } = readErb(file.text, lookUp);
  const note = `the environment is ${environment}`;
  const section = entry(yaml, environment);
  const found = section === undefined ? [] : databasesIn(section).flatMap(([name, database]) => connectionOf(name, database, fill, lookUp));
  const withNote = (section === undefined && !wanted ? [{ text: undefined, from: `${environment} in database.yml` }] : section === undefined && wanted ? [{ text: wanted.value, from: wanted.from }] : found).map((connection): Connection => ({ ...connection, note }));
  if (environment !== 'development' || wanted || set['SKIP_TEST_DATABASE']) return withNote;
  const test = databasesIn(entry(yaml, 'test') ?? null).flatMap(([name, database]) => connectionOf(name, database, fill, () => undefined));
  return [...withNote, ...test.map((connection): Connection => ({ ...connection, note: 'the test database goes too' }))];
};

/** Read by the gem dotenv, where the project has it. https://github.com/bkeepers/dotenv#customizing-rails */
function dotenvFiles(environment: string, target: DatabaseTarget, around: DatabaseSurroundings): readonly string[] {
  const gems = readFile(inFolder(target, 'Gemfile', around), around);
  if (gems !== undefined && !/^[ \t]*gem\s+["']dotenv/m.test(gems)) return [];
  return [`.env.${environment}.local`, ...(environment === 'test' ? [] : ['.env.local']), `.env.${environment}`, '.env'].map((name) => inFolder(target, name, around));
}

interface Erb {
  readonly yaml: Yaml;
  /** A scalar with what stood in `<%= %>` put back in; undefined where that cannot be known. */
  readonly fill: (text: string) => Connection;
}

/** The YAML around embedded Ruby; of that only what reads variables is understood. */
function readErb(text: string, lookUp: LookUp): Erb {
  const expressions: string[] = [];
  const plain = text.replace(/<%=([^%]{0,500})%>/g, (_all, ruby: string) => `erb${expressions.push(ruby) - 1}erb`).replace(/^[ \t]*<%[^%]{0,500}%>[ \t]*$/gm, '');
  const fill = (scalarText: string): Connection => {
    let from = 'database.yml';
    let known = true;
    const filled = scalarText.replace(/erb(\d+)erb/g, (_all, index: string) => {
      const [value, ...more] = resolve(expressions[Number(index)] ?? '', lookUp);
      if (!value || more.length > 0) known = false;
      from = value?.from ?? from;
      return value?.text ?? '';
    });
    return { text: known ? filled : undefined, from };
  };
  return { yaml: readYaml(plain), fill };
}

/** One database, or several by name. */
function databasesIn(section: Yaml): readonly (readonly [name: string, database: Yaml])[] {
  const several = entriesOf(section).filter(([, value]) => isMap(value));
  return several.length > 0 && entry(section, 'adapter') === undefined && entry(section, 'url') === undefined ? several : [['primary', section]];
}

/** A `url` of its own counts before DATABASE_URL, and that before the other keys. A replica's database is that of its primary. */
function connectionOf(name: string, section: Yaml, fill: Erb['fill'], lookUp: LookUp): readonly Connection[] {
  const url = scalar(entry(section, 'url'));
  const merged = lookUp(name === 'primary' ? 'DATABASE_URL' : `${name.toUpperCase()}_DATABASE_URL`);
  if (url !== undefined && url !== '') return [fill(url)];
  if (merged) return [{ text: merged.value, from: merged.from }];
  const adapter = scalar(entry(section, 'adapter')) ?? '';
  if (/sqlite/.test(adapter)) return [{ text: 'file:', from: 'database.yml' }];
  const database = scalar(entry(section, 'database'));
  const named = database === undefined ? undefined : fill(database).text;
  const hosts = [scalar(entry(section, 'host')), ...itemsOf(entry(section, 'hosts')).map(scalar), scalar(entry(section, 'socket'))].filter((host) => host !== undefined);
  // A mapping that is only partly understood says nothing.
  if (hosts.length === 0 && adapter === '' && named === undefined) return [{ text: undefined, from: 'database.yml' }];
  if (hosts.length > 0) return hosts.map((host) => ({ ...fill(host), database: named }));
  const set = /postg/.test(adapter) ? lookUp('PGHOST') : undefined;
  return [{ text: set?.value ?? '', from: set?.from ?? 'database.yml, which names no host,', database: named }];
}
