import { baseName } from '../files/path.ts';

/** What is wrong with a credential besides lying there, and what to do about it. */
export interface Advice {
  /** One sentence. */
  readonly what: string;
  /** The next step, one sentence. */
  readonly next: string;
  /** Documentation of that step. */
  readonly link: string;
}

/** What is known of a credential without its value. */
export interface Advised {
  readonly kind: string;
  readonly provider?: string | undefined;
  /** Its file, absolute or not. */
  readonly file: string;
  /** Seconds since 1970 at which a signed token stops working; null where it never does. */
  readonly expires?: number | null | undefined;
  /** True where git keeps its file. */
  readonly tracked: boolean;
  /** True where it is in the git history and in no file any more. */
  readonly onlyInHistory?: boolean;
}

const tracked: Advice = {
  what: 'It is in git: whoever can read the repository has it, and deleting the line does not take it out of the history.',
  next: 'Replace it at the vendor first, then take the file out of git.',
  link: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository',
};

const onlyInHistory: Advice = {
  what: 'It is in the git history: it can be read by whoever has the repository.',
  next: 'Rotate it: replace it at the vendor, so that this value no longer works.',
  link: tracked.link,
};

/** Credentials that reach further or live longer than most tasks need, by the kind of the finding; from the vendors' own pages. */
const byKind: Readonly<Record<string, Advice>> = {
  'github personal access token': {
    what: 'A classic token reaches every repository its owner can reach.',
    next: 'Make a fine-grained token for the repositories it is for, with an end date.',
    link: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens',
  },
  'gitlab access token': { what: 'A personal token acts on everything its owner can reach.', next: 'Make a project access token with only the scopes it needs.', link: 'https://docs.gitlab.com/user/project/settings/project_access_tokens/' },
  'aws access key id': {
    what: 'A long-term AWS key works until somebody deletes it.',
    next: 'Use temporary credentials of a role or of IAM Identity Center instead.',
    link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds-programmatic-access.html',
  },
  'supabase service role key': { what: 'It bypasses row level security, is valid for years and cannot be replaced by itself.', next: 'Move to a secret key, which can be revoked alone, and turn the old keys off.', link: 'https://supabase.com/docs/guides/api/api-keys' },
  'supabase access token': { what: 'Unless it is scoped, it manages every project of its owner.', next: 'Make a scoped token for the one project, or use that project’s secret key where it is enough.', link: 'https://supabase.com/docs/guides/platform/personal-access-tokens' },
  'stripe secret key': { what: 'A live secret key may do everything, refunds and payouts included.', next: 'Make a restricted key with only the permissions this needs.', link: 'https://docs.stripe.com/keys/restricted-api-keys' },
  'cloudflare global key': { what: 'The global key has full access to the account.', next: 'Make an API token for the zone and the permission this needs.', link: 'https://developers.cloudflare.com/fundamentals/api/get-started/create-token/' },
  'google api key': { what: 'Unless it is restricted, it calls every API of its project from anywhere.', next: 'Restrict it to the APIs and callers it is for.', link: 'https://docs.cloud.google.com/docs/authentication/api-keys' },
  'azure client secret': { what: 'Whoever has it signs in as the application.', next: 'Use a managed identity or a federated credential, which leaves nothing to keep.', link: 'https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation' },
  'anthropic admin key': { what: 'An admin key manages the organisation’s members and keys.', next: 'Use an ordinary API key of one workspace for calls to models.', link: 'https://platform.claude.com/docs/en/manage-claude/admin-api-keys' },
  'openai admin key': { what: 'An admin key manages the organisation.', next: 'Use a project key for calls to models.', link: 'https://developers.openai.com/api/reference/resources/organization/subresources/admin_api_keys' },
  'openai api key': { what: 'A key of this older form is not bound to one project.', next: 'Make a key of the one project this is for.', link: 'https://developers.openai.com/api/docs/guides/production-best-practices' },
  'npm token': { what: 'It may publish every package it was given.', next: 'Publish by trusted publishing, or make a granular token with an end date.', link: 'https://docs.npmjs.com/about-access-tokens' },
  'pypi token': { what: 'It uploads releases, of all projects unless it is scoped to one.', next: 'Publish by trusted publishing, which needs no stored token.', link: 'https://docs.pypi.org/trusted-publishers/' },
  'tailscale api token': { what: 'It manages the whole network.', next: 'Use an OAuth client with only the scopes this needs.', link: 'https://tailscale.com/docs/features/oauth-clients' },
  'doppler personal token': { what: 'It reads and changes all secrets of its owner.', next: 'Use a service token, which is bound to one config.', link: 'https://docs.doppler.com/docs/service-tokens' },
  'slack legacy token': { what: 'Legacy tokens carry wide scopes and are no longer issued.', next: 'Move to a Slack app with only the scopes it needs.', link: 'https://docs.slack.dev/legacy/legacy-custom-integrations/legacy-custom-integrations-tokens' },
  'digitalocean access token': { what: 'With full access it manages every droplet, database and volume of the account.', next: 'Make one with custom scopes and an end date.', link: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/' },
};

/** The same by the provider, where the shape does not tell one credential of it from another. */
const byProvider: Readonly<Record<string, Advice>> = {
  railway: { what: 'Unless it is a project token, it reaches every project of its account.', next: 'Make a project token, which is bound to one environment.', link: 'https://docs.railway.com/reference/public-api' },
  heroku: { what: 'An account’s key manages every app of its owner.', next: 'Make an authorization with only the scope this needs.', link: 'https://devcenter.heroku.com/articles/oauth' },
};

/** What AWS says of such keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html */
const awsRoot: Advice = {
  what: 'The file’s name says that this key is the root user’s, which may do everything in the account.',
  next: 'Delete the root user’s keys and use a role.',
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html',
};

const jwtLink = 'https://www.rfc-editor.org/rfc/rfc8725';
const YEAR = 365 * 24 * 3600;

/**
 * What to do about a credential, most pressing first; none where nothing is known against it.
 * @param now seconds since 1970
 */
export function adviceFor(credential: Advised, now: number): readonly Advice[] {
  const root = /^rootkey\b/i.test(baseName(credential.file, 'posix')) && (credential.provider === 'aws' || credential.kind.startsWith('aws '));
  const reach = root ? awsRoot : (reachOfKind(credential.kind) ?? reachOfProvider(credential.kind, credential.provider));
  const life = lifeOf(credential.expires, now);
  return [...(credential.onlyInHistory ? [onlyInHistory] : credential.tracked ? [tracked] : []), ...(reach ? [reach] : []), ...(life ? [life] : [])];
}

/** What is too far-reaching about credentials of a kind. */
export function reachOfKind(kind: string): Advice | undefined {
  return Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
}

function reachOfProvider(kind: string, provider: string | undefined): Advice | undefined {
  return provider !== undefined && kind.startsWith(`${provider} `) && Object.hasOwn(byProvider, provider) ? byProvider[provider] : undefined;
}

function lifeOf(expires: number | null | undefined, now: number): Advice | undefined {
  if (expires === undefined) return undefined;
  if (expires === null) return { what: 'This signed token has no end date.', next: 'Issue one that stops working after hours or days.', link: jwtLink };
  if (expires < now) return { what: `This signed token stopped working on ${dayOf(expires)}.`, next: 'Delete it.', link: jwtLink };
  return expires > now + YEAR ? { what: `This signed token works until ${dayOf(expires)}.`, next: 'Issue one that stops working after hours or days.', link: jwtLink } : undefined;
}

/** A date as people everywhere read it; one that no calendar holds is far away. */
function dayOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'a day beyond every calendar' : date.toISOString().slice(0, 10);
}
