import { optionValue, type Call } from './call.ts';
import type { Effect } from './effect.ts';
import { isPrivateHost } from './http/destinations.ts';
import { partsOfUrl } from './http/url.ts';

/** Hosts that people install from: registries, code hosts and the makers of what is installed. */
const known = /(?:^|\.)(?:github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|codeberg\.org|git\.sr\.ht|gitee\.com|pypi\.org|pythonhosted\.org|npmjs\.org|npmjs\.com|yarnpkg\.com|jsr\.io|rubygems\.org|crates\.io|golang\.org|jsdelivr\.net|unpkg\.com|esm\.sh|pkg\.pr\.new|pytorch\.org|tensorflow\.org|googleapis\.com|google\.com|nvidia\.com|huggingface\.co|anaconda\.org|apache\.org|gnu\.org|python\.org|nodejs\.org|sheetjs\.com|amazonaws\.com|azure\.com|visualstudio\.com|intel\.com|github\.io|readthedocs\.io|gitlab\.io)$/;

/** How a package manager is told where a package comes from. */
export interface PackageSources {
  readonly tool: string;
  readonly docs: string;
  /** Subcommands that install: `install`, `add`. */
  readonly installs: RegExp;
  /** Options that name a registry, index or repository. */
  readonly options: readonly string[];
}

/** The effect of installing from an address nobody knows, or over a connection that anybody on the way can change. */
export function strangerEffects(call: Call, { tool, docs, installs, options }: PackageSources): readonly Effect[] {
  if (!installs.test(call.operands.slice(0, 2).map((word) => word.text).join(' '))) return [];
  const registry = optionValue(call, ...options)?.text;
  const named = call.operands.slice(1, 65).map((word) => word.text).filter((text) => /(?:^|@ ?|\+)https?:\/\//.test(text));
  const strange = [...(registry !== undefined && isUnprotected(registry) ? [registry] : []), ...named.filter((text) => isUnprotected(text) || isStrange(text))][0];
  if (strange === undefined) return [];
  const { env, span } = call.invocation;
  const { host } = addressIn(strange);
  return [{
    verb: 'runUnknown', resource: { kind: 'package', name: host, provider: tool }, reversibility: 'irreversible', certainty: 'likely', rule: `${tool}/stranger`,
    why: isUnprotected(strange) ? `Installs and runs code from ${host} over a connection that anybody on the way can change.` : `Installs and runs code from ${host}, which is no registry or code host people use.`,
    saferWay: 'Install it from its registry by name and version.', docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }];
}

function addressIn(text: string): { readonly host: string; readonly scheme: string } {
  const at = text.search(/https?:\/\//);
  const url = at < 0 ? text : text.slice(at);
  return { host: partsOfUrl(url).host, scheme: url.slice(0, url.indexOf(':')) };
}

function isUnprotected(text: string): boolean {
  const { host, scheme } = addressIn(text);
  return scheme === 'http' && host !== '' && !isPrivateHost(host);
}

function isStrange(text: string): boolean {
  const { host } = addressIn(text);
  // People run git servers of their own.
  return host !== '' && !text.includes('git+') && !/[$`]/.test(host) && !isPrivateHost(host) && !known.test(host);
}
