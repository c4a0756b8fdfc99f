import { changesFolder, deletesFile, deletesTree, evaluates, queries, readsFile, runsLine, sends, type CodeTable, type FunctionKind } from './kinds.ts';

const second: FunctionKind = { does: 'query', text: 1 };

export const php: CodeTable = {
  docs: 'https://www.php.net/manual/en/ref.filesystem.php',
  functions: {
    unlink: deletesFile, 'File.delete': deletesFile, 'File.deleteDirectory': deletesTree, 'File.cleanDirectory': deletesTree, file_put_contents: { does: 'open', path: 0, mode: 2 }, fopen: { does: 'open', path: 0, mode: 1 }, rename: { does: 'overwrite', path: 1 }, copy: { does: 'overwrite', path: 1 },
    exec: runsLine, shell_exec: runsLine, system: runsLine, passthru: runsLine, popen: runsLine, proc_open: { does: 'spawn', as: 'list' }, pcntl_exec: { does: 'spawn', as: 'words' },
    file_get_contents: readsFile, file: readsFile, readfile: readsFile, show_source: readsFile, highlight_file: readsFile, parse_ini_file: readsFile,
    eval: evaluates, assert: evaluates, chdir: changesFolder,
    mysqli_query: second, mysqli_multi_query: second, pg_query: { does: 'query', text: 1 }, mysql_query: queries, 'DB.statement': queries, 'DB.unprepared': queries, 'DB.delete': queries, 'DB.update': queries, 'DB.select': queries,
    'Http.delete': sends('DELETE'), 'Http.post': sends('POST', 1),
  },
  methods: {
    query: queries, exec: queries, prepare: queries, execute: queries, multi_query: queries, executeStatement: queries, executeQuery: queries, statement: queries,
  },
};
