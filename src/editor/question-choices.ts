import type { Finding } from '../core/verdict.ts';
import { namesNothing } from '../gate/intents.ts';
import type { Question } from '../gate/ports.ts';
import { mayBeAllowedAhead } from '../gate/sessions.ts';

/** A target that a person can place in an environment, by the name the policy knows it by. */
export interface Placeable {
  readonly name: string;
}

/** The answers beside Deny and Allow Once that a question offers. */
export interface RarerAnswers {
  readonly session: boolean;
  readonly always: boolean;
  readonly place: Placeable | undefined;
  /** A known value that goes to one host and nowhere else. */
  readonly credential: Credential | undefined;
}

/** A known secret by its name, and the one host it is spent at. */
export interface Credential {
  readonly name: string;
  readonly spent: NonNullable<Finding['spent']>;
}

/** What of a question can be answered for longer than once. What is production, unknown or for good is only ever allowed once. */
export function rarerAnswers({ action, verdict }: Question): RarerAnswers {
  const session = mayBeAllowedAhead(verdict);
  const unknown = verdict.findings.find(({ verb, decision, environment, target }) => verb !== 'useCredential' && decision === 'ask' && environment === 'unknown' && target.by !== 'path');
  const name = unknown && nameOf(unknown);
  const spending = verdict.findings.find(({ decision, spent }) => decision === 'ask' && spent !== undefined);
  const credential = spending?.spent && { name: spending.resource.name, spent: spending.spent };
  return { session, credential, always: session && action.tool === 'shell' && action.cwd !== '', place: name ? { name } : undefined };
}

/** Names that hold for more than one thing, and several things in one text. */
const indistinct = /[,*?{}[\]$]/;

/** The resource's own name, else that of the context or host it is reached by: placing a host places everything there. */
function nameOf({ resource, target }: Finding): string | undefined {
  const names = [resource.name, target.by === 'named' ? (target.name ?? '') : target.by === 'host' ? target.host : ''];
  return names.find((name) => name.length > 2 && name.length <= 200 && !namesNothing(name) && !indistinct.test(name));
}
