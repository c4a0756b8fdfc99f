/** A company or program that issues credentials, as far as telling one from another needs it. */
export interface Provider {
  readonly id: string;
  /** Words that stand for it in names and prose, lower case. */
  readonly words: readonly string[];
  /** Hosts at which its credentials are spent, subdomains included. */
  readonly hosts: readonly string[];
  /** What its tokens open where their shape does not tell, as the end of a sentence that begins "It". */
  readonly can?: string;
}

const provider = (id: string, hosts: string, words = id, can?: string): Provider => ({ id, words: words.split(' '), hosts: hosts.split(' ').filter(Boolean), ...(can === undefined ? {} : { can }) });

/** Hosts are those of the providers' own API documentation. */
const providers: readonly Provider[] = [
  // https://docs.railway.com/reference/public-api: only a project token is bound to one environment.
  provider('railway', 'railway.app railway.com', 'railway', 'may reach every project, service and volume of its account'),
  // https://devcenter.heroku.com/articles/authentication
  provider('heroku', 'heroku.com', 'heroku', 'may manage every app of its owner'),
  provider('postmark', 'postmarkapp.com', 'postmark postmarkapp'),
  provider('vercel', 'vercel.com v0.dev'),
  provider('cloudflare', 'cloudflare.com', 'cloudflare cf'),
  provider('circleci', 'circleci.com', 'circleci circle'),
  provider('datadog', 'datadoghq.com datadoghq.eu ddog-gov.com', 'datadog datadoghq'),
  provider('algolia', 'algolia.net algolia.com algolianet.com'),
  provider('mailgun', 'mailgun.net mailgun.org mailgun.com'),
  provider('upstash', 'upstash.io upstash.com'),
  provider('coolify', 'coolify.io'),
  provider('netlify', 'netlify.com'),
  provider('render', 'render.com'),
  provider('fly', 'fly.io machines.dev', 'fly flyio'),
  provider('neon', 'neon.tech neon.com'),
  provider('supabase', 'supabase.com supabase.co'),
  provider('planetscale', 'planetscale.com psdb.cloud', 'planetscale pscale'),
  // https://docs.turso.tech/api-reference/authentication
  provider('turso', 'turso.tech turso.io', 'turso', 'may create and destroy databases'),
  provider('convex', 'convex.dev convex.cloud'),
  provider('digitalocean', 'digitalocean.com digitaloceanspaces.com', 'digitalocean'),
  provider('hetzner', 'hetzner.cloud hetzner.com', 'hetzner hcloud'),
  provider('linode', 'linode.com akamai.com', 'linode'),
  provider('scaleway', 'scaleway.com', 'scaleway scw'),
  provider('aws', 'amazonaws.com aws.amazon.com', 'aws amazon'),
  provider('google', 'googleapis.com google.com', 'google gcp gcloud firebase gemini'),
  provider('azure', 'azure.com azure.net windows.net microsoftonline.com microsoft.com', 'azure azurerm microsoft'),
  provider('alibaba', 'aliyuncs.com alibabacloud.com', 'alibaba aliyun'),
  provider('github', 'github.com githubusercontent.com ghcr.io', 'github gh'),
  provider('gitlab', 'gitlab.com', 'gitlab'),
  provider('bitbucket', 'bitbucket.org'),
  provider('atlassian', 'atlassian.com atlassian.net', 'atlassian jira confluence'),
  provider('npm', 'npmjs.org npmjs.com', 'npm npmjs'),
  provider('pypi', 'pypi.org pythonhosted.org'),
  provider('docker', 'docker.com docker.io', 'docker dockerhub'),
  provider('stripe', 'stripe.com'),
  provider('square', 'squareup.com squareupsandbox.com'),
  provider('shopify', 'shopify.com myshopify.com'),
  provider('twilio', 'twilio.com'),
  provider('sendgrid', 'sendgrid.com sendgrid.net'),
  provider('mailchimp', 'mailchimp.com mandrillapp.com', 'mailchimp mandrill'),
  provider('resend', 'resend.com'),
  provider('slack', 'slack.com'),
  provider('discord', 'discord.com discordapp.com'),
  provider('telegram', 'telegram.org'),
  provider('openai', 'openai.com'),
  provider('anthropic', 'anthropic.com', 'anthropic claude'),
  provider('huggingface', 'huggingface.co hf.co', 'huggingface hf'),
  provider('groq', 'groq.com'),
  provider('xai', 'x.ai', 'xai grok'),
  provider('openrouter', 'openrouter.ai'),
  provider('replicate', 'replicate.com'),
  provider('perplexity', 'perplexity.ai'),
  provider('pinecone', 'pinecone.io'),
  provider('langsmith', 'langchain.com', 'langsmith langchain'),
  provider('linear', 'linear.app'),
  provider('notion', 'notion.com notion.so'),
  provider('figma', 'figma.com'),
  provider('airtable', 'airtable.com'),
  provider('postman', 'postman.com getpostman.com'),
  provider('sentry', 'sentry.io'),
  provider('grafana', 'grafana.net grafana.com'),
  provider('newrelic', 'newrelic.com nr-data.net'),
  provider('posthog', 'posthog.com'),
  provider('pulumi', 'pulumi.com'),
  provider('terraform', 'terraform.io hashicorp.com', 'terraform tfe hcp'),
  provider('vault', '', 'vault hashicorp'),
  provider('doppler', 'doppler.com'),
  provider('infisical', 'infisical.com'),
  provider('1password', '1password.com 1password.eu 1password.ca', '1password onepassword'),
  provider('tailscale', 'tailscale.com'),
  provider('databricks', 'databricks.com azuredatabricks.net'),
  provider('snowflake', 'snowflakecomputing.com'),
  provider('mongodb', 'mongodb.com mongodb.net', 'mongodb mongo'),
  provider('dropbox', 'dropboxapi.com dropbox.com'),
  provider('okta', 'okta.com oktapreview.com'),
  provider('auth0', 'auth0.com'),
  provider('launchdarkly', 'launchdarkly.com'),
  provider('buildkite', 'buildkite.com'),
  provider('softlayer', 'softlayer.com'),
  provider('jenkins', ''),
  provider('jfrog', 'jfrog.io jfrog.com', 'jfrog artifactory'),
  provider('sonar', 'sonarcloud.io', 'sonar sonarqube sonarcloud'),
];

