import type { Analysis } from '../analysis.ts';
import { optionValue, parseCall, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { isInside } from '../files/path.ts';
import type { Invocation } from '../invocation.ts';
import { own } from '../own.ts';
import { knownWord, type Word } from '../shell/word.ts';

const globalOptions = ['-H', '--host', '--context', '-c', '--config', '-l', '--log-level'];
/** Options of `docker run` that stand alone; every other takes a value. https://docs.docker.com/reference/cli/docker/container/run/ */
const flags = new Set(['--rm', '--init', '--privileged', '--read-only', '--no-healthcheck', '--oom-kill-disable', '--detach', '--interactive', '--tty', '--publish-all', '--quiet', '--disable-content-trust', '--sig-proxy', '--help']);
const letterFlags = /^-[ditPq]+$/;

/** Images that run their own program, to which the words behind them are handed; by the last two parts of their name. */
const programOfImage: Readonly<Record<string, string>> = {
  'amacneil/dbmate': 'dbmate', 'amazon/aws-cli': 'aws', 'arigaio/atlas': 'atlas', 'alpine/helm': 'helm', 'bitnami/kubectl': 'kubectl', 'flyway/flyway': 'flyway', 'redgate/flyway': 'flyway', 'hashicorp/terraform': 'terraform', 'kopia/kopia': 'kopia',
  'liquibase/liquibase': 'liquibase', 'migrate/migrate': 'migrate', 'minio/mc': 'mc', 'opentofu/opentofu': 'tofu', 'pulumi/pulumi': 'pulumi', 'rclone/rclone': 'rclone', 'restic/restic': 'restic', 'velero/velero': 'velero',
};

/** The effects of what docker starts: `docker compose` as the program of its own that it is, and the words behind an image. */
export function runDocker(invocation: Invocation, analysis: Analysis): readonly Effect[] | undefined {
  const call = parseCall(invocation, { valueOptions: globalOptions });
  const [first, second] = call.operands;
  if (first?.text === 'compose') return asCompose(first, call, analysis);
  const run = first?.text === 'container' && second?.text === 'run' ? second : first;
  return run?.text === 'run' ? inNewContainer(invocation.argv.slice(invocation.argv.indexOf(run) + 1), invocation, analysis) : undefined;
}

/** On the machine docker's own options name. */
function asCompose(compose: Word, call: Call, analysis: Analysis): readonly Effect[] {
  const { invocation } = call;
  const at = invocation.argv.indexOf(compose);
  const own = parseCall({ ...invocation, argv: invocation.argv.slice(0, at) }, { valueOptions: globalOptions });
  const context = optionValue(own, '--context', '-c')?.text;
  const host = optionValue(own, '-H', '--host')?.text;
  const env = { ...invocation.env, ...(context === undefined ? {} : { DOCKER_CONTEXT: context }), ...(host === undefined ? {} : { DOCKER_HOST: host }) };
  return analysis.invocation({ ...invocation, program: 'docker-compose', argv: [knownWord('docker-compose'), ...invocation.argv.slice(at + 1)], env, redirections: [] });
}

/** A new container's own files go with it; what it does to folders of the machine and to anything over the network stays. */
function inNewContainer(words: readonly Word[], invocation: Invocation, analysis: Analysis, ownProgram = true): readonly Effect[] {
  const mounted: string[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (!text.startsWith('-')) break;
    const equals = text.indexOf('=');
    const isFlag = flags.has(text) || letterFlags.test(text) || equals > 0;
    const value = equals > 0 ? text.slice(equals + 1) : isFlag ? '' : (words[++at]?.text ?? '');
    if (/^(?:-v|--volume|--mount)(?:=|$)/.test(text)) mounted.push(...mountTargets(value));
    if (text.startsWith('--entrypoint')) return inNewContainer(entrypointFirst(words, at, value), invocation, analysis, false);
  }
  if (words.length < at + 2) return [];
  const image = words[at] as Word;
  const program = ownProgram && own(programOfImage, image.text.replace(/[:@][^/]*$/, '').split('/').slice(-2).join('/'));
  const run = !program || words[at + 1]?.text === program ? [image] : [image, knownWord(program)];
  const effects = analysis.invocation({ ...invocation, argv: [knownWord('docker'), knownWord('exec'), ...run, ...words.slice(at + 1)], redirections: [] });
  return effects.filter((effect) => effect.target.by !== 'path' || !effect.paths || effect.paths.some((path) => mounted.some((target) => isInside(path, target, 'posix') || isInside(target, path, 'posix'))));
}

/** `--entrypoint sh IMAGE -c …`: the program stands before the image. */
function entrypointFirst(words: readonly Word[], at: number, program: string): readonly Word[] {
  const from = words[at]?.text.startsWith('--entrypoint=') ? at : at - 1;
  const rest = [...words.slice(0, from), ...words.slice(at + 1)];
  const image = imageAt(rest);
  return [...rest.slice(0, image + 1), knownWord(program), ...rest.slice(image + 1)];
}

function imageAt(words: readonly Word[]): number {
  for (let at = 0; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (!text.startsWith('-')) return at;
    if (!flags.has(text) && !letterFlags.test(text) && !text.includes('=')) at++;
  }
  return words.length;
}

/** Where a folder or file of the machine, or a volume, stands in the container. */
function mountTargets(text: string): readonly string[] {
  const named = /(?:^|,)(?:target|dst|destination)=([^,]*)/.exec(text)?.[1];
  return named === undefined ? text.split(':').slice(1, 2) : [named];
}
