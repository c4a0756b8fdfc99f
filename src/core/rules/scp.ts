import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'scp',
  title: 'scp',
  programs: ['scp'],
  docs: 'https://man.openbsd.org/scp',
  valueOptions: ['-c', '-D', '-F', '-i', '-J', '-l', '-o', '-P', '-S', '-X'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'scp nginx.conf root@web.example.com:/etc/nginx/nginx.conf', by: 'system' },
      { command: 'scp -r ./etc root@web:/', by: 'system' },
      { command: 'scp -P 2222 app root@web:/usr/bin/app', by: 'system' },
      { command: 'scp bzImage root@web:/boot/', by: 'system' },
      { command: 'scp keys deploy@web:.ssh/authorized_keys', by: 'keys' },
      { command: 'scp id.pub root@web:/root/.ssh/authorized_keys', by: 'keys' },
      { command: 'scp shop.conf root@db:/var/lib/shop/shop.conf', by: 'system' },
      { command: 'scp scp://root@web:2222//etc/hosts other:/etc/hosts', by: 'system' },
    ],
    passes: ['scp web:/etc/hosts .', 'scp dist.tgz deploy@web:/srv/app/', 'scp a.txt deploy@web:/tmp/', 'scp a.txt deploy@web:', 'scp -r build deploy@web:/var/www/shop', 'scp app deploy@web:/usr/local/bin/app', 'scp /etc/hosts backup.txt'],
  },
};

const systemPath = /^\/(?:$|(?:etc|boot|bin|sbin|lib|lib32|lib64|dev|proc|sys|root)(?:\/|$)|usr\/?$|usr\/(?:bin|sbin|lib|lib64|share)(?:\/|$)|var\/?$|var\/(?:lib|spool|run)(?:\/|$))/;

/** What stood at the other end under that name is lost, and no vault reaches there. */
function inspect(call: Call): readonly Effect[] {
  const destination = call.operands.length > 1 ? call.operands.at(-1)?.text ?? '' : '';
  const [, host, path] = /^(?:scp:\/\/)?(?:[^@/:]{1,64}@)?([\w.-]{1,253}):(.*)$/s.exec(destination) ?? [];
  if (host === undefined || path === undefined) return [];
  const keys = /(?:^|\/)\.ssh(?:\/|$)/.test(path);
  if (!keys && !systemPath.test(path)) return [];
  const { env, span } = call.invocation;
  return [{
    verb: 'overwrite', resource: { kind: 'file', name: `${host}:${path}`, provider: host }, reversibility: 'irreversible', certainty: 'likely', rule: keys ? 'scp/keys' : 'scp/system',
    why: keys ? `Overwrites who may log in to ${host}; the present keys may stop working.` : `Overwrites files of the system at ${host}:${path}; what stands there is lost.`,
    saferWay: 'Copy it to a folder of your own there, and keep the present file first.', docs: rule.docs, target: { by: 'host', host, login: true }, env, ...(span ? { span } : {}),
  }];
}
