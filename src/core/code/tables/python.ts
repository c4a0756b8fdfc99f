import { changesFolder, deletesFile, deletesTree, evaluates, queries, readsFile, runsLine, runsList, runsWords, sends, type CodeTable, type FunctionKind } from './kinds.ts';

const opens: FunctionKind = { does: 'open', path: 0, mode: 1 };
const replacesSecond: FunctionKind = { does: 'overwrite', path: 1 };
const modules = ['requests', 'httpx', 'requests.Session()', 'httpx.Client()', 'urllib3'];
const verbs = ['get', 'head', 'post', 'put', 'patch', 'delete'];

/** Folders that must be empty to be removed (`os.rmdir`) lose nothing and are left out. */
export const python: CodeTable = {
  docs: 'https://docs.python.org/3/library/shutil.html',
  functions: {
    'shutil.rmtree': deletesTree, 'os.remove': deletesFile, 'os.unlink': deletesFile, 'pathlib.Path.unlink': { does: 'delete', recursive: false, paths: 'first' },
    'shutil.move': replacesSecond, 'shutil.copy': replacesSecond, 'shutil.copy2': replacesSecond, 'shutil.copyfile': replacesSecond, 'os.rename': replacesSecond, 'os.replace': replacesSecond,
    'os.truncate': { does: 'overwrite', path: 0 }, open: opens, 'io.open': opens, 'codecs.open': opens,
    'os.system': runsLine, 'os.popen': runsLine, 'subprocess.getoutput': runsLine, 'subprocess.getstatusoutput': runsLine, 'commands.getoutput': runsLine, 'asyncio.create_subprocess_shell': runsLine, 'pexpect.spawn': runsLine, 'pexpect.run': runsLine,
    'subprocess.run': runsList, 'subprocess.call': runsList, 'subprocess.check_call': runsList, 'subprocess.check_output': runsList, 'subprocess.Popen': runsList, 'pty.spawn': runsList, 'os.spawnvp': runsList,
    'asyncio.create_subprocess_exec': runsWords, 'os.execlp': runsWords, 'os.execl': runsWords, 'os.execvp': { does: 'spawn', as: 'list' }, 'os.execv': { does: 'spawn', as: 'list' },
    exec: evaluates, eval: evaluates, 'os.chdir': changesFolder,
    'urllib.request.urlopen': { does: 'send', url: 0, body: 1 }, 'urllib.request.Request': { does: 'send', url: 0, body: 1 }, 'requests.request': { does: 'send', url: 1 }, 'httpx.request': { does: 'send', url: 1 },
    ...Object.fromEntries(modules.flatMap((module) => verbs.map((verb) => [`${module}.${verb}`, sends(verb.toUpperCase(), verb === 'get' || verb === 'delete' || verb === 'head' ? undefined : 1)]))),
    'cursor.execute': queries,
    'linecache.getlines': readsFile, 'fileinput.input': readsFile, 'numpy.loadtxt': readsFile, dotenv_values: readsFile, 'dotenv.dotenv_values': readsFile, 'os.open': readsFile,
  },
  methods: {
    read_text: { does: 'read', path: 'receiver' }, read_bytes: { does: 'read', path: 'receiver' },
    unlink: { does: 'delete', recursive: false, paths: 'receiver' }, write_text: { does: 'overwrite', path: 'receiver' }, write_bytes: { does: 'overwrite', path: 'receiver' },
    execute: queries, executemany: queries, executescript: queries, exec_driver_sql: queries, raw: queries, read_sql: queries, fetch: queries, fetchval: queries, fetchrow: queries,
  },
};
