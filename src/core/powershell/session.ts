import type { Analysis, Place } from '../analysis.ts';
import type { Effect, Span } from '../effect.ts';
import type { PathPlace } from '../files/path-effects.ts';
import type { Invocation } from '../invocation.ts';
import { programOf, type Word } from '../shell/word.ts';
import type { Argument } from './parameters.ts';
import type { State } from './state.ts';
import type { Token } from './tokenize.ts';
import type { Value } from './values.ts';

/** What the parts of the reader share while they go through one text. */
export interface Session {
  readonly analysis: Analysis;
  readonly place: Place;
  report(effects: readonly Effect[]): void;
  /** Goes through statements; gives what they would put into the pipeline. */
  statements(tokens: readonly Token[], state: State, input?: Value): Value;
  /** Runs text that is PowerShell again. */
  nested(text: string, state: State): void;
  /** The effects of text that is run on another machine. */
  elsewhere(text: string, state: State, span: Span | undefined): readonly Effect[];
  /** Hands a program to whoever knows it. */
  invoke(argv: readonly Word[], state: State, input: Value | undefined, span: Span | undefined): void;
  spanOf(tokens: readonly Token[]): Span | undefined;
  /** The tokens as they are written. */
  written(tokens: readonly Token[]): string;
}

/** One call of a cmdlet. */
export interface CmdletCall {
  /** In lower case, aliases resolved: `remove-item`. */
  readonly name: string;
  readonly given: readonly Argument[];
  /** What comes through the pipeline; undefined where nothing does. */
  readonly input: Value | undefined;
  readonly state: State;
  readonly session: Session;
  readonly span: Span | undefined;
  /** The call as it is written, for naming what it gives. */
  readonly written: string;
}

export function placeOf(session: Session, state: State): PathPlace {
  const { span } = session.place;
  return { cwd: state.cwd, env: state.env, ...(span ? { span } : {}) };
}

/** Where text inside this text would run. */
export function innerPlace(session: Session, state: State, span?: Span): Place {
  const { place } = session;
  const own = place.span ?? span;
  return { cwd: state.cwd, env: state.env, promptsAnswered: place.promptsAnswered ?? false, ...(own ? { span: own } : {}) };
}

/** What PowerShell and cmd.exe would start for words; Windows does not tell letter case apart in names. */
export function windowsInvocation(argv: readonly Word[], place: Place, more: Partial<Invocation> = {}): Invocation {
  const [first, ...rest] = argv;
  const name = first && { ...first, text: first.text.replaceAll('\\', '/') };
  const program = programOf(name).toLowerCase().replace(/\.(?:cmd|bat|com|ps1)$/, '');
  return {
    program, argv: name ? [name, ...rest] : [], env: place.env, cwd: place.cwd, redirections: [], promptsAnswered: place.promptsAnswered ?? false,
    ...(place.span ? { span: place.span } : {}), ...more,
  };
}

/** Where an effect is found. */
export interface Finding {
  readonly span: Span | undefined;
  readonly state: Pick<State, 'env'>;
}

/** The part of an effect that says where it was found. */
export function found({ span, state }: Finding): Pick<Effect, 'env'> & { readonly span?: Span } {
  return { env: state.env, ...(span ? { span } : {}) };
}
