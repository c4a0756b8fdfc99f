import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sysctl',
  title: 'sysctl',
  programs: ['sysctl'],
  docs: 'https://man7.org/linux/man-pages/man8/sysctl.8.html',
  valueOptions: ['-p', '--load', '-r', '--pattern'],
  safeOptions: ['-h', '-V'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo sysctl -w vm.overcommit_memory=2', by: 'harmful' },
      { command: 'sysctl -w kernel.sysrq=1', by: 'harmful' },
      { command: 'sudo sysctl fs.protected_symlinks=0', by: 'harmful' },
      { command: 'sudo sysctl -w net.ipv4.ip_forward=0', by: 'harmful' },
    ],
    passes: ['sysctl -a', 'sysctl vm.swappiness', 'sudo sysctl -w fs.inotify.max_user_watches=524288', 'sudo sysctl -w vm.max_map_count=262144', 'sudo sysctl -p', 'sysctl -n kernel.osrelease', 'sudo sysctl -w net.ipv4.ip_forward=1', 'sysctl vm.overcommit_memory=1'],
  },
};

/** Values that end programs, cut the network or open the machine; limits and sizes are an everyday chore. */
const harmful = /^(?:kernel\.(?:sysrq=[1-9]|randomize_va_space=0|kptr_restrict=0|modules_disabled=1)|vm\.(?:overcommit_memory=2|panic_on_oom=[12])|net\.ipv[46]\.(?:ip_forward=0|conf\.\w{1,40}\.forwarding=0)|fs\.protected_\w{1,40}=0)/;

function inspect(call: Call): readonly Effect[] {
  const { env, span } = call.invocation;
  return call.operands.filter((word) => word.text.includes('=') && harmful.test(word.text.replaceAll('/', '.'))).slice(0, 20).map((word) => ({
    verb: 'overwrite', resource: { kind: 'kernel setting', name: word.text, provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: 'sysctl/harmful',
    why: `Changes how the whole machine works: ${word.text}. Programs may be ended, or the network cut.`, saferWay: 'Look at the present value first, and let a person change it.', docs: rule.docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  }));
}
