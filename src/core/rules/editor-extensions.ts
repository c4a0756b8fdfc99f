import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://code.visualstudio.com/docs/configure/command-line';
const switches = ['--uninstall-extension', '--disable-extension'];

/** Taking the guard out of the editor it lives in. */
export const rule: Rule = {
  tool: 'editor-extensions',
  title: 'the editor',
  programs: ['code', 'code-insiders', 'codium', 'vscodium', 'cursor', 'windsurf', 'antigravity', 'code-server', 'openvscode-server'],
  docs,
  valueOptions: [...switches, '--install-extension', '--extensions-dir', '--user-data-dir', '--profile'],
  operations: [],
  inspect: (call) => [
    ...switches.flatMap((name) => (call.options.get(name) ?? []).filter((word) => /^interlock\b/i.test(word?.text ?? '')).map(() => removeEffect(call))),
    ...(call.operands[0]?.text === 'tunnel' && !quietTunnel.test(call.operands[1]?.text ?? '') ? [tunnelEffect(call)] : []),
  ],
  cases: {
    caught: [
      { command: 'code --uninstall-extension interlock.interlock', by: 'remove' },
      { command: 'cursor --disable-extension=interlock.interlock .', by: 'remove' },
      { command: 'code tunnel --name desk', by: 'tunnel' },
      { command: 'code-insiders tunnel service install', by: 'tunnel' },
      { command: 'code --profile work --disable-extension interlock.interlock', by: 'remove' },
    ],
    passes: ['code .', 'code tunnel status', 'code tunnel user login', 'code tunnel.ts', 'code --install-extension interlock.interlock', 'code --uninstall-extension someone.theme', 'cursor --list-extensions'],
  },
};

/** https://code.visualstudio.com/docs/remote/tunnels */
const quietTunnel = /^(?:status|user|prune|kill|rename|unregister|help)$/;

function tunnelEffect({ invocation }: Call): Effect {
  return {
    verb: 'publish', resource: { kind: 'tunnel', name: invocation.program }, reversibility: 'recoverable', certainty: 'certain', rule: 'editor-extensions/tunnel',
    why: 'Lets whoever signs in to the account work on this machine from anywhere.', saferWay: 'Let the person open it.', docs, target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}

function removeEffect({ invocation }: Call): Effect {
  return {
    verb: 'weakenGuard', resource: { kind: 'extension', name: 'Interlock' }, reversibility: 'recoverable', certainty: 'certain', rule: 'editor-extensions/remove',
    why: `Takes Interlock out of ${invocation.program}: nobody would be asked any more.`, saferWay: 'Ask the person to remove it.', docs, target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
