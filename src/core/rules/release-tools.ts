import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

/** A tool that hands packages to a registry of its own. */
interface ReleaseTool {
  readonly programs: readonly string[];
  readonly docs: string;
  /** Commands that publish, as the words they begin with; an empty one stands for any call. */
  readonly publishes: readonly string[];
  /** Commands that take back what people use. */
  readonly takesBack?: readonly string[];
}

const tools: readonly ReleaseTool[] = [
  { programs: ['changeset'], docs: 'https://github.com/changesets/changesets', publishes: ['publish'] },
  { programs: ['lerna'], docs: 'https://lerna.js.org/docs/features/version-and-publish', publishes: ['publish'] },
  { programs: ['semantic-release'], docs: 'https://semantic-release.gitbook.io/semantic-release/usage/configuration', publishes: [''] },
  { programs: ['release-it'], docs: 'https://github.com/release-it/release-it', publishes: [''] },
  { programs: ['np'], docs: 'https://github.com/sindresorhus/np', publishes: [''] },
  { programs: ['goreleaser'], docs: 'https://goreleaser.com/cmd/goreleaser_release/', publishes: ['release', 'publish', 'announce'] },
  { programs: ['vsce', 'ovsx'], docs: 'https://code.visualstudio.com/api/working-with-extensions/publishing-extension', publishes: ['publish'], takesBack: ['unpublish', 'delete-publisher'] },
  { programs: ['jsr'], docs: 'https://jsr.io/docs/publishing-packages', publishes: ['publish'] },
  { programs: ['dart', 'flutter'], docs: 'https://dart.dev/tools/pub/cmd/pub-lish', publishes: ['pub publish', 'pub lish'] },
  { programs: ['pod'], docs: 'https://guides.cocoapods.org/terminal/commands.html', publishes: ['trunk push'], takesBack: ['trunk delete', 'trunk deprecate', 'trunk remove-owner'] },
  { programs: ['luarocks'], docs: 'https://github.com/luarocks/luarocks/wiki/upload', publishes: ['upload'] },
  { programs: ['cabal'], docs: 'https://cabal.readthedocs.io/en/stable/cabal-commands.html', publishes: ['upload'] },
  { programs: ['conan'], docs: 'https://docs.conan.io/2/reference/commands/upload.html', publishes: ['upload'], takesBack: ['remove'] },
  { programs: ['web-ext'], docs: 'https://extensionworkshop.com/documentation/develop/web-ext-command-reference/', publishes: ['sign'] },
];

export const rule: Rule = {
  tool: 'release-tools',
  title: 'release tools',
  programs: tools.flatMap(({ programs }) => programs),
  packages: ['@changesets/cli', '@vscode/vsce'],
  docs: 'https://github.com/changesets/changesets',
  valueOptions: ['--registry', '--dist-tag', '--otp', '--pat', '--packagePath', '--target', '-t', '--token', '--config', '-f', '--api-key', '-r', '--remote', '--tag', '--pre-dist-tag', '-i', '--branches', '--release-notes'],
  safeOptions: ['-h', '-d', '--dry-run', '--dry', '-n', '--snapshot', '--skip=publish', '--no-npm.publish', '--preview', '--release-version', '--changelog'],
  target: { system: 'registry', option: ['--registry', '-r', '--remote'] },
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'npx changeset publish', by: 'publish' },
      { command: 'lerna publish from-package --yes', by: 'publish' },
      { command: 'npx semantic-release --no-ci', by: 'publish' },
      { command: 'np minor', by: 'publish' },
      { command: 'goreleaser release --clean', by: 'publish' },
      { command: 'npx @vscode/vsce publish patch', by: 'publish' },
      { command: 'ovsx publish shop.vsix -p $OVSX_PAT', by: 'publish' },
      { command: 'npx jsr publish', by: 'publish' },
      { command: 'dart pub publish --force', by: 'publish' },
      { command: 'pod trunk push Shop.podspec', by: 'publish' },
      { command: 'conan upload "shop/*" -r acme --confirm', by: 'publish' },
      { command: 'vsce unpublish acme.shop --force', by: 'take-back' },
      { command: 'pod trunk delete Shop 1.0.0', by: 'take-back' },
      { command: 'conan remove "shop/*" -r acme -c', by: 'take-back' },
    ],
    passes: [
      'npx changeset', 'changeset version', 'lerna run build', 'npx semantic-release --dry-run', 'goreleaser release --snapshot --clean', 'goreleaser check', 'vsce package', 'jsr publish --dry-run', 'dart pub get', 'flutter pub publish --dry-run', 'pod install', 'conan install .',
      'conan remove "shop/*" -c', 'release-it --dry-run', 'np --preview',
    ],
  },
};

function inspect(call: Call): readonly Effect[] {
  const { program } = call.invocation;
  const named = call.invocation.argv[0]?.text ?? '';
  const tool = tools.find(({ programs }) => programs.includes(program)) ?? tools.find(({ programs }) => programs.some((name) => named.includes(name)));
  if (!tool) return [];
  if (tool.publishes.some((command) => begins(call, command))) return [effect(call, tool, 'publish', 'publish', `Publishes ${nameOf(call) || 'this package'}: everybody can install it, and a version can never be used again.`, 'Look at what would go out: add --dry-run.')];
  // Without a registry conan removes from the cache of this machine.
  const local = program === 'conan' && !hasOption(call, '-r', '--remote');
  if (local || !tool.takesBack?.some((command) => begins(call, command))) return [];
  return [effect(call, tool, 'take-back', 'delete', `Takes ${nameOf(call) || 'a package'} back: whoever uses it can no longer get it.`, 'Publish a fixed version instead.')];
}

function begins(call: Call, command: string): boolean {
  return command === '' || command.split(' ').every((word, index) => call.operands[index]?.text === word);
}

function nameOf(call: Call): string {
  return call.operands.slice(1).filter((word) => !/^(?:push|publish|delete)$/.test(word.text)).map((word) => word.text).join(', ');
}

function effect(call: Call, tool: ReleaseTool, id: 'publish' | 'take-back', verb: 'delete' | 'publish', why: string, saferWay: string): Effect {
  const { env, span } = call.invocation;
  return { verb, resource: { kind: 'package', name: nameOf(call), provider: tool.programs[0] ?? rule.title }, reversibility: 'irreversible', certainty: 'certain', rule: `release-tools/${id}`, why, saferWay, docs: tool.docs, target: { by: 'named', system: 'registry' }, env, ...(span ? { span } : {}) };
}
