import type { DatabaseTarget } from '../../effect.ts';
import { baseName, joinPath, parentOf } from '../../files/path.ts';
import { readFile, type Connection, type DatabaseSurroundings, type Finder } from './connection.ts';

const mostIncludes = 20;

/**
 * The command counts before option files, the later of those before the earlier, and all of them before MYSQL_HOST.
 * https://dev.mysql.com/doc/refman/8.4/en/option-files.html, https://dev.mysql.com/doc/refman/8.4/en/environment-variables.html, https://mariadb.com/kb/en/configuring-mariadb-with-option-files/
 */
export const findMysql: Finder = (target, around) => {
  const { env } = around;
  const { database } = target;
  if (target.url !== undefined) return [{ text: target.url, from: 'the command', database }];
  // Login paths are scrambled: https://dev.mysql.com/doc/refman/8.4/en/mysql-config-editor.html
  if (target.section !== undefined) return [{ text: undefined, from: `login path ${target.section}` }];
  const login = env['MYSQL_TEST_LOGIN_FILE'] ?? inHome('.mylogin.cnf', around);
  if (login !== undefined && around.world.stat(login) !== undefined) return [{ text: undefined, from: '.mylogin.cnf' }];
  const found = optionFiles(target, around).flatMap((file) => hostsIn(file, groupsOf(target, env), around, 0)).at(-1);
  if (found) return [{ ...found, database }];
  return env['MYSQL_HOST'] ? [{ text: env['MYSQL_HOST'], from: 'MYSQL_HOST', database }] : [{ text: '', from: 'the default connection', database }];
};

function inHome(name: string, { home, world }: DatabaseSurroundings): string | undefined {
  return home === undefined ? undefined : joinPath(home, name, world.platform);
}

/** Option files in the order they are read. `config`: the one `--defaults-file` names; `envFile`: that of `--defaults-extra-file`. */
function optionFiles({ config, envFile, folder }: DatabaseTarget, around: DatabaseSurroundings): readonly string[] {
  const { platform } = around.world;
  if (config === 'none') return [];
  if (config !== undefined) return [joinPath(folder, config, platform)];
  const own = inHome('.my.cnf', around);
  return ['/etc/my.cnf', '/etc/mysql/my.cnf', ...(envFile === undefined ? [] : [joinPath(folder, envFile, platform)]), ...(own === undefined ? [] : [own])];
}

function groupsOf({ tool, environment }: DatabaseTarget, env: Readonly<Record<string, string>>): ReadonlySet<string> {
  const groups = ['client', tool, 'mysql', ...(tool.startsWith('mariadb') ? ['client-server', 'client-mariadb', 'mariadb-client'] : [])];
  const suffix = environment ?? env['MYSQL_GROUP_SUFFIX'];
  return new Set([...groups, ...(suffix ? groups.map((group) => `${group}${suffix}`) : [])]);
}

/** Every host that the groups of a file set, and of the files it includes, in order: the last counts. */
function hostsIn(file: string, groups: ReadonlySet<string>, around: DatabaseSurroundings, depth: number): readonly Connection[] {
  const found: Connection[] = [];
  let counts = false;
  let includes = 0;
  for (const line of (readFile(file, around) ?? '').split('\n')) {
    const header = /^\s*\[([^\]]*)\]/.exec(line);
    if (header) counts = groups.has((header[1] as string).trim());
    const included = /^\s*!(include|includedir)\s+(\S+)/.exec(line);
    if (included && depth < 3 && includes++ < mostIncludes) found.push(...includedFiles(included[1] as string, joinPath(parentOf(file, around.world.platform), included[2] as string, around.world.platform), around).flatMap((each) => hostsIn(each, groups, around, depth + 1)));
    const host = counts ? /^\s*(?:loose[-_])?host\s*=\s*['"]?([^\s'"#]*)/.exec(line)?.[1] : undefined;
    if (host !== undefined) found.push({ text: host, from: baseName(file, around.world.platform) });
  }
  return found;
}

function includedFiles(order: string, path: string, { world }: DatabaseSurroundings): readonly string[] {
  if (order === 'include') return [path];
  return (world.list(path) ?? []).filter((name) => /\.(?:cnf|ini)$/.test(name)).slice(0, mostIncludes).map((name) => joinPath(path, name, world.platform));
}
