import { closeSync, openSync, readSync } from 'node:fs';
import { Script } from 'node:vm';
import type { Rule } from '../core/rule.ts';

/** Gives a module of the core that a rule works with, by the path its file imports it from. */
type ImportModule = (path: string) => unknown;

/** A rule's file as the build writes it: a function that gives the rule. */
type RuleModule = (require: ImportModule, give: (rule: Rule) => void) => void;

/**
 * Reads one rule of the file that the build has put all rules in.
 * @param at where the rule begins, in bytes
 * @param length in bytes; the text is ASCII
 * @throws Error when the file is not the one the engine was built with
 */
export function readRule(file: string, at: number, length: number, importModule: ImportModule): Rule {
  const define = new Script(readPart(file, at, length), { filename: file }).runInThisContext() as RuleModule;
  let rule: Rule | undefined;
  define(importModule, (given) => (rule = given));
  if (rule === undefined) throw new Error(`${file} holds no rule at ${at}.`);
  return rule;
}

function readPart(file: string, at: number, length: number): string {
  const part = Buffer.alloc(length);
  const opened = openSync(file, 'r');
  try {
    let read = 0;
    for (let more = -1; more !== 0 && read < length; read += more) more = readSync(opened, part, read, length - read, at + read);
    if (read < length) throw new Error(`${file} ends before ${at + length}.`);
  } finally {
    closeSync(opened);
  }
  return part.toString('latin1');
}
