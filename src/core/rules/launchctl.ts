import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'launchctl',
  title: 'launchd',
  programs: ['launchctl'],
  docs: 'https://support.apple.com/guide/terminal/script-management-with-launchd-apdc6c1077b-5d5d-4d35-9c19-60f2397b2369/mac',
  valueOptions: ['-k'],
  safeOptions: ['-h'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo launchctl bootout system/com.example.daemon', by: 'stop' },
      { command: 'sudo launchctl unload -w /Library/LaunchDaemons/com.example.plist', by: 'stop' },
      { command: 'launchctl unload /System/Library/LaunchDaemons/ssh.plist', by: 'stop' },
      { command: 'launchctl disable system/com.openssh.sshd', by: 'stop' },
      { command: 'sudo launchctl kill SIGKILL system/com.apple.WindowServer', by: 'stop' },
      { command: 'launchctl reboot', by: 'power' },
      { command: 'sudo launchctl reboot userspace', by: 'power' },
    ],
    passes: ['launchctl list', 'launchctl print gui/501', 'launchctl unload ~/Library/LaunchAgents/dev.mine.plist', 'launchctl bootout gui/501/dev.mine', 'launchctl kickstart -k gui/501/dev.mine', 'sudo launchctl load /Library/LaunchDaemons/com.example.plist'],
  },
};

/** Jobs of one's own session come and go; those of the system serve everybody. */
function inspect(call: Call): readonly Effect[] {
  const [command, ...rest] = call.operands.map((word) => word.text);
  if (command === 'reboot') return [effect(call, 'power', 'this computer', 'Restarts this computer or everybody’s session; whatever is not saved is lost.')];
  const job = rest.find((word) => /^system(?:\/|$)|^\/(?:System\/)?Library\//.test(word));
  if (job === undefined || !/^(?:bootout|unload|remove|disable|kill|stop)$/.test(command ?? '')) return [];
  return [effect(call, 'stop', job, `Stops ${job} on this machine, or keeps it from starting again.`)];
}

function effect(call: Call, id: 'power' | 'stop', name: string, why: string): Effect {
  const { env, span } = call.invocation;
  return {
    verb: 'stop', resource: { kind: 'service', name, provider: 'this computer' }, reversibility: 'reversible', certainty: 'certain', rule: `launchctl/${id}`, why,
    saferWay: 'Look first: launchctl print.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  };
}
