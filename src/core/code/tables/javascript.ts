import { changesFolder, deletesFile, deletesTree, evaluates, queries, readsFile, runsLine, sends, type CodeTable, type FunctionKind } from './kinds.ts';

const writes: FunctionKind = { does: 'overwrite', path: 0 };
const replacesSecond: FunctionKind = { does: 'overwrite', path: 1 };
const mayRecurse: FunctionKind = { does: 'delete', recursive: false, paths: 'first' };
const onlyTrees: FunctionKind = { does: 'delete', recursive: true, paths: 'first', when: 'recursive' };
const program: FunctionKind = { does: 'spawn', as: 'words' };
const fetches: FunctionKind = { does: 'send', url: 0, options: 1 };
const clients = ['axios', 'got', 'ky', 'superagent', 'request', 'needle', 'undici', 'bent'];

export const javascript: CodeTable = {
  docs: 'https://nodejs.org/api/fs.html',
  functions: {
    'fs.rm': mayRecurse, 'fs.rmSync': mayRecurse, 'fs.unlink': deletesFile, 'fs.unlinkSync': deletesFile, 'fs.rmdir': onlyTrees, 'fs.rmdirSync': onlyTrees,
    'fs.remove': deletesTree, 'fs.removeSync': deletesTree, 'fs.emptyDir': deletesTree, 'fs.emptyDirSync': deletesTree, 'fse.remove': deletesTree, 'fse.removeSync': deletesTree, 'fse.emptyDirSync': deletesTree,
    'fsp.rm': mayRecurse, 'fsp.unlink': deletesFile, 'Deno.remove': mayRecurse, 'Deno.removeSync': mayRecurse, rimraf: deletesTree, 'rimraf.sync': deletesTree, 'rimraf.rimraf': deletesTree, 'rimraf.rimrafSync': deletesTree,
    rimrafSync: deletesTree, del: deletesTree, 'del.sync': deletesTree, 'del.deleteAsync': deletesTree, 'del.deleteSync': deletesTree, deleteAsync: deletesTree, deleteSync: deletesTree,
    'fs.writeFile': writes, 'fs.writeFileSync': writes, 'fs.truncate': writes, 'fs.truncateSync': writes, 'fs.createWriteStream': writes, 'Deno.writeTextFile': writes, 'Deno.writeTextFileSync': writes, 'Bun.write': writes,
    'fs.rename': replacesSecond, 'fs.renameSync': replacesSecond, 'fs.copyFile': replacesSecond, 'fs.copyFileSync': replacesSecond, 'fs.cpSync': replacesSecond, 'fs.cp': replacesSecond, 'fs.moveSync': replacesSecond,
    'child_process.exec': runsLine, 'child_process.execSync': runsLine, exec: runsLine, execSync: runsLine, 'cp.exec': runsLine, 'cp.execSync': runsLine, 'shell.exec': runsLine, 'shelljs.exec': runsLine, $: runsLine, 'Bun.$': runsLine, 'execa.command': runsLine, execaCommand: runsLine, execaCommandSync: runsLine,
    'child_process.spawn': program, 'child_process.spawnSync': program, 'child_process.execFile': program, 'child_process.execFileSync': program, spawn: program, spawnSync: program, execFile: program, execFileSync: program, 'cp.spawn': program, 'cp.spawnSync': program, execa: program, 'execa.sync': program, 'execa.execa': program, 'execa.execaSync': program,
    'cross-spawn': program, 'Deno.Command': program, 'Bun.spawn': { does: 'spawn', as: 'list' }, 'Bun.spawnSync': { does: 'spawn', as: 'list' }, 'shell.rm': { does: 'delete', recursive: true, paths: 'all' }, 'shelljs.rm': { does: 'delete', recursive: true, paths: 'all' },
    eval: evaluates, Function: evaluates, 'vm.runInNewContext': evaluates, 'vm.runInThisContext': evaluates, 'process.chdir': changesFolder,
    fetch: fetches, 'node-fetch': fetches, axios: fetches, 'axios.request': { does: 'send', url: 0, options: 0 }, got: fetches, 'undici.fetch': fetches, 'undici.request': fetches, 'https.request': fetches, 'http.request': fetches,
    ...Object.fromEntries(clients.flatMap((client) => ['get', 'head', 'delete', 'del'].map((verb) => [`${client}.${verb}`, sends(verb === 'del' ? 'DELETE' : verb.toUpperCase())]))),
    ...Object.fromEntries(clients.flatMap((client) => ['post', 'put', 'patch'].map((verb) => [`${client}.${verb}`, sends(verb.toUpperCase(), 1)]))),
    'fs.readFile': readsFile, 'fs.readFileSync': readsFile, 'fs.createReadStream': readsFile, 'fs.promises.readFile': readsFile, 'fsp.readFile': readsFile, 'Bun.file': readsFile, 'Deno.readTextFile': readsFile, 'Deno.readTextFileSync': readsFile, 'Deno.readFile': readsFile, 'Deno.readFileSync': readsFile,
    sql: queries,
  },
  methods: {
    readFileSync: readsFile, readFile: readsFile, createReadStream: readsFile,
    rmSync: mayRecurse, unlinkSync: deletesFile, rmdirSync: onlyTrees, removeSync: deletesTree, emptyDirSync: deletesTree, execSync: runsLine, spawnSync: program, execFileSync: program, writeFileSync: writes,
    query: queries, execute: queries, exec: queries, run: queries, all: queries, each: queries, prepare: queries, raw: queries, unsafe: queries, sql: queries,
    $executeRaw: queries, $executeRawUnsafe: queries, $queryRaw: queries, $queryRawUnsafe: queries, executeSql: queries, batch: queries, queryArray: queries, queryObject: queries,
  },
};
