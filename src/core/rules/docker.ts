import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { HttpOperation, Rule } from '../rule.ts';
import { isKnown, type Word } from '../shell/word.ts';
import { targetFrom } from '../target.ts';

const volumes = ['-v', '--volumes'];

/** A request to the engine, with the version of the interface in its path or without. */
function engine(method: string, path: string, what: Pick<HttpOperation, 'id' | 'kind' | 'why' | 'saferWay'>): readonly HttpOperation[] {
  const request = { ...what, verb: 'delete', reversibility: 'irreversible', name: ['name'] } as const;
  return [{ ...request, request: `${method} /${path}` }, { ...request, id: `${what.id}-versioned`, request: `${method} /:version/${path}` }];
}

export const rule: Rule = {
  tool: 'docker',
  title: 'Docker',
  programs: ['docker', 'podman', 'nerdctl'],
  docs: 'https://docs.docker.com/reference/cli/docker/',
  harmless: { docker: { first: ['ps', 'images', 'version', 'info', 'port', 'top', 'stats'] }, podman: { first: ['ps', 'images', 'version', 'info', 'port', 'top', 'stats'] } },
  // `-f` takes a value only after `compose`, which has a rule of its own.
  valueOptions: ['-H', '--host', '--context', '-c', '--connection', '--url', '--identity', '--config', '-l', '--log-level', '--filter', '-t', '--timeout', '--availability', '-s', '--signal', '--time'],
  safeOptions: ['-h'],
  target: { system: 'docker', option: ['-H', '--host', '-c', '--context', '--connection', '--url'], variable: ['DOCKER_HOST', 'DOCKER_CONTEXT'] },
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
    { id: 'service-scale', words: ['service', 'scale|rollback'], verb: 'stop', kind: 'service', reversibility: 'recoverable', certainty: 'likely', name: [{ operands: 'all' }], why: 'Changes how many copies of {name} run, or puts it back to an earlier version.', saferWay: 'Look first: docker service ps.' },
    { id: 'stack-prune', words: ['stack', 'deploy|up'], needs: ['--prune'], verb: 'delete', kind: 'stack', reversibility: 'irreversible', name: [{ operand: 0 }], target: { system: 'docker', option: ['-H', '--host', '--context'], variable: ['DOCKER_HOST', 'DOCKER_CONTEXT'] }, why: 'Removes every service of {name} that the file no longer names.', saferWay: 'Leave out --prune.' },
    { id: 'node-rm', words: ['node', 'rm|remove|demote'], verb: 'stop', kind: 'node', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Takes {name} out of the swarm or of its managers; too few managers lose the swarm.', saferWay: 'Drain it first: docker node update --availability drain.' },
    { id: 'node-drain', words: ['node', 'update'], value: { of: ['--availability'], fits: /^drain$/ }, verb: 'stop', kind: 'node', reversibility: 'reversible', name: [{ operand: 0 }], why: 'Moves everything off {name}.', saferWay: 'Look first: docker node ps.' },
    { id: 'kube-down', words: ['kube', 'down'], needs: ['--force'], verb: 'delete', kind: 'volumes', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the pods of {name} and their volumes with the data in them.', saferWay: 'Leave out --force, which keeps the volumes.' },
    { id: 'secret-rm', words: ['secret|config', 'rm|remove'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}: its value cannot be read back.', saferWay: 'Make a new version beside it.' },
    { id: 'pod-rm', words: ['pod', 'rm|prune'], verb: 'delete', kind: 'pod', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with its containers and what they wrote outside their volumes.', saferWay: 'Stop it instead: podman pod stop.' },
    { id: 'rm-all', words: ['rm'], needs: ['-a', '--all'], verb: 'delete', kind: 'containers', reversibility: 'irreversible', name: [], why: 'Deletes every container with what it wrote outside its volumes.', saferWay: 'Name the container.' },
    { id: 'buildx-rm', words: ['buildx', 'rm|prune'], needs: ['--all-inactive', '-a', '--all'], verb: 'delete', kind: 'build cache', reversibility: 'recoverable', name: [], why: 'Deletes builders or their cache; builds start anew.', saferWay: 'Leave out --all.' },
    { id: 'machine-rm', words: ['machine', 'rm|reset'], verb: 'delete', kind: 'machine', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the virtual machine with every container and volume in it.', saferWay: 'Stop it instead.' },
  ],
  inspect,
  controlPlane: {
    hosts: ['/var/run/docker.sock', '/run/docker.sock', '/run/podman/podman.sock'],
    ports: [2375, 2376],
    paths: [
      ...engine('DELETE', 'volumes/:name', { id: 'api-volume-rm', kind: 'volume', why: 'Deletes the volume {name} with all data in it.', saferWay: 'Look at what uses it: GET /volumes.' }),
      ...engine('POST', 'volumes/prune', { id: 'api-volume-prune', kind: 'volumes', why: 'Deletes every volume that no container uses now, with the data in it.', saferWay: 'List them first: GET /volumes.' }),
      ...engine('POST', 'containers/prune', { id: 'api-container-prune', kind: 'stopped containers', why: 'Deletes every stopped container with what it wrote outside its volumes.', saferWay: 'List them first: GET /containers/json.' }),
      ...engine('DELETE', 'containers/:name', { id: 'api-container-rm', kind: 'container', why: 'Deletes {name} with what it wrote outside its volumes.', saferWay: 'Stop it instead: POST /containers/{id}/stop.' }),
      ...engine('DELETE', 'services/:name', { id: 'api-service-rm', kind: 'service', why: 'Removes {name} and stops everything it runs.', saferWay: 'Scale it down first.' }),
    ],
  },
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
      { command: 'docker --context prod stop web', by: 'stop-elsewhere' },
      { command: 'DOCKER_HOST=ssh://me@host7 docker restart web', by: 'stop-elsewhere' },
      { command: 'docker -H tcp://10.0.0.9:2376 kill web', by: 'stop-elsewhere' },
      { command: 'docker container prune --filter until=24h', by: 'container-prune' },
      { command: 'podman container prune -f', by: 'container-prune' },
      { command: 'nerdctl image prune --all --force', by: 'image-prune-all' },
      { command: 'docker image prune --filter until=24h -a', by: 'image-prune-all' },
      { command: 'docker rm -v db', by: 'rm' },
      { command: 'docker --context prod swarm leave -f', by: 'swarm-leave' },
      { command: 'sudo docker swarm leave --force', by: 'swarm-leave' },
      { command: 'docker stack down shop', by: 'stack-rm' },
      { command: 'docker stack deploy -c stack.yml --prune shop', by: 'stack-prune' },
      { command: 'docker service scale web=0', by: 'service-scale' },
      { command: 'docker service rollback web', by: 'service-scale' },
      { command: 'docker config rm nginx.conf', by: 'secret-rm' },
      { command: 'podman secret rm --all', by: 'secret-rm' },
      { command: 'podman pod prune -f', by: 'pod-rm' },
      { command: 'podman pod rm -fa', by: 'pod-rm' },
      { command: 'docker buildx rm --all-inactive', by: 'buildx-rm' },
      { command: 'docker buildx prune -af', by: 'buildx-rm' },
      { command: 'podman machine reset -f', by: 'machine-rm' },
      { command: 'podman machine rm dev', by: 'machine-rm' },
      { command: 'docker node rm worker-2', by: 'node-rm' },
      { command: 'docker node demote manager-2', by: 'node-rm' },
      { command: 'docker node update --availability drain worker-1', by: 'node-drain' },
      { command: 'podman kube down --force shop.yaml', by: 'kube-down' },
      { command: 'sudo podman kube down --force https://example.com/pod.yaml', by: 'kube-down' },
      { command: 'podman --connection prod kube down shop.yaml --force', by: 'kube-down' },
      { command: 'curl --unix-socket /var/run/docker.sock -X DELETE http://localhost/volumes/pgdata', by: 'api-volume-rm' },
      { command: 'curl --unix-socket /var/run/docker.sock -X DELETE http://localhost/v1.45/volumes/pgdata', by: 'api-volume-rm-versioned' },
      { command: 'curl -X POST http://10.0.0.9:2375/volumes/prune', by: 'api-volume-prune' },
      { command: 'curl -X POST http://localhost:2375/v1.45/volumes/prune', by: 'api-volume-prune-versioned' },
      { command: 'curl -X POST http://localhost:2375/containers/prune', by: 'api-container-prune' },
      { command: 'curl -X POST http://localhost:2375/v1.45/containers/prune', by: 'api-container-prune-versioned' },
      { command: 'curl -X DELETE http://localhost:2375/containers/db?v=true', by: 'api-container-rm' },
      { command: 'curl -X DELETE http://localhost:2375/v1.45/containers/db', by: 'api-container-rm-versioned' },
      { command: 'curl -X DELETE http://localhost:2375/services/web', by: 'api-service-rm' },
      { command: 'curl -X DELETE http://localhost:2375/v1.45/services/web', by: 'api-service-rm-versioned' },
    ],
    passes: ['docker restart web', 'docker stack deploy -c stack.yml shop', 'docker network prune -f', 'docker --context desktop-linux stop web', 'curl --unix-socket /var/run/docker.sock http://localhost/volumes', 'docker ps', 'docker rm web', 'docker rm -f web', 'docker rmi old', 'docker rmi -f old', 'docker rmi $(docker images -q -f dangling=true)', 'docker stop $(docker ps -q)', 'docker kill web', 'podman pod ls', 'docker image prune -f', 'docker volume ls', 'docker build -t x .', 'docker run --rm -v data:/data alpine ls', 'docker stop web', 'docker system df', 'docker builder prune -f', 'docker run -v /a:/b alpine rm --help'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const at = /^(?:container|image)$/.test(call.operands[0]?.text ?? '') ? 1 : 0;
  const command = call.operands[at]?.text ?? '';
  const named = call.operands.slice(at + 1);
  const forced = hasOption(call, '-f', '--force');
  if (command === 'rmi' || (command === 'rm' && call.operands[0]?.text === 'image')) return forced ? removedImages(named, call) : [];
  if (stopping.has(command)) return stopsElsewhere(command, named, call);
  return command === 'rm' && (forced || !named.every(isKnown)) ? removeEffects(named, call) : [];
}

/** Podman removes the containers that use an image with it; docker keeps them, but images only known when it runs may be ones built here. */
function removedImages(images: readonly Word[], call: Call): readonly Effect[] {
  const withContainers = call.invocation.program === 'podman';
  if (!withContainers && images.every(isKnown)) return [];
  const name = images.map((word) => word.text).join(', ');
  const { span, env } = call.invocation;
  return [{
    verb: 'delete', resource: { kind: 'image', name, provider: 'Docker' }, reversibility: 'irreversible', certainty: withContainers ? 'certain' : 'likely', rule: 'docker/rmi',
    why: withContainers ? `Deletes ${name || 'every image'} and every container that uses it, running or not, with what it wrote outside its volumes.` : 'Deletes images that are only known when it runs; those only built here cannot be pulled again.',
    saferWay: 'Leave out -f, which keeps what is in use.', docs: 'https://docs.podman.io/en/latest/markdown/podman-rmi.1.html', target: targetFrom(rule.target, call), env, ...(span ? { span } : {}),
  }];
}

const stopping: ReadonlySet<string> = new Set(['stop', 'kill', 'restart', 'pause']);

/** A container of this machine is started again as it was; one elsewhere may serve others. */
function stopsElsewhere(command: string, containers: readonly Word[], call: Call): readonly Effect[] {
  const place = placeOf(call);
  if (place === undefined || /^(?:default|unix:|npipe:|desktop-|colima|orbstack|rootless|rancher-desktop)/.test(place)) return [];
  const name = containers.map((word) => word.text).join(', ');
  const { span, env } = call.invocation;
  return [{
    verb: 'stop', resource: { kind: 'container', name, provider: 'Docker' }, reversibility: 'reversible', certainty: 'certain', rule: 'docker/stop-elsewhere',
    why: `Has ${place} ${command} ${name || 'containers'}, and whatever they serve.`, saferWay: 'Let a person stop it.', docs: 'https://docs.docker.com/reference/cli/docker/container/stop/', target: targetFrom(rule.target, call), env, ...(span ? { span } : {}),
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
  return [{
    verb: 'delete', resource: { kind: 'container', name, provider: 'Docker' }, reversibility: known ? 'recoverable' : 'irreversible', certainty: known ? 'certain' : 'unknown', rule: known ? 'docker/rm-force' : 'docker/rm-unknown',
    why: known ? `Stops and deletes ${name}; what it wrote outside its volumes is lost.` : 'Deletes containers that are only known when it runs; what they wrote outside their volumes is lost.',
    saferWay: 'Stop it instead: docker stop.', docs: 'https://docs.docker.com/reference/cli/docker/container/rm/', target: targetFrom(rule.target, call), env, ...(known ? { regenerable: true } : {}), ...(span ? { span } : {}),
  }];
}
