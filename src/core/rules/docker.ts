import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { knownWord } from '../shell/word.ts';

const volumes = ['-v', '--volumes'];

export const rule: Rule = {
  tool: 'docker',
  title: 'Docker',
  programs: ['docker', 'podman', 'nerdctl'],
  docs: 'https://docs.docker.com/reference/cli/docker/',
  // `-f` takes a value only after `compose`, which has a rule of its own.
  valueOptions: ['-H', '--host', '--context', '-c', '--config', '-l', '--log-level', '--filter', '-t', '--timeout', '-s', '--signal', '--time'],
  safeOptions: ['-h'],
  target: { system: 'docker', option: ['-H', '--host', '--context'], variable: ['DOCKER_HOST', 'DOCKER_CONTEXT'] },
  operations: [
    { id: 'volume-rm', words: ['volume', 'rm|remove'], verb: 'delete', kind: 'volume', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} with all data in it.', saferWay: 'Look at what uses it: docker volume inspect.' },
    { id: 'volume-prune', words: ['volume', 'prune'], verb: 'delete', kind: 'volumes', reversibility: 'irreversible', name: [{ option: ['--filter'] }], why: 'Deletes every volume that no container uses now, with the data in it.', saferWay: 'List them first: docker volume ls --filter dangling=true.' },
    { id: 'system-prune-volumes', words: ['system', 'prune'], needs: ['--volumes'], verb: 'delete', kind: 'volumes', reversibility: 'irreversible', name: [], why: 'Deletes unused containers, networks, images and the volumes with their data.', saferWay: 'Leave out --volumes.' },
    { id: 'system-reset', words: ['system', 'reset'], verb: 'delete', kind: 'all containers and volumes', reversibility: 'irreversible', name: [], why: 'Deletes every container, image and volume on the machine.', saferWay: 'Remove the containers one by one.' },
    { id: 'rm', words: ['rm'], needs: volumes, verb: 'delete', kind: 'container', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} and the unnamed volumes attached to it.', saferWay: 'Leave out -v, which keeps the volumes.' },
    { id: 'container-rm', words: ['container', 'rm'], needs: volumes, verb: 'delete', kind: 'container', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} and the unnamed volumes attached to it.', saferWay: 'Leave out -v, which keeps the volumes.' },
    { id: 'swarm-leave', words: ['swarm', 'leave'], needs: ['-f', '--force'], verb: 'delete', kind: 'swarm', reversibility: 'irreversible', name: [], why: 'Takes this machine out of its swarm; for the last manager the swarm and its secrets are lost.', saferWay: 'Demote the node first.' },
    { id: 'stack-rm', words: ['stack', 'rm|remove|down'], verb: 'delete', kind: 'stack', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes every service of {name}.', saferWay: 'Scale the services down first.' },
    { id: 'service-rm', words: ['service', 'rm|remove'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes {name} and stops everything it runs.', saferWay: 'Scale it down first: docker service scale.' },
    { id: 'secret-rm', words: ['secret|config', 'rm|remove'], verb: 'delete', kind: 'secret', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name}: its value cannot be read back.', saferWay: 'Make a new version beside it.' },
    { id: 'machine-rm', words: ['machine', 'rm|reset'], verb: 'delete', kind: 'machine', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the virtual machine with every container and volume in it.', saferWay: 'Stop it instead.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'docker volume rm pgdata', by: 'volume-rm' },
      { command: 'docker volume prune -f', by: 'volume-prune' },
      { command: 'docker system prune -a --volumes -f', by: 'system-prune-volumes' },
      { command: 'podman system reset', by: 'system-reset' },
      { command: 'docker rm -fv db', by: 'rm' },
      { command: 'docker container rm --volumes db', by: 'container-rm' },
      { command: 'docker swarm leave --force', by: 'swarm-leave' },
      { command: 'docker stack rm shop', by: 'stack-rm' },
      { command: 'docker service rm web', by: 'service-rm' },
      { command: 'docker secret rm key', by: 'secret-rm' },
      { command: 'podman machine rm', by: 'machine-rm' },
      { command: 'docker --context prod volume rm pgdata', by: 'volume-rm' },
    ],
    passes: ['docker ps', 'docker rm -f web', 'docker rmi old', 'docker image prune -f', 'docker system prune -f', 'docker volume ls', 'docker build -t x .', 'docker run --rm -v data:/data alpine ls', 'docker stop web', 'docker system df', 'docker builder prune -f', 'docker run -v /a:/b alpine rm --help'],
  },
};

/** `docker compose` is the same program as `docker-compose`, on the machine docker's own options name. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const at = call.invocation.argv.findIndex((word) => word.text === 'compose');
  if (at < 0 || call.operands[0]?.text !== 'compose') return [];
  const context = optionValue(call, '--context', '-c')?.text;
  const host = optionValue(call, '-H', '--host')?.text;
  const env = { ...call.invocation.env, ...(context === undefined ? {} : { DOCKER_CONTEXT: context }), ...(host === undefined ? {} : { DOCKER_HOST: host }) };
  return analysis.invocation({ ...call.invocation, program: 'docker-compose', argv: [knownWord('docker-compose'), ...call.invocation.argv.slice(at + 1)], env, redirections: [] });
}
