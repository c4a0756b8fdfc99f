import type { McpAction } from '../action.ts';
import type { Effect } from '../effect.ts';
import { wordsOfName } from '../verbs.ts';
import type { Argument } from './arguments.ts';

/** Tools that press something on a page or a screen. */
const pressing = /^(?:click|press|tap|dblclick|computer|hotkey)$/;
/** Arguments that say in words what is pressed. */
const labels = /^(?:element|description|label|text|name|target|selector|instruction|action_description)$/i;
/** Words of buttons behind which something is gone, in the languages products come in. */
const destructiveLabel = /\b(?:delete|destroy|erase|wipe|purge|terminate|deactivate|revoke|unpublish|factory reset|empty trash|lösch\w*|supprimer|eliminar|borrar|excluir|elimina)\b|удалить|削除|消去|删除|刪除|삭제/iu;

/** A click cannot be judged, unless the call itself says that it is on a button that deletes. */
export function pressEffects(tool: string, found: readonly Argument[], action: McpAction): readonly Effect[] {
  if (!wordsOfName(tool).some((word) => pressing.test(word))) return [];
  const label = found.find(({ key, value }) => labels.test(key) && value.length < 300 && destructiveLabel.test(value))?.value;
  if (label === undefined) return [];
  return [{
    verb: 'delete', resource: { kind: 'record', name: label, provider: action.server }, reversibility: 'irreversible', certainty: 'likely', rule: 'mcp/press-delete',
    why: `Presses “${label}” on a page, which may not be undone.`, saferWay: 'Let a person press it.', target: { by: 'named', system: action.server },
  }];
}

const collections = /^(?:variables|variable|vars|env|envs|environment|config|configuration|settings|secrets|rules|policy|policies|permissions|members|tags|records)$/;

/** A tool that puts a new whole in place of a collection: what is not in the call is gone. */
export function replaceEffects(tool: string, action: McpAction): readonly Effect[] {
  const words = wordsOfName(action.name.includes('.') ? action.name : tool);
  const kind = words.find((word) => collections.test(word));
  const says = Object.entries(action.arguments).some(([key, value]) => /^(?:replace|replace_?all|overwrite|prune)$/i.test(key) && value === true);
  const isWhole = says || words.includes('replace') || (words.includes('apply') && kind?.startsWith('config') === true);
  if (kind === undefined || !isWhole || action.arguments.dryRun === true || action.arguments.dry_run === true) return [];
  return [{
    verb: 'overwrite', resource: { kind, name: '', provider: action.server }, reversibility: 'irreversible', certainty: 'likely', rule: 'mcp/replace',
    why: `Replaces the whole ${kind} that ${action.server || 'an MCP server'} keeps: what the call does not list is lost.`, saferWay: 'Change single entries, or read and keep what is there first.', target: { by: 'named', system: action.server },
  }];
}
