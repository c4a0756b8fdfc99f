import { shapeOfKind } from './shapes.ts';

/** Pages on making and revoking credentials, for providers whose tokens have no shape of their own or whose shape's page says less. */
const pages: Readonly<Record<string, string>> = {
  algolia: 'https://www.algolia.com/doc/guides/security/api-keys/',
  auth0: 'https://auth0.com/docs/get-started/applications/rotate-client-secret',
  aws: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html',
  circleci: 'https://circleci.com/docs/guides/toolkit/managing-api-tokens/',
  cloudflare: 'https://developers.cloudflare.com/fundamentals/api/how-to/roll-token/',
  coolify: 'https://coolify.io/docs/core/security/credentials/api-tokens',
  datadog: 'https://docs.datadoghq.com/account_management/api-app-keys/',
  fly: 'https://fly.io/docs/security/tokens',
  github: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens',
  heroku: 'https://devcenter.heroku.com/articles/authentication',
  hetzner: 'https://docs.hetzner.com/cloud/api/getting-started/generating-api-token/',
  linode: 'https://techdocs.akamai.com/linode-api/reference/get-started',
  mailgun: 'https://documentation.mailgun.com/docs/mailgun/api-reference/authentication',
  mongodb: 'https://www.mongodb.com/docs/atlas/configure-api-access/',
  okta: 'https://developer.okta.com/docs/guides/create-an-api-token/main/',
  postmark: 'https://postmarkapp.com/developer/api/overview#authentication',
  railway: 'https://docs.railway.com/reference/public-api',
  stripe: 'https://docs.stripe.com/keys-best-practices',
  supabase: 'https://supabase.com/docs/guides/api/api-keys',
  turso: 'https://docs.turso.tech/api-reference/authentication',
  upstash: 'https://upstash.com/docs/devops/developer-api/authentication',
};

/** The vendor's page on how credentials of this kind are made and revoked; undefined where none is known. */
export function rotationPage(kind: string, provider: string | undefined): string | undefined {
  return (provider !== undefined && Object.hasOwn(pages, provider) ? pages[provider] : undefined) ?? shapeOfKind(kind)?.docs;
}
