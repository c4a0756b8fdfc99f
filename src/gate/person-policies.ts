import { readManagedPolicy } from './managed-policy.ts';
import { type PolicyReading, readPolicy, unreadablePolicy } from './policy-file.ts';
import type { PolicyFileRead } from './policy-stack.ts';
import { CANNOT_READ, textOf } from './workspace-policy.ts';

/** The name of a person's own policy in the state folder. */
export const USER_POLICY = 'user-policy.jsonc';

/** An organisation's policy as it was read; undefined where there is none. */
export async function managedPolicyIn(file: string): Promise<PolicyFileRead | undefined> {
  try {
    const found = await readManagedPolicy(file);
    if (found === undefined) return undefined;
    const reading = readPolicy(found.text);
    const untrusted = unreadablePolicy('This file could have been written by somebody who is no administrator, so it can only make things stricter. It and its folder must belong to root and be writable by nobody else.').problems;
    return { file, source: 'managed', reading: found.trusted ? reading : { ...reading, problems: [...untrusted, ...reading.problems] }, tightens: !found.trusted };
  } catch {
    return { file, source: 'managed', reading: unreadablePolicy(CANNOT_READ), tightens: false };
  }
}

/** Where an organisation has records sent. A file that somebody else could have written says nothing of it. */
export function organisationsCollector(managed: PolicyFileRead | undefined): PolicyReading['openTelemetry'] {
  return managed === undefined || managed.tightens ? undefined : managed.reading.openTelemetry;
}

/** A person's policy as it was read; an empty one where there is none. */
export async function userPolicyIn(file: string): Promise<PolicyFileRead> {
  const text = await textOf(file);
  return { file, source: 'user', reading: text === 'unreadable' ? unreadablePolicy(CANNOT_READ) : readPolicy(text?.text ?? ''), tightens: false };
}
