// Bundles the three programs — the extension, what agents' hooks call, the command line —, the engine that all of them load to judge, its rules, and what is loaded now and then.
//   node esbuild.mjs [--production] [--watch] [--lists] [--bench] [--out=dist]
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
/** The engine without its rules too, to measure what they add. */
const bench = process.argv.includes('--bench');
const out = process.argv.find((option) => option.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

/** The files of a room that export a `name`. */
function filesWith(room, name, type) {
  return readdirSync(room).filter((file) => file.endsWith('.ts') && file !== 'all.ts' && readFileSync(join(room, file), 'utf8').includes(`export const ${name}: ${type}`)).sort();
}

/**
 * Writes `all.ts` of a room: an array of what its files export as `name`.
 * So a new rule or agent is one file that nothing else needs to know.
 */
function writeList(room, name, type, typeFrom) {
  const files = filesWith(room, name, type);
  const identifier = (file) => file.replace('.ts', '').replace(/-(.)/g, (_, letter) => letter.toUpperCase()) + type;
  const text = [
    '// Written by esbuild.mjs from the files of this folder.',
    `import type { ${type} } from '${typeFrom}';`,
    ...files.map((file) => `import { ${name} as ${identifier(file)} } from './${file}';`),
    '',
    `export const ${name}s: readonly ${type}[] = [${files.map(identifier).join(', ')}];`,
    '',
  ].join('\n');
  writeChanged(`${room}/all.ts`, text);
}

function writeChanged(target, text) {
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

/**
 * The engine's list of rules. Parsing the text of all of them takes longer than all else a hook does, and an action concerns one or two:
 * so each rule becomes a function in a file of its own beside the engine, which is read and compiled when the rule is first needed.
 * What a rule imports of the core it is handed by the engine.
 * @type {import('esbuild').Plugin}
 */
const rulesOnDemand = {
  name: 'rules-on-demand',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]core[\\/]rule-entries\.ts$/ }, async ({ path }) => {
      const core = dirname(path);
      const { rules, imports } = await bundleRules(core);
      const facts = await ruleFacts(path);
      let text = '';
      const entries = rules.map((rule, index) => {
        const at = text.length;
        text += `${rule}\n`;
        return [at, rule.length, facts[index]];
      });
      const file = `rules-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`;
      mkdirSync(out, { recursive: true });
      for (const old of readdirSync(out)) if (/^rules-.*\.js$/.test(old)) rmSync(join(out, old));
      writeFileSync(join(out, file), text);
      const contents = `
        import { join } from 'node:path';
        import { readRule } from '../gate/rule-file.ts';
        ${imports.map((module, index) => `import * as m${index} from '${module}';`).join('\n')}
        const file = join(__dirname, '${file}');
        let modules;
        // Copied when the first rule asks: by then all of them have been set up.
        const importModule = (path) => (modules ??= { ${imports.map((module, index) => `'${module}': { ...m${index} }`).join(', ')} })[path];
        const onDemand = ([at, length, facts]) => {
          let rule;
          return { ...facts, load: () => (rule ??= readRule(file, at, length, importModule)) };
        };
        export const ruleEntries = JSON.parse(${JSON.stringify(JSON.stringify(entries))}).map(onDemand);`;
      return { contents, loader: 'js', resolveDir: core, watchFiles: ruleFiles(core) };
    });
  },
};

/** In the order of `all.ts`. */
function ruleFiles(core) {
  return filesWith(join(core, 'rules'), 'rule', 'Rule').map((file) => join(core, 'rules', file));
}

/** Every rule as the text of a function, and the modules of the core that they import, as seen from `core`. */
async function bundleRules(core) {
  const files = ruleFiles(core);
  const within = (path) => `./${relative(core, path).split(sep).join('/')}`;
  /** @type {import('esbuild').Plugin} */
  const handedIn = {
    name: 'handed-in',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^give:/ }, ({ path }) => ({ path: path.slice('give:'.length), namespace: 'give' }));
      onLoad({ filter: /.*/, namespace: 'give' }, ({ path }) => ({ contents: `import { rule } from ${JSON.stringify(path)}; give(rule);`, resolveDir: core }));
      onResolve({ filter: /^\.\.\// }, ({ path, resolveDir }) => ({ path: within(resolve(resolveDir, path)), external: true }));
    },
  };
  const { outputFiles, metafile } = await build({
    ...shared, target: 'node18', entryPoints: Object.fromEntries(files.map((file) => [basename(file, '.ts'), `give:${file}`])), plugins: [handedIn, withoutCases], write: false, metafile: true, sourcemap: false, charset: 'ascii',
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path, '.js'), text.trim()]));
  const imports = new Set(Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path)));
  return { rules: files.map((file) => `(require, give) => {${texts.get(basename(file, '.ts'))}\n}`), imports: [...imports].sort() };
}

