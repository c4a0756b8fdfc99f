import { changesFolder, deletesFiles, evaluates, queries, readsFile, type CodeTable, type FunctionKind } from './kinds.ts';

const deletesTrees: FunctionKind = { does: 'delete', recursive: true, paths: 'all' };
const runs: FunctionKind = { does: 'spawn', as: 'words' };

export const perl: CodeTable = {
  docs: 'https://perldoc.perl.org/File::Path',
  functions: {
    unlink: deletesFiles, rmtree: deletesTrees, remove_tree: deletesTrees, 'File.Path.rmtree': deletesTrees, 'File.Path.remove_tree': deletesTrees,
    open: { does: 'open', path: 2, mode: 1 }, truncate: { does: 'overwrite', path: 0 }, rename: { does: 'overwrite', path: 1 }, move: { does: 'overwrite', path: 1 }, copy: { does: 'overwrite', path: 1 },
    system: runs, exec: runs, eval: evaluates, chdir: changesFolder, write_file: { does: 'overwrite', path: 0 }, read_file: readsFile,
  },
  methods: {
    slurp: { does: 'read', path: 'receiver' }, slurp_utf8: { does: 'read', path: 'receiver' },
    do: queries, prepare: queries, execute: queries, selectall_arrayref: queries, remove_tree: { does: 'delete', recursive: true, paths: 'receiver' }, spew: { does: 'overwrite', path: 'receiver' },
  },
};
