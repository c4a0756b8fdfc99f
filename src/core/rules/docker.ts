import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { isKnown, type Word } from '../shell/word.ts';

const volumes = ['-v', '--volumes'];

export const rule: Rule = {
  tool: 'docker',
  title: 'Docker',
  programs: ['docker', 'podman', 'nerdctl'],
  docs: 'https://docs.docker.com/reference/cli/docker/',
  // `-f` takes a value only after `compose`, which has a rule of its own.
  valueOptions: ['-H', '--host', '--context', '-c', '--connection', '--url', '--identity', '--config', '-l', '--log-level', '--filter', '-t', '--timeout', '-s', '--signal', '--time'],
  safeOptions: ['-h'],
  target: { system: 'docker', option: ['-H', '--host', '--context', '--connection', '--url'], variable: ['DOCKER_HOST', 'DOCKER_CONTEXT'] },
  operations: [
    { id: 'volume-rm', words: ['volume', 'rm|remove'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with all data in it.', saferWay: 'Look at what uses it: docker volume inspect.' },
    { id: 'volume-prune', words: ['volume', 'prune'], verb: 'delete', kind: 'volumes', reversibility: 'irreversible', name: [{ option: ['--filter'] }], why: 'Deletes every volume that no container uses now, with the data in it.', saferWay: 'List them first: docker volume ls --filter dangling=true.' },
    { id: 'system-prune-volumes', words: ['system', 'prune'], needs: ['--volumes'], verb: 'delete', kind: 'volumes', reversibility: 'irreversible', name: [], why: 'Deletes unused containers, networks, images and the volumes with their data.', saferWay: 'Leave out --volumes.' },
    { id: 'system-prune', words: ['system', 'prune'], verb: 'delete', kind: 'stopped containers', reversibility: 'irreversible', name: [], why: 'Deletes every stopped container with what it wrote outside its volumes, and images and networks nobody uses now.', saferWay: 'Prune images only: docker image prune.' },
    { id: 'container-prune', words: ['container', 'prune'], verb: 'delete', kind: 'stopped containers', reversibility: 'irreversible', name: [{ option: ['--filter'] }], why: 'Deletes every stopped container with what it wrote outside its volumes.', saferWay: 'List them first: docker ps -a --filter status=exited.' },
    { id: 'image-prune-all', words: ['image', 'prune'], needs: ['-a', '--all'], verb: 'delete', kind: 'images', reversibility: 'irreversible', name: [{ option: ['--filter'] }], why: 'Deletes every image no container uses now; those only built here cannot be pulled again.', saferWay: 'Leave out -a, which keeps images that have a name.' },
    { id: 'system-reset', words: ['system', 'reset'], verb: 'delete', kind: 'all containers and volumes', reversibility: 'irreversible', name: [], why: 'Deletes every container, image and volume on the machine.', saferWay: 'Remove the containers one by one.' },
    { id: 'rm', words: ['rm'], needs: volumes, verb: 'delete', kind: 'container', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} and the unnamed volumes attached to it.', saferWay: 'Leave out -v, which keeps the volumes.' },
    { id: 'container-rm', words: ['container', 'rm'], needs: volumes, verb: 'delete', kind: 'container', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} and the unnamed volumes attached to it.', saferWay: 'Leave out -v, which keeps the volumes.' },
    { id: 'swarm-leave', words: ['swarm', 'leave'], needs: ['-f', '--force'], verb: 'delete', kind: 'swarm', reversibility: 'irreversible', name: [], why: 'Takes this machine out of its swarm; for the last manager the swarm and its secrets are lost.', saferWay: 'Demote the node first.' },
    { id: 'stack-rm', words: ['stack', 'rm|remove|down'], verb: 'delete', kind: 'stack', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes every service of {name}.', saferWay: 'Scale the services down first.' },
    { id: 'service-rm', words: ['service', 'rm|remove'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes {name} and stops everything it runs.', saferWay: 'Scale it down first: docker service scale.' },
    { id: 'secret-rm', words: ['secret|config', 'rm|remove'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}: its value cannot be read back.', saferWay: 'Make a new version beside it.' },
    { id: 'pod-rm', words: ['pod', 'rm|prune'], verb: 'delete', kind: 'pod', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with its containers and what they wrote outside their volumes.', saferWay: 'Stop it instead: podman pod stop.' },
    { id: 'rm-all', words: ['rm'], needs: ['-a', '--all'], verb: 'delete', kind: 'containers', reversibility: 'irreversible', name: [], why: 'Deletes every container with what it wrote outside its volumes.', saferWay: 'Name the container.' },
    { id: 'buildx-rm', words: ['buildx', 'rm|prune'], needs: ['--all-inactive', '-a', '--all'], verb: 'delete', kind: 'build cache', reversibility: 'recoverable', name: [], why: 'Deletes builders or their cache; builds start anew.', saferWay: 'Leave out --all.' },
    { id: 'machine-rm', words: ['machine', 'rm|reset'], verb: 'delete', kind: 'machine', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the virtual machine with every container and volume in it.', saferWay: 'Stop it instead.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'docker volume rm pgdata', by: 'volume-rm' },
      { command: 'docker volume prune -f', by: 'volume-prune' },
      { command: 'docker system prune -a --volumes -f', by: 'system-prune-volumes' },
      { command: 'docker system prune -af', by: 'system-prune' },
      { command: 'docker container prune -f', by: 'container-prune' },
      { command: 'docker image prune -a -f', by: 'image-prune-all' },
      { command: 'docker rm -f $(docker ps -aq)', by: 'rm-unknown' },
      { command: 'docker --context prod rm -f db', by: 'rm-force' },
      { command: 'podman system reset', by: 'system-reset' },
      { command: 'docker rm -fv db', by: 'rm' },
      { command: 'docker container rm --volumes db', by: 'container-rm' },
      { command: 'docker swarm leave --force', by: 'swarm-leave' },
      { command: 'docker stack rm shop', by: 'stack-rm' },
      { command: 'docker service rm web', by: 'service-rm' },
      { command: 'docker secret rm key', by: 'secret-rm' },
      { command: 'podman machine rm', by: 'machine-rm' },
      { command: 'docker --context prod volume rm pgdata', by: 'volume-rm' },
      { command: 'docker stop $(docker ps -q) && docker rm $(docker ps -aq)', by: 'rm-unknown' },
      { command: 'docker ps -aq | xargs docker rm', by: 'rm-unknown' },
      { command: 'docker container rm $OLD', by: 'rm-unknown' },
      { command: 'docker rmi -f $(docker images -aq)', by: 'rmi' },
      { command: 'podman rmi -f postgres:17-alpine', by: 'rmi' },
      { command: 'podman image rm --force --all', by: 'rmi' },
      { command: 'podman rm -af', by: 'rm-all' },
      { command: 'podman --connection prod rm -f db', by: 'rm-force' },
      { command: 'podman pod rm shop', by: 'pod-rm' },
      { command: 'docker buildx prune --all -f', by: 'buildx-rm' },
    ],
    passes: ['docker ps', 'docker rm web', 'docker rm -f web', 'docker rmi old', 'docker rmi -f old', 'docker rmi $(docker images -q -f dangling=true)', 'docker stop $(docker ps -q)', 'docker kill web', 'podman pod ls', 'docker image prune -f', 'docker volume ls', 'docker build -t x .', 'docker run --rm -v data:/data alpine ls', 'docker stop web', 'docker system df', 'docker builder prune -f', 'docker run -v /a:/b alpine rm --help'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const at = /^(?:container|image)$/.test(call.operands[0]?.text ?? '') ? 1 : 0;
  const command = call.operands[at]?.text ?? '';
  const named = call.operands.slice(at + 1);
  const forced = hasOption(call, '-f', '--force');
  if (command === 'rmi' || (command === 'rm' && call.operands[0]?.text === 'image')) return forced ? removedImages(named, call) : [];
  return command === 'rm' && (forced || !named.every(isKnown)) ? removeEffects(named, call) : [];
}

/** Podman removes the containers that use an image with it; docker keeps them, but images only known when it runs may be ones built here. */
function removedImages(images: readonly Word[], call: Call): readonly Effect[] {
  const withContainers = call.invocation.program === 'podman';
  if (!withContainers && images.every(isKnown)) return [];
  const name = images.map((word) => word.text).join(', ');
  const { span, env } = call.invocation;
  const place = placeOf(call);
  return [{
    verb: 'delete', resource: { kind: 'image', name, provider: 'Docker' }, reversibility: 'irreversible', certainty: withContainers ? 'certain' : 'likely', rule: 'docker/rmi',
    why: withContainers ? `Deletes ${name || 'every image'} and every container that uses it, running or not, with what it wrote outside its volumes.` : 'Deletes images that are only known when it runs; those only built here cannot be pulled again.',
    saferWay: 'Leave out -f, which keeps what is in use.', docs: 'https://docs.podman.io/en/latest/markdown/podman-rmi.1.html', target: { by: 'named', system: 'docker', ...(place ? { name: place } : {}) }, env, ...(span ? { span } : {}),
  }];
}

/** The machine docker's own options or the environment name. */
function placeOf(call: Call): string | undefined {
  const { env } = call.invocation;
  return optionValue(call, '-H', '--host', '--context', '-c', '--connection', '--url')?.text ?? (env.DOCKER_HOST || env.DOCKER_CONTEXT);
}

/** A container is made again from its image, on this machine at least; which ones a substitution names nobody knows. */
function removeEffects(containers: readonly Word[], call: Call): readonly Effect[] {
  if (containers.length === 0) return [];
  const { span, env } = call.invocation;
  const known = containers.every(isKnown);
  const name = containers.map((word) => word.text).join(', ');
  const place = placeOf(call);
  return [{
    verb: 'delete', resource: { kind: 'container', name, provider: 'Docker' }, reversibility: known ? 'recoverable' : 'irreversible', certainty: known ? 'certain' : 'unknown', rule: known ? 'docker/rm-force' : 'docker/rm-unknown',
    why: known ? `Stops and deletes ${name}; what it wrote outside its volumes is lost.` : 'Deletes containers that are only known when it runs; what they wrote outside their volumes is lost.',
    saferWay: 'Stop it instead: docker stop.', docs: 'https://docs.docker.com/reference/cli/docker/container/rm/', target: { by: 'named', system: 'docker', ...(place ? { name: place } : {}) }, env, ...(known ? { regenerable: true } : {}), ...(span ? { span } : {}),
  }];
}
