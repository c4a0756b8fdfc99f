import type { Analysis, Place } from '../analysis.ts';
import { base64Text } from '../base64.ts';
import type { Effect } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { own } from '../own.ts';
import { isKnown, textOf, type Word } from '../shell/word.ts';
import { cmdText, commandOfCmd, programLine } from './cmd-words.ts';
import { readScript, unreadable } from './scripts.ts';
import { concatenate } from './values.ts';

/**
 * Parameters of powershell.exe and pwsh; any beginning of a name will do.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe, about_pwsh
 */
const valueParameters = ['executionpolicy', 'windowstyle', 'version', 'configurationname', 'configurationfile', 'inputformat', 'outputformat', 'psconsolefile', 'settingsfile', 'custompipename', 'workingdirectory', 'encodedarguments'];
const plainParameters = ['nologo', 'noexit', 'noprofile', 'noninteractive', 'noprofileloadtime', 'sta', 'mta', 'login', 'interactive', 'help', 'sshservermode'];
const shortNames: Readonly<Record<string, string>> = { c: 'command', e: 'encodedcommand', ec: 'encodedcommand', f: 'file', ep: 'executionpolicy', ex: 'executionpolicy', w: 'windowstyle', wd: 'workingdirectory', cwa: 'commandwithargs', nop: 'noprofile', noni: 'noninteractive', i: 'interactive', l: 'login', v: 'version', o: 'outputformat', of: 'outputformat', if: 'inputformat' };
const names = ['command', 'encodedcommand', 'file', ...valueParameters, ...plainParameters, 'commandwithargs'];

/** What PowerShell would run when it is started as a program. */
export function launchPowershell(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const words = invocation.argv.slice(1);
  let place = placeOf(invocation);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const name = parameterOf(word);
    if (word.text === '-') return runInput(invocation, place, analysis);
    if (name === undefined) return invocation.program === 'pwsh' && !/\s/.test(word.text) ? runFile(word, place, analysis) : runCommand(words.slice(at), invocation, place, analysis);
    if (name === 'command' || name === 'commandwithargs') return runCommand(words.slice(at + 1), invocation, place, analysis);
    if (name === 'file') return words[at + 1]?.text === '-' ? runInput(invocation, place, analysis) : runFile(words[at + 1], place, analysis);
    if (name === 'encodedcommand') return runEncoded(words[at + 1], place, analysis);
    if (name === 'help' || (name === 'version' && words.length === 1)) return [];
    if (name === 'workingdirectory') place = { ...place, cwd: textOf(words[at + 1]) };
    if (valueParameters.includes(name)) at++;
  }
  return runInput(invocation, place, analysis);
}

/** The parameter a word means; undefined where it is none. */
function parameterOf(word: Word): string | undefined {
  const given = /^(?:--?|\/|[–—―])([a-z?]+)$/i.exec(word.text)?.[1]?.toLowerCase();
  if (given === undefined || !isKnown(word)) return undefined;
  return given === '?' ? 'help' : (own(shortNames, given) ?? names.find((name) => name.startsWith(given)));
}

function placeOf(invocation: Invocation): Place {
  const { cwd, env, span, promptsAnswered, stdin } = invocation;
  const answered = promptsAnswered || (stdin?.known === true && /^\s*(?:y|yes|a)\b/i.test(stdin.text));
  return { cwd, env, promptsAnswered: answered, span: span ?? { start: 0, end: 0 } };
}

/** All words after `-Command` are one text; a dash stands for what comes in. */
function runCommand(words: readonly Word[], invocation: Invocation, place: Place, analysis: Analysis): readonly Effect[] {
  if (words.length === 1 && words[0]?.text === '-') return runInput(invocation, place, analysis);
  const text = concatenate(words, ' ');
  const effects = analysis.powershell(/^&?\s*\{([\s\S]*)\}$/.exec(text.text.trim())?.[1] ?? text.text, place);
  // A text that is nothing but one unknown part is code nobody looked into.
  const hole = text.holes[0];
  return hole && text.text.trim().length <= hole.end - hole.start ? [...effects, unseen('a command', place)] : effects;
}

function runFile(file: Word | undefined, place: Place, analysis: Analysis): readonly Effect[] {
  const path = textOf(file);
  if (path === undefined) return [];
  const script = readScript(path, place, analysis);
  if (script.is === 'text') return analysis.powershell(script.text, place);
  return script.is === 'absent' ? [] : [unreadable(path, place)];
}

function runEncoded(word: Word | undefined, place: Place, analysis: Analysis): readonly Effect[] {
  const encoded = textOf(word);
  const text = encoded === undefined ? undefined : base64Text(encoded, 'utf16le');
  return text === undefined ? [unseen('an encoded command', place)] : analysis.powershell(text, place);
}

function runInput({ stdin }: Invocation, place: Place, analysis: Analysis): readonly Effect[] {
  if (!stdin) return [];
  const effects = analysis.powershell(stdin.text, place);
  return stdin.known ? effects : [...effects, unseen('whatever another command writes', place)];
}

function unseen(what: string, place: Place): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'command', name: '' }, reversibility: 'irreversible', certainty: 'unknown', rule: 'powershell/unseen-command',
    why: `Runs ${what} as PowerShell, which nobody can see beforehand.`, saferWay: 'Write it as a plain command.',
    target: { by: 'path' }, env: place.env, docs: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe', ...(place.span ? { span: place.span } : {}),
  };
}

/** What cmd.exe would run when another program starts it with these words. */
export function launchCmd(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const place = placeOf(invocation);
  const words = invocation.argv.slice(1);
  const command = commandOfCmd(programLine(words.map(cmdText)));
  if (command !== undefined) return analysis.cmd(command, place);
  const { stdin } = invocation;
  if (!stdin) return [];
  const effects = analysis.cmd(stdin.text, place);
  return stdin.known ? effects : [...effects, { ...unseen('whatever another command writes', place), rule: 'cmd/unseen-input', why: 'Runs whatever another command writes with cmd.exe, which nobody can see beforehand.' }];
}
