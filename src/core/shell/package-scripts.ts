import type { Analysis } from '../analysis.ts';
import { parseCall } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { textOf } from './word.ts';

const maxManifest = 256 * 1024;
const runners = ['npm', 'pnpm', 'yarn', 'bun'];
const shorthand = ['test', 'start', 'stop', 'restart'];

/** Effects of a script named in a `package.json`, with its `pre` and `post` scripts; undefined where the call runs none. */
export function runPackageScript(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  if (!runners.includes(invocation.program) || invocation.cwd === undefined) return undefined;
  const call = parseCall(invocation, { valueOptions: ['-C', '--dir', '--prefix', '--cwd', '-w', '--workspace', '--filter', '-F'] });
  const [first, second] = call.operands.map((word) => textOf(word));
  const name = first === 'run' || first === 'run-script' ? second : first !== undefined && (shorthand.includes(first) || invocation.program === 'yarn') ? first : undefined;
  if (name === undefined) return undefined;
  const folder = textOf(['-C', '--dir', '--prefix', '--cwd'].flatMap((option) => call.options.get(option) ?? []).at(-1)) ?? '.';
  const cwd = joinPath(invocation.cwd, folder);
  const scripts = scriptsOf(analysis.world.read(joinPath(cwd, 'package.json'), maxManifest));
  const extra = call.afterDashes.map((word) => word.text).join(' ');
  return [`pre${name}`, name, `post${name}`].flatMap((script) => {
    const text = Object.hasOwn(scripts, script) ? scripts[script] : undefined;
    if (text === undefined) return [];
    return analysis.shell(script === name && extra ? `${text} ${extra}` : text, { cwd, env: invocation.env, promptsAnswered: invocation.promptsAnswered, ...(invocation.span ? { span: invocation.span } : {}) });
  });
}

/** The scripts of a manifest; none where it cannot be read. */
function scriptsOf(manifest: string | undefined): Readonly<Record<string, string>> {
  if (manifest === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(manifest);
    const scripts: unknown = typeof parsed === 'object' && parsed !== null && 'scripts' in parsed ? parsed.scripts : undefined;
    if (typeof scripts !== 'object' || scripts === null) return {};
    return Object.fromEntries(Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
