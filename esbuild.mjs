// Bundles the three programs — the extension, what agents' hooks call, the command line — and the engine that all of them load to judge.
//   node esbuild.mjs [--production] [--watch] [--lists] [--bench]
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
/** The rules by themselves too, to measure what they add to a program. */
const bench = process.argv.includes('--bench');

/**
 * Writes `all.ts` of a room: an array of what its files export as `name`.
 * So a new rule or agent is one file that nothing else needs to know.
 */
function writeList(room, name, type, typeFrom) {
  const files = readdirSync(room).filter((file) => file !== 'all.ts' && readFileSync(`${room}/${file}`, 'utf8').includes(`export const ${name}: ${type}`)).sort();
  const identifier = (file) => file.replace('.ts', '').replace(/-(.)/g, (_, letter) => letter.toUpperCase()) + type;
  const text = [
    '// Written by esbuild.mjs from the files of this folder.',
    `import type { ${type} } from '${typeFrom}';`,
    ...files.map((file) => `import { ${name} as ${identifier(file)} } from './${file}';`),
    '',
    `export const ${name}s: readonly ${type}[] = [${files.map(identifier).join(', ')}];`,
    '',
  ].join('\n');
  const target = `${room}/all.ts`;
  let old;
  try {
    old = readFileSync(target, 'utf8');
  } catch {
    // First build of a fresh clone.
  }
  if (old !== text) writeFileSync(target, text);
}

writeList('src/core/rules', 'rule', 'Rule', '../rule.ts');
writeList('src/agents', 'adapter', 'Adapter', './adapter.ts');

/**
 * Rules carry the cases they are tested with, a third of their text; nothing that runs reads them.
 * The lines stay, empty, so that source maps still fit.
 * @type {import('esbuild').Plugin}
 */
const withoutCases = {
  name: 'without-cases',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]core[\\/]rules[\\/][\w-]+\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(/^ {2}cases: \{$[^]*?^ {2}\},$/m, (cases) => cases.replace(/[^\n]+/g, ''));
      return { contents, loader: 'ts' };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outdir: 'dist',
  minify: production,
  sourcemap: !production,
  // jsonc-parser's UMD entry does not bundle; its ES module does.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  plugins: [withoutCases],
};

const programs = [
  // Cursor's oldest supported base carries Node 20.
  { ...shared, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'], target: 'node20' },
  // The hook may be run by whatever Node the person has.
  { ...shared, entryPoints: { hook: 'src/hook.ts', cli: 'src/cli.ts', engine: 'src/gate/engine.ts', ...(bench && { rules: 'src/core/rules/all.ts' }) }, target: 'node18' },
];

if (watch) for (const options of programs) await (await context(options)).watch();
else if (!process.argv.includes('--lists')) await Promise.all(programs.map((options) => build(options)));
