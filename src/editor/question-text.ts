import type { Action } from '../core/action.ts';
import type { Environment } from '../core/effect.ts';
import { losesLocalPaths } from '../core/keeping.ts';
import type { Finding } from '../core/verdict.ts';
import type { Losses } from '../core/world.ts';
import { count } from '../core/files/wording.ts';
import type { BackupFacts } from '../gate/backups.ts';
import type { CountedRows } from '../gate/counted-rows.ts';
import type { Question } from '../gate/ports.ts';
import { excerpt, listed, oneLine, visible } from '../core/shown-text.ts';

/** What the text needs beside the question itself. */
export interface QuestionContext {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Replaces the values of known secrets. */
  readonly mask: (text: string) => string;
  /** The tag of the folder the action runs in. */
  readonly tag?: Environment;
  /** The person's home folder, written as `~`. */
  readonly home?: string;
  /** Questions that wait behind this one. */
  readonly behind?: number;
}

/** A question in words. */
export interface QuestionText {
  /** What would be lost, then where. */
  readonly message: string;
  readonly detail: string;
  /** Label of the button that lets the action run. */
  readonly allow: string;
}

/** The input box in which a person types a name. */
export interface TypedText {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** What is said to a wrong name. */
  readonly refusal: string;
}

export const DENY = 'Deny';
export const WHY = 'Why?';
export const MORE = 'More…';
export const CANCEL = 'Cancel';

/** The dialog is narrow and has to fit a small screen whole, or its first sentence is scrolled out of sight. */
const COMMAND_WINDOW = { characters: 480, lines: 8 };
const SENTENCE = 240;
const NAME = 120;
const PATHS_SHOWN = 4;
const FINDINGS_SHOWN = 4;

/** The words of the modal. Everything an agent or a file wrote is masked, made visible and bounded. */
export function questionText(question: Question, context: QuestionContext): QuestionText {
  const [first, ...others] = question.verdict.findings;
  const shown = (text: string): string => oneLine(withHome(context.mask(text), context.home), SENTENCE);
  const typed = question.verdict.confirmation?.by === 'type';
  const blocks = [
    commandExcerpt(question.action, first, context.mask),
    [...(first ? findingLines(first, question, context.now, shown) : []), ...otherLines(others, shown)].join('\n'),
    [`Agent: ${shown(agentOf(question))}`, ...(first ? [`Rule: ${shown(ruleOf(first))}`] : [])].join('\n'),
    `${typed ? 'To allow it you type its name. ' : ''}${timeLeft(question.deadline - context.now)} Escape means ${DENY}.${behind(context.behind)}`,
  ];
  return {
    message: messageOf(first, context.tag, shown),
    detail: blocks.filter((block) => block !== '').join('\n\n'),
    allow: typed ? 'Allow Once…' : 'Allow Once',
  };
}

/** The words of the input box that follows when a name has to be typed. */
export function typedText(question: Question, name: string, mask: (text: string) => string): TypedText {
  const [first] = question.verdict.findings;
  const shown = oneLine(mask(name), NAME);
  return {
    title: first ? oneLine(firstSentence(mask(first.why)), NAME) : 'This cannot be undone',
    prompt: `Type ${shown} to allow it once. Escape means ${DENY}.`,
    placeholder: shown,
    refusal: `That is not the name. Nothing runs unless you type ${shown}.`,
  };
}

/** One plain sentence for an action, as the activity view and the journal of a person's answers show it. */
export function actionTitle(action: Action, mask: (text: string) => string): string {
  return oneLine(mask(actionText(action)), NAME);
}

function messageOf(first: Finding | undefined, tag: Environment | undefined, shown: (text: string) => string): string {
  if (!first) return 'Nobody could tell what this would do.';
  const sentences = [sentence(shown(first.why)), environmentSentence[first.environment]];
  const unproven = first.environment === 'production' || first.environment === 'unknown';
  if (unproven && tag && tag !== 'production' && tag !== 'unknown') sentences.unshift(`This targets something that is not known to be ${tag}.`);
  return sentences.join(' ');
}

