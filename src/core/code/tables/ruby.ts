import { changesFolder, deletesFiles, deletesTree, evaluates, queries, readsFile, sends, type CodeTable, type FunctionKind } from './kinds.ts';

const runs: FunctionKind = { does: 'spawn', as: 'words' };
const writes: FunctionKind = { does: 'overwrite', path: 0 };
const replacesSecond: FunctionKind = { does: 'overwrite', path: 1 };
const clients = ['HTTParty', 'RestClient', 'Faraday', 'Typhoeus', 'Excon', 'HTTP'];

export const ruby: CodeTable = {
  docs: 'https://docs.ruby-lang.org/en/master/FileUtils.html',
  functions: {
    'FileUtils.rm_rf': deletesTree, 'FileUtils.rm_r': deletesTree, 'FileUtils.rmtree': deletesTree, 'FileUtils.remove_dir': deletesTree, 'FileUtils.remove_entry': deletesTree, 'FileUtils.remove_entry_secure': deletesTree, 'FileUtils.rm': deletesFiles, 'FileUtils.rm_f': deletesFiles, 'FileUtils.remove': deletesFiles,
    rm_rf: deletesTree, rm_r: deletesTree, 'File.delete': deletesFiles, 'File.unlink': deletesFiles, 'File.write': writes, 'IO.write': writes, 'File.truncate': writes, 'File.open': { does: 'open', path: 0, mode: 1 }, 'File.new': { does: 'open', path: 0, mode: 1 }, 'File.rename': replacesSecond,
    'FileUtils.mv': replacesSecond, 'FileUtils.cp': replacesSecond, 'FileUtils.cp_r': replacesSecond,
    system: runs, exec: runs, spawn: runs, 'Kernel.system': runs, 'Kernel.exec': runs, 'Process.spawn': runs, 'IO.popen': runs, 'Open3.capture2': runs, 'Open3.capture2e': runs, 'Open3.capture3': runs, 'Open3.popen3': runs, sh: runs,
    'File.read': readsFile, 'IO.read': readsFile, 'File.readlines': readsFile, 'IO.readlines': readsFile, 'File.foreach': readsFile, 'IO.foreach': readsFile, 'File.binread': readsFile,
    eval: evaluates, instance_eval: evaluates, 'Dir.chdir': changesFolder,
    ...Object.fromEntries(clients.flatMap((client) => ['get', 'head', 'delete', 'post', 'put', 'patch'].map((verb) => [`${client}.${verb}`, sends(verb.toUpperCase(), verb === 'post' || verb === 'put' || verb === 'patch' ? 1 : undefined)]))),
    'Net.HTTP.Delete.new': { does: 'send', method: 'DELETE', url: 0 }, 'Net.HTTP.post': { does: 'send', method: 'POST', url: 0, body: 1 },
  },
  methods: {
    rmtree: { does: 'delete', recursive: true, paths: 'receiver' }, execute: queries, exec_query: queries, exec: queries, query: queries, exec_update: queries, exec_delete: queries, run: queries, find_by_sql: queries,
  },
};