const byWord = new Map<string, Provider>();
for (const entry of providers) for (const word of entry.words) byWord.set(word, entry);
const byId = new Map(providers.map((entry) => [entry.id, entry]));

/** The provider a single lower-case word stands for. */
export function providerOfWord(word: string): Provider | undefined {
  return byWord.get(word);
}

export function providerById(id: string): Provider | undefined {
  return byId.get(id);
}

/** The provider that answers at a host. */
export function providerOfHost(host: string): Provider | undefined {
  return providers.find((entry) => isHostOf(entry, host));
}

/** True when the provider's credentials are meant for this host. */
export function isHostOf(entry: Provider, host: string): boolean {
  const name = host.toLowerCase();
  return entry.hosts.some((own) => name === own || name.endsWith(`.${own}`));
}

/** The first provider whose name or host stands in a short piece of text. */
export function providerIn(text: string): Provider | undefined {
  for (const word of text.toLowerCase().split(/[^a-z0-9]+/)) {
    const found = byWord.get(word);
    // Words that also mean something else name a provider only together with more than prose.
    if (found && !ambiguous.has(word)) return found;
  }
  return undefined;
}

const ambiguous = new Set(['fly', 'render', 'square', 'linear', 'circle', 'resend', 'vault', 'notion', 'cf', 'gh', 'hf', 'microsoft', 'google', 'npm', 'docker', 'aws', 'github']);