const environmentSentence: Readonly<Record<Environment, string>> = {
  production: 'The target is production.',
  unknown: "The target's environment is unknown, so it is treated as production.",
  staging: 'The target is staging.',
  development: 'The target is development.',
  local: 'The target is on this machine.',
};

function findingLines(finding: Finding, { losses, rows, backup }: Pick<Question, 'losses' | 'rows' | 'backup'>, now: number, shown: (text: string) => string): readonly string[] {
  const { resource } = finding;
  const name = [resource.kind, resource.name].filter((part) => part !== '').join(' ');
  // A path says itself that it is on this machine.
  const provider = resource.provider && finding.target.by !== 'path' ? ` at ${resource.provider}` : '';
  const evidence = finding.evidence.filter((clause) => !clause.startsWith(NO_EVIDENCE));
  return [
    `Target: ${shown(name + provider)}`,
    `Environment: ${finding.environment}${evidence.length > 0 ? ` (${shown(listed(evidence, 3))})` : finding.environment === 'unknown' ? ' (nothing says which)' : ''}`,
    ...(losses ? [`Lost: ${lossText(losses)}`] : []),
    ...(rows ? [rowsLine(rows, resource.name, shown)] : []),
    ...(finding.paths?.length ? [`${losses ? 'In' : 'Lost'}: ${shown(listed(finding.paths, PATHS_SHOWN))}`] : []),
    `Copy: ${backup?.required ? 'if you allow it, your backup command must succeed first.' : copySentence(finding)}`,
    ...(backup?.newest ? [newestLine(backup.newest, resource.name, now, shown)] : []),
    ...(finding.verb === 'useCredential' ? [] : finding.saferWay ? [`Safer: ${shown(finding.saferWay)}`] : []),
  ];
}

/** How `locate` says that it found nothing; the resource it names stands in the line above. */
const NO_EVIDENCE = 'nothing says which environment';

/** `143 files (2.1 MB): 12 with uncommitted changes, 3 untracked, 2 commits nobody else has`. */
export function lossText({ files, bytes, untracked, dirty, ignored, unpushed, truncated }: Losses): string {
  const kinds = [
    ...(dirty > 0 ? [`${dirty.toLocaleString('en')} with uncommitted changes`] : []),
    ...(untracked > 0 ? [`${untracked.toLocaleString('en')} untracked`] : []),
    ...(ignored > 0 ? [`${ignored.toLocaleString('en')} that git ignores`] : []),
    ...(unpushed > 0 ? [`${count(unpushed, 'commit')} nobody else has`] : []),
  ];
  const parts = kinds.length > 0 ? `: ${kinds.join(', ')}` : truncated ? '' : ', all of them committed';
  return `${truncated ? 'at least ' : ''}${count(files, 'file')} (${sizeText(bytes)})${parts}`;
}

/** `Rows: 1,204,331 (counted now)`; says of what, where that is not the target. */
function rowsLine(rows: CountedRows, target: string, shown: (text: string) => string): string {
  const of = rows.name === target || rows.name === '' ? '' : ` of ${shown(rows.name)}`;
  return `Rows${of}: ${'rows' in rows ? `${rows.rows.toLocaleString('en')} (counted now)` : `could not be counted: ${rows.problem}.`}`;
}

/** `Newest backup: 3 hours ago (2027-01-15 03:00 UTC)`; says of what, where that is not the target. */
function newestLine(newest: NonNullable<BackupFacts['newest']>, target: string, now: number, shown: (text: string) => string): string {
  const of = newest.name === target || newest.name === '' ? '' : ` of ${shown(newest.name)}`;
  if ('problem' in newest) return `Newest backup${of}: not known, ${newest.problem}.`;
  return `Newest backup${of}: ${ageText(now - newest.time)} (${new Date(newest.time).toISOString().slice(0, 16).replace('T', ' ')} UTC)`;
}