/** What the engine must know of each rule before it is read, in the order of `all.ts`. */
async function ruleFacts(entriesFile) {
  const { outputFiles } = await build({ ...shared, target: 'node20', entryPoints: [entriesFile], format: 'esm', plugins: [withoutCases], write: false, minify: true, sourcemap: false });
  const { ruleEntries } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return JSON.parse(JSON.stringify(ruleEntries));
}

/**
 * Characters that esbuild cannot escape, those of patterns, are escaped here: one of them makes V8 hold the whole text in twice the memory,
 * and a hook reads it for each action. Where a source map counts columns the text stays.
 * @type {import('esbuild').Plugin}
 */
const asciiOnly = {
  name: 'ascii-only',
  setup({ initialOptions, onEnd }) {
    if (!initialOptions.minify) return;
    onEnd(({ errors }) => {
      if (errors.length > 0) return;
      const file = join(out, 'engine.js');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
    });
  },
};

/** @type {import('esbuild').Plugin} */
const withoutRules = {
  name: 'without-rules',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]core[\\/]rule-entries\.ts$/ }, () => ({ contents: 'export const ruleEntries = [];' }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outdir: out,
  minify: production,
  sourcemap: !production,
  // What the engine is compiled to ahead has no loader of modules, so `import()` becomes `require()`.
  supported: { 'dynamic-import': false },
  // jsonc-parser's UMD entry does not bundle; its ES module does.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  plugins: [rulesOnDemand],
};

/** The licences of the packages that the bundles hold, as those want it. Throws where a package comes without one. */
function notices(inputs) {
  const folders = new Set(inputs.flatMap((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)(?:-mit|-apache)?(?:\.(?:md|txt))?$/i.test(file)).sort();
    if (files.length === 0) throw new Error(`${name} has no licence that could be shipped with it.`);
    return [`${name} ${version} (${license})`, ...files.map((file) => readFileSync(join(folder, file), 'utf8').trim())].join('\n\n');
  });
  return `Interlock holds parts of these packages.\n\n${[...new Set(texts)].sort().join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const programs = [
  // Cursor's oldest supported base carries Node 20.
  { ...shared, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'], target: 'node20' },
  // The thread in which secrets are looked for runs in the editor's own Node.
  // What sends the journal's records, loaded where somebody wants it.
  { ...shared, entryPoints: { 'open-telemetry': 'src/gate/open-telemetry/sending.ts' }, target: 'node20' },
  { ...shared, entryPoints: { uninstall: 'src/uninstall.ts' }, target: 'node20' },
  { ...shared, entryPoints: { 'index-worker': 'src/gate/world/index-worker.ts' }, target: 'node20' },
  // The hook may be run by whatever Node the person has.
  { ...shared, entryPoints: { hook: 'src/hook.ts', standby: 'src/standby.ts', cli: 'src/cli.ts', 'compile-engine': 'src/compile-engine.ts', engine: 'src/gate/engine.ts' }, target: 'node18', plugins: [rulesOnDemand, asciiOnly] },
  ...(bench ? [{ ...shared, entryPoints: { 'engine-without-rules': 'src/gate/engine.ts' }, plugins: [withoutRules], target: 'node18' }] : []),
];

if (!process.argv.includes('--lists')) {
  mkdirSync(out, { recursive: true });
  copyFileSync('src/gate/messenger.pl', join(out, 'messenger.pl'));
}
if (watch) for (const options of programs) await (await context(options)).watch();
else if (!process.argv.includes('--lists')) {
  const built = await Promise.all(programs.map((options) => build({ ...options, metafile: true })));
  if (production) writeFileSync(join(out, 'THIRD-PARTY-NOTICES.txt'), notices(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
}
