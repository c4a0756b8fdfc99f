import type { Certainty, Effect, RepositoryStake, Reversibility, TargetHint, Verb } from '../effect.ts';
import { isAbsolute } from '../files/path.ts';
import type { GitCommand } from './command.ts';

/** What a git operation does, before it is put into an effect. */
export interface GitLoss {
  /** Operation id: `reset-hard`. */
  readonly id: string;
  readonly verb: Verb;
  readonly kind: string;
  readonly name: string;
  readonly why: string;
  readonly saferWay: string;
  readonly reversibility?: Reversibility;
  readonly certainty?: Certainty;
  readonly target?: TargetHint;
  readonly paths?: readonly string[];
  /** What of the repository goes; absent: nothing but the paths. */
  readonly stake?: Omit<RepositoryStake, 'folder'>;
  /** Page of git's manual; the subcommand's own where absent. */
  readonly page?: string;
}

export function gitEffect(loss: GitLoss, command: GitCommand): Effect {
  const { span, env } = command.call.invocation;
  const folder = command.facts?.root ?? command.folder;
  return {
    verb: loss.verb,
    resource: { kind: loss.kind, name: loss.name, provider: 'git' },
    reversibility: loss.reversibility ?? 'irreversible',
    certainty: loss.certainty ?? 'certain',
    rule: `git/${loss.id}`,
    why: loss.why,
    saferWay: loss.saferWay,
    docs: `https://git-scm.com/docs/git-${loss.page ?? command.subcommand}`,
    target: loss.target ?? { by: 'path' },
    env,
    ...(span ? { span } : {}),
    ...(loss.paths && loss.paths.length > 0 ? { paths: loss.paths } : {}),
    ...(loss.stake && folder !== undefined && (isAbsolute(folder, 'posix') || isAbsolute(folder, 'windows')) ? { repository: { ...loss.stake, folder } } : {}),
  };
}