function ageText(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${count(minutes, 'minute')} ago`;
  return minutes < 2 * 24 * 60 ? `${count(Math.floor(minutes / 60), 'hour')} ago` : `${count(Math.floor(minutes / (24 * 60)), 'day')} ago`;
}

function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** power;
  return `${power > 0 && size < 10 ? size.toFixed(1) : Math.round(size)} ${units[power]}`;
}

function copySentence(finding: Finding): string {
  if (finding.reversibility === 'reversible') return 'none needed, it can be undone.';
  if (finding.repository?.push) return 'if you allow it, what the remote has is fetched first.';
  if (losesLocalPaths(finding)) return 'if you allow it, what is on disk is copied to the vault first.';
  if (finding.repository) return 'if you allow it, branches, stashes and changes are kept in the vault first.';
  return finding.reversibility === 'recoverable' ? 'what would be lost also exists elsewhere.' : 'none can be made.';
}

/** The other findings, credentials first: where a token came from matters more than a second row of the same table. */
function otherLines(others: readonly Finding[], shown: (text: string) => string): readonly string[] {
  const credentials = others.filter((finding) => finding.verb === 'useCredential' || finding.verb === 'expose');
  const rest = others.filter((finding) => !credentials.includes(finding));
  const lines = [
    ...credentials.map((finding) => `Credential: ${shown(finding.why)}`),
    ...rest.map((finding) => `Also: ${shown(finding.why)}`),
  ];
  const hidden = lines.length - FINDINGS_SHOWN;
  return hidden > 0 ? [...lines.slice(0, FINDINGS_SHOWN), `Also: ${hidden} more ${hidden === 1 ? 'finding' : 'findings'}`] : lines;
}

function agentOf({ agentTitle, action, elsewhere }: Question): string {
  return action.cwd === '' ? agentTitle : `${agentTitle} in ${action.cwd}${elsewhere ? ', which no window has open' : ''}`;
}

/** Why the built-in policy holds what is not known to be harmless has been said by then. */
function ruleOf({ rule, source, because, environment, target }: Finding): string {
  const said = source === 'built-in' && target.by !== 'path' && (environment === 'production' || environment === 'unknown');
  return `${rule} (${source})${said ? '' : `: ${because}`}`;
}

/** `No answer within 4 min 30 s means Deny.` */
function timeLeft(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const parts = [...(minutes > 0 ? [`${minutes} min`] : []), ...(seconds % 60 > 0 || minutes === 0 ? [`${seconds % 60} s`] : [])];
  return `No answer within ${parts.join(' ')} means ${DENY}.`;
}

function behind(count = 0): string {
  if (count === 0) return '';
  return count === 1 ? ' 1 more question waits after this one.' : ` ${count} more questions wait after this one.`;
}

/** Around the part that decided, so that padding cannot push it out of sight. */
function commandExcerpt(action: Action, first: Finding | undefined, mask: (text: string) => string): string {
  const text = actionText(action);
  // Masking and escaping move offsets: the same is done to what stands before the span to find its new place.
  const around = visible(mask(text.slice(0, first?.span?.start ?? 0))).length;
  return excerpt(visible(mask(text)).trimEnd(), around, COMMAND_WINDOW);
}

function actionText(action: Action): string {
  switch (action.tool) {
    case 'shell':
      return action.command;
    case 'read':
      return `read ${action.path}`;
    case 'write':
      return `${action.partial ? 'edit' : 'write'} ${action.path}`;
    case 'delete':
      return `delete ${action.path}`;
    case 'search':
      return `search ${action.path} for ${action.pattern}`;
    case 'mcp':
      return `${action.server} › ${action.name} ${JSON.stringify(action.arguments)}`;
    case 'http':
      return `${action.method} ${action.url}${action.body ? `\n\n${action.body}` : ''}`;
    case 'other':
    default:
      return `${action.name} ${JSON.stringify(action.input)}`;
  }
}

function withHome(text: string, home: string | undefined): string {
  return home && home !== '/' ? text.replaceAll(`${home}/`, '~/') : text;
}

/** A full stop inside a name or number is followed by no blank. */
function firstSentence(text: string): string {
  const end = text.indexOf('. ');
  return end < 0 ? text : text.slice(0, end + 1);
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
