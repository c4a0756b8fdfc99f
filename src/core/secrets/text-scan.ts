import type { Provider } from './providers.ts';

/** A secret found in a text: where it is and what it is called, never its value. */
export interface SecretFinding {
  /** `github personal access token`, `password`, `private key`, … */
  readonly kind: string;
  /** The name it is assigned to where there is one, else its kind. */
  readonly name: string;
  /** Half-open range of UTF-16 offsets of the value. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  /** Id of the provider it belongs to, where known. */
  readonly provider?: string;
}

/** A finding on its way: what was seen, and how sure its kind and name are. */
export interface Candidate {
  readonly kind: string;
  readonly name?: string;
  readonly start: number;
  readonly end: number;
  readonly provider?: Provider | undefined;
  /** A vendor's shape or a structure, whose kind says more than a name does. */
  readonly shaped: boolean;
}

/** What a file's name says about how its text is written. */
export type TextKind =
  /** `NAME=value` lines: everything after the sign is the value. */
  | 'env'
  /** YAML, INI, TOML, properties: unquoted values are values. */
  | 'config'
  /** Unquoted words are expressions. */
  | 'code'
  /** Prose, logs, anything else. */
  | 'text'
  /** Lock files, source maps, bundles: only shapes are looked for. */
  | 'generated'
  /** Examples of configuration, in which values are stand-ins unless plainly random. */
  | 'template';

/** The steps are used up, or the caller's deadline has passed. */
export class OutOfSteps extends Error {
  override readonly name = 'OutOfSteps';
}

/** One text being looked through, with what it may cost. */
export class Scan {
  readonly candidates: Candidate[] = [];
  readonly text: string;
  readonly end: number;
  readonly kind: TextKind;
  readonly path: string;
  /** Characters looked at so far; the measure of cost. */
  steps = 0;
  readonly #limit: number;
  readonly #expired: (() => boolean) | undefined;
  #nextCheck = 0;

  constructor(text: string, end: number, path: string, expired: (() => boolean) | undefined) {
    this.text = text;
    this.end = end;
    this.path = path;
    this.kind = kindOfText(path);
    this.#limit = end * 96 + 65_536;
    this.#expired = expired;
  }

  /** @throws OutOfSteps when nothing is left to spend. */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > this.#limit) throw new OutOfSteps();
    if (this.#expired && this.steps >= this.#nextCheck) {
      this.#nextCheck = this.steps + 65_536;
      if (this.#expired()) throw new OutOfSteps();
    }
  }

  add(candidate: Candidate): void {
    if (candidate.end > candidate.start) this.candidates.push(candidate);
  }

  /** Start of the line `at` stands on, looked for over at most `reach` characters. */
  lineStart(at: number, reach: number): number {
    const floor = Math.max(0, at - reach);
    let i = at;
    while (i > floor && this.text.charCodeAt(i - 1) !== 10) i--;
    this.spend(at - i);
    return i;
  }

  /** End of the line `at` stands on, looked for over at most `reach` characters. */
  lineEnd(at: number, reach: number): number {
    const ceiling = Math.min(this.end, at + reach);
    let i = at;
    while (i < ceiling && this.text.charCodeAt(i) !== 10) i++;
    this.spend(i - at);
    return i;
  }
}

const codeFile = /\.(?:[cm]?[jt]sx?|py|rb|go|java|kt|kts|cs|php|rs|swift|c|cc|cpp|h|hpp|scala|dart|exs?|lua|pl|vue|svelte|astro|groovy|clj|ml|fs|vb|m|mm|zig|sol|r|jl|bicep|tf|graphql|proto|css|scss|less)$/i;
const generatedFile = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|composer\.lock|cargo\.lock|poetry\.lock|uv\.lock|gemfile\.lock|pipfile\.lock|go\.sum|flake\.lock|pubspec\.lock|podfile\.lock|mix\.lock|[^/]*sums)$|\.(?:map|snap|svg|lock|min\.(?:js|css))$/i;
const configFile = /\.(?:ya?ml|ini|toml|cfg|conf|cnf|properties|tfvars|tfstate|env|npmrc|yarnrc|pypirc|s3cfg|http|rest)$|(?:^|\/)(?:config|credentials|\.?my\.cnf|\.npmrc|\.yarnrc(?:\.yml)?|\.pypirc|\.netrc|_netrc|\.gitconfig|\.boto|\.s3cfg|\.sentryclirc)$/i;

/** True for the names of files that show which values are needed: `.env.example`, `config.sample.yml`. */
export function isTemplateName(name: string): boolean {
  const lower = name.toLowerCase();
  return (/[._-](?:example|sample|template|tmpl|dist|defaults|schema|tpl|default)s?(?:\.[a-z0-9]{1,8})?$/.test(lower) || /^(?:example|sample|template)[._-]?env/.test(lower)) && !codeFile.test(lower);
}

/** True for lock files, source maps and bundles, which are written by programs. */
export function isGenerated(path: string): boolean {
  return kindOfText(path.replace(/\\/g, '/')) === 'generated';
}

/** True for the names of files of variables: `.env`, `prod.env`, `.envrc`; not for examples of them. */
export function isEnvFile(name: string): boolean {
  return kindOfText(name) === 'env';
}

function kindOfText(path: string): TextKind {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (isTemplateName(name)) return 'template';
  if (/^\.?env(?:$|[.\-_~])|\.env$|^\.envrc|^\.dev\.vars|\.env\.\w+$/.test(name) && !codeFile.test(name)) return 'env';
  if (generatedFile.test(path)) return 'generated';
  if (configFile.test(path)) return 'config';
  return codeFile.test(path) ? 'code' : 'text';
}
