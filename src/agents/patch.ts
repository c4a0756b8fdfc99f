import type { Action } from '../core/action.ts';
import { type CallContext } from './call-context.ts';

const header = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+)$/;

/**
 * What a patch in the form of Codex' `apply_patch` does to which files: adds, updates, moves and deletions.
 * An update is known by the lines it adds only. https://github.com/openai/codex/blob/main/codex-rs/apply-patch/apply_patch_tool_instructions.md
 */
export function patchActions(patch: string, context: CallContext): readonly Action[] {
  const actions: Action[] = [];
  let file: { readonly kind: string; path: string; readonly added: string[] } | undefined;
  const finish = (): void => {
    if (file === undefined) return;
    const { kind, path, added } = file;
    if (kind === 'Delete File') actions.push({ ...context, tool: 'delete', path });
    else actions.push({ ...context, tool: 'write', path, content: added.join('\n'), ...(kind === 'Update File' ? { partial: true } : {}) });
  };
  for (const line of patch.split(/\r?\n/)) {
    const [, kind = '', path = ''] = header.exec(line.trimEnd()) ?? [];
    if (kind === 'Move to' && file !== undefined) {
      // The old name is gone, and what the new one held before too.
      actions.push({ ...context, tool: 'delete', path: file.path });
      file.path = path;
    } else if (kind !== '') {
      finish();
      file = { kind, path, added: [] };
    } else if (line.startsWith('+')) file?.added.push(line.slice(1));
  }
  finish();
  return actions;
}
