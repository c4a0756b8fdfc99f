import type { Effect, Span } from '../effect.ts';
import { forEachChild, type ArithmeticExpression, type ArithmeticFor, type CommandNode, type PipelineNode, type Statement, type SyntaxNode, type While } from './parse.ts';
import type { FunctionBody } from './state.ts';

/** Text that starts ever more processes until the machine stands still, and takes unsaved work with it. */

type Spend = (steps: number) => void;

/** Commands that end a loop, or wait for what it has started; only in the loop's own shell. */
const leaving = new Set(['break', 'exit', 'return', 'exec', 'wait', 'logout']);
/** Commands that take no time worth speaking of. */
const instant = new Set(['true', 'false', ':', 'echo', 'printf', 'let', 'export', 'declare', 'local', 'set', 'unset', 'test', '[', 'cd', 'pushd', 'popd', 'shift', 'continue', 'eval', 'command', 'builtin']);

/** True for a loop without end that starts jobs beside itself and neither waits for them nor does anything that takes time. */
export function startsJobsWithoutEnd(loop: While | ArithmeticFor, spend: Spend): boolean {
  const endless = loop.type === 'While' ? constantOf(loop.clause.commands) === (loop.kind === 'while') : loop.test === undefined || numberOf(loop.test) === true;
  return endless && startsJob(loop.body.commands, spend) && !holdsUp(loop.body.commands, false, spend);
}

/** True for a function whose way always leads to a call of itself. */
export function callsItselfAlways(name: string, body: FunctionBody, spend: Spend): boolean {
  for (const { command } of statementsOf(body)) {
    if (startsWith(command, name)) return true;
    if (hasCommand(command, leaving, spend)) return false;
  }
  return false;
}

export function withoutEnd(what: string, rule: 'fork-bomb' | 'endless', span: Span | undefined): Effect {
  return {
    verb: 'stop', resource: { kind: 'machine', name: '' }, reversibility: 'irreversible', certainty: rule === 'fork-bomb' ? 'certain' : 'likely', rule: `shell/${rule}`,
    why: `${what} until the machine stands still.`, saferWay: 'Give it an end: a number of rounds, or a wait for what was started.', target: { by: 'path' }, ...(span ? { span } : {}),
  };
}

function statementsOf(body: FunctionBody): readonly Statement[] {
  if (body.type === 'Redirected') return statementsOf(body.command);
  if (body.type === 'CompoundList') return body.commands;
  return body.type === 'BraceGroup' || body.type === 'Subshell' ? body.body.commands : [];
}

function startsWith(node: Statement['command'] | PipelineNode, name: string): boolean {
  if (node.type === 'AndOr') return startsWith(node.commands[0] as PipelineNode, name);
  if (node.type === 'Pipeline') return node.commands.some((command) => startsWith(command, name));
  if (node.type === 'Command') return node.name?.value === name;
  return (node.type === 'BraceGroup' || node.type === 'Subshell') && node.body.commands.slice(0, 1).some(({ command }) => startsWith(command, name));
}

/** True when one of these programs is named somewhere below a node. */
export function hasCommand(node: SyntaxNode, names: ReadonlySet<string>, spend: Spend): boolean {
  const waiting: SyntaxNode[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    spend(1);
    if (next.type === 'Command' && names.has(next.name?.value ?? '')) return true;
    forEachChild(next, (child) => {
      waiting.push(child);
    });
  }
  return false;
}

/** True or false for a condition that never changes; undefined for any other. */
function constantOf(statements: readonly Statement[]): boolean | undefined {
  const node = statements.length === 1 ? statements[0]?.command : undefined;
  if (node?.type === 'ArithmeticCommand') return node.expression && numberOf(node.expression);
  if (node?.type !== 'Command') return undefined;
  const name = node.name?.value;
  if (name === 'true' || name === ':') return true;
  if (name === 'false') return false;
  const words = node.args.map((word) => (word.type === 'Word' && !word.parts ? word.value : undefined));
  return (name === '[' && words.length === 2) || (name === 'test' && words.length === 1) ? words[0] !== undefined && words[0] !== '' : undefined;
}

function numberOf(expression: ArithmeticExpression): boolean | undefined {
  if (expression.type === 'ArithmeticGroup') return numberOf(expression.expression);
  return expression.type === 'ArithmeticWord' && /^\d+$/.test(expression.value) ? Number(expression.value) !== 0 : undefined;
}

/** The lists that may run as a part of a command, those behind a condition that never holds left out. */
function listsOf(node: Statement['command'] | CommandNode | PipelineNode): readonly (readonly Statement[])[] {
  switch (node.type) {
    case 'Redirected':
      return listsOf(node.command);
    case 'Subshell':
    case 'BraceGroup':
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
      return [node.body.commands];
    case 'While':
      return [node.clause.commands, node.body.commands];
    case 'If': {
      const holds = constantOf(node.clause.commands);
      const others = holds === true ? [] : [...node.elif.flatMap(({ clause, then }) => [clause.commands, then.commands]), ...(node.else ? [node.else.commands] : [])];
      return [node.clause.commands, ...(holds === false ? [] : [node.then.commands]), ...others];
    }
    case 'Case':
      return node.items.map((item) => item.body.commands);
    default:
      return [];
  }
}

function startsJob(statements: readonly Statement[], spend: Spend): boolean {
  return statements.some(({ command, background }) => {
    spend(1);
    return background || listsOf(command).some((list) => startsJob(list, spend));
  });
}

/** True when something in the list waits, leaves the loop or takes time. `apart`: it runs in a shell of its own, which cannot leave this one. */
function holdsUp(statements: readonly Statement[], apart: boolean, spend: Spend): boolean {
  return statements.some(({ command, background }) => !background && takesTime(command, apart, spend));
}

function takesTime(node: Statement['command'] | PipelineNode, apart: boolean, spend: Spend): boolean {
  spend(1);
  if (node.type === 'AndOr') return node.commands.some((command) => takesTime(command, apart, spend));
  if (node.type === 'Pipeline') return node.commands.some((command) => takesTime(command, apart || node.commands.length > 1, spend));
  if (node.type !== 'Command') return listsOf(node).some((list) => holdsUp(list, apart || node.type === 'Subshell', spend));
  const name = node.name?.value;
  if (name === undefined || instant.has(name)) return false;
  return !(apart && leaving.has(name));
}
