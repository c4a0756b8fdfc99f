import { hasOption, optionValue, parseCall, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { namedTarget } from '../target.ts';

const globalOptions = ['-f', '--file', '-p', '--project-name', '--project-directory', '--profile', '--env-file', '--ansi', '--parallel', '--progress', '-c', '--context', '-H', '--host'];
const commandOptions = ['-t', '--timeout', '--rmi', '--scale'];

const machine = { system: 'docker', option: ['-H', '--host', '-c', '--context'], variable: ['DOCKER_HOST', 'DOCKER_CONTEXT'] };

export const rule: Rule = {
  tool: 'docker-compose',
  title: 'Docker Compose',
  programs: ['docker-compose', 'podman-compose'],
  docs: 'https://docs.docker.com/reference/cli/docker/compose/down/',
  valueOptions: globalOptions,
  safeOptions: ['-h', '--dry-run'],
  target: machine,
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'docker compose down -v', by: 'down' },
      { command: 'docker compose -f prod.yml down --volumes', by: 'down' },
      { command: 'docker --context prod compose down -v', by: 'down' },
      { command: 'docker-compose down -v --remove-orphans', by: 'down' },
      { command: 'docker compose rm -sfv db', by: 'rm' },
      { command: 'docker compose -f a.yml down --rmi all', by: 'down-images' },
      { command: 'docker-compose down --rmi=all --remove-orphans', by: 'down-images' },
      { command: 'docker compose -p shop down --timeout 5 --rmi all', by: 'down-images' },
      { command: 'docker compose up -d -V', by: 'renew' },
      { command: 'docker --context prod compose down', by: 'stop-elsewhere' },
      { command: 'DOCKER_HOST=ssh://me@host7 docker compose restart web', by: 'stop-elsewhere' },
      { command: 'docker -H tcp://10.0.0.9:2376 compose stop', by: 'stop-elsewhere' },
      { command: 'podman-compose down --volumes', by: 'down' },
      { command: 'docker compose up --renew-anon-volumes --force-recreate', by: 'renew' },
      { command: 'docker-compose rm -fv', by: 'rm' },
    ],
    passes: ['docker compose stop web', 'docker compose restart', 'docker --context default compose down', 'docker compose down', 'docker compose down --rmi local', 'docker compose up -d', 'docker compose logs -f', 'docker compose --dry-run down -v', 'docker-compose ps', 'docker compose -f a.yml -f b.yml up', 'docker compose rm -f web', 'docker compose down --remove-orphans'],
  },
};

/** `-f` names a file before the subcommand and forces after it, so both parts are read apart. */
function inspect(call: Call): readonly Effect[] {
  const first = call.operands[0];
  if (!first) return [];
  const command = parseCall({ ...call.invocation, argv: call.invocation.argv.slice(call.invocation.argv.indexOf(first)) }, { valueOptions: commandOptions });
  const project = optionValue(call, '-p', '--project-name', '-f', '--file')?.text ?? '';
  const services = command.operands.map((word) => word.text).join(', ');
  const withVolumes = hasOption(command, '-v', '--volumes');
  if (first.text === 'down' && withVolumes) return [effect('down', project, `Stops ${project ? `the services of ${project}` : 'the services'} and deletes their volumes: databases in them are lost.`, 'Leave out -v, which keeps the volumes.', call)];
  if (first.text === 'rm' && withVolumes) return [effect('rm', services, `Deletes ${services || 'the containers'} and the unnamed volumes attached.`, 'Leave out -v, which keeps the volumes.', call)];
  if (first.text === 'down' && optionValue(command, '--rmi')?.text === 'all') return [effect('down-images', project, `Stops ${project ? `the services of ${project}` : 'the services'} and deletes every image they use; those only built here cannot be pulled again.`, 'Leave out --rmi all.', call)];
  const context = contextOf(call);
  const elsewhere = context !== undefined && !/^(?:default|unix:|npipe:|desktop-|colima|orbstack|rootless|rancher-desktop)/.test(context);
  if (elsewhere && ['down', 'stop', 'kill', 'restart', 'rm', 'pause'].includes(first.text)) return [{ ...effect('stop-elsewhere', services || project, `Has ${context} ${first.text} ${services || 'every service'}, and whatever they serve.`, 'Let a person stop it.', call), verb: 'stop', reversibility: 'reversible' }];
  if (first.text === 'up' && hasOption(command, '-V', '--renew-anon-volumes')) return [effect('renew', services, 'Starts the services with new unnamed volumes: what the old ones held is lost.', 'Leave out -V.', call)];
  return [];
}

/** The machine that the options or the environment name. */
function contextOf(call: Call): string | undefined {
  const { env } = call.invocation;
  return optionValue(call, '-H', '--host', '-c', '--context')?.text ?? (env.DOCKER_HOST || env.DOCKER_CONTEXT || undefined);
}

function effect(id: string, name: string, why: string, saferWay: string, call: Call): Effect {
  const { span, env } = call.invocation;
  return { verb: 'delete', resource: { kind: 'volumes', name, provider: 'Docker' }, reversibility: 'irreversible', certainty: 'certain', rule: `docker-compose/${id}`, why, saferWay, docs: rule.docs, target: namedTarget(machine, call), env, ...(span ? { span } : {}) };
}
