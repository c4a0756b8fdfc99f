/** Characters a token's body may be made of. */
export type Alphabet = 'alnum' | 'word' | 'url' | 'hex' | 'upper' | 'base64' | 'dotted' | 'lower';

/** A token format as its vendor describes it. */
export interface Shape {
  /** `github personal access token` */
  readonly kind: string;
  readonly provider?: string;
  /** The letters every such token begins with. */
  readonly prefix: string;
  readonly body: Alphabet;
  /** Length of the body in characters, prefix left out. */
  readonly min: number;
  readonly max: number;
  /** Exact form of the whole token where prefix and length do not say enough; sticky. */
  readonly pattern?: RegExp;
  /** True when characters before the prefix belong to the token as well. */
  readonly inner?: boolean;
  /** What the vendor says it opens, as the end of a sentence that begins "It". */
  readonly can?: string;
  readonly docs: string;
}

type Row = readonly [kind: string, prefix: string, body: Alphabet, min: number, max?: number, extra?: { readonly can?: string; readonly pattern?: RegExp; readonly inner?: boolean }];

function vendor(provider: string, docs: string, can: string | undefined, rows: readonly Row[]): Shape[] {
  return rows.map(([kind, prefix, body, min, max = Math.max(min, 255), extra]) => {
    const says = extra?.can ?? can;
    return { kind, provider, prefix, body, min, max, docs, ...(extra?.pattern ? { pattern: extra.pattern } : {}), ...(extra?.inner ? { inner: true } : {}), ...(says === undefined ? {} : { can: says }) };
  });
}

/** Formats are those of the linked pages; lengths are bounded generously where a page gives none. */
export const shapes: readonly Shape[] = [
  // Source hosting
  ...vendor('github', 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats', 'acts on GitHub with the rights of its owner', [
    ['github personal access token', 'ghp_', 'alnum', 36, 251], ['github fine-grained token', 'github_pat_', 'word', 40, 255], ['github oauth token', 'gho_', 'alnum', 36, 251],
    ['github user token', 'ghu_', 'alnum', 36, 251], ['github app token', 'ghs_', 'dotted', 36, 900], ['github refresh token', 'ghr_', 'alnum', 36, 251],
  ]),
  ...vendor('gitlab', 'https://docs.gitlab.com/security/tokens/#token-prefixes', 'acts on GitLab with the rights of its owner', [
    ['gitlab access token', 'glpat-', 'dotted', 20, 300], ['gitlab deploy token', 'gldt-', 'url', 20], ['gitlab runner token', 'glrt-', 'dotted', 20], ['gitlab job token', 'glcbt-', 'url', 20],
    ['gitlab trigger token', 'glptt-', 'url', 20], ['gitlab feed token', 'glft-', 'url', 20], ['gitlab agent token', 'glagent-', 'url', 20], ['gitlab mail token', 'glimt-', 'url', 20],
    ['gitlab scim token', 'glsoat-', 'url', 20], ['gitlab oauth secret', 'gloas-', 'url', 20], ['gitlab feature flags token', 'glffct-', 'url', 20], ['gitlab runner registration token', 'GR1348941', 'url', 20, 60], ['gitlab runner token', 'glrtr-', 'url', 20],
  ]),
  ...vendor('atlassian', 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/', 'acts on Atlassian products as its owner', [
    ['atlassian api token', 'ATATT3', 'base64', 50, 400], ['atlassian organisation key', 'ATCTT3', 'base64', 50, 400],
  ]),
  ...vendor('bitbucket', 'https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/', 'reads or writes repositories as its owner', [['bitbucket app password', 'ATBB', 'alnum', 20, 60]]),
  // Hosting and clouds
  ...vendor('railway', 'https://docs.railway.com/reference/public-api', 'manages every project of the account that created it', [['railway session token', 'rw_Fe26.2**', 'dotted', 20, 2000, { pattern: /rw_Fe26\.2\*\*[\w*.~-]{20,2000}/y }]]),
  ...vendor('vercel', 'https://vercel.com/changelog/new-token-formats-and-secret-scanning', 'manages projects, deployments and environment variables', [
    ['vercel access token', 'vcp_', 'url', 24, 120], ['vercel integration token', 'vci_', 'url', 24, 120], ['vercel app token', 'vca_', 'url', 24, 120], ['vercel refresh token', 'vcr_', 'url', 24, 120], ['vercel api key', 'vck_', 'url', 24, 120],
  ]),
  ...vendor('vercel', 'https://vercel.com/docs/vercel-blob/using-blob-sdk', 'reads and writes a blob store', [['vercel blob token', 'vercel_blob_rw_', 'word', 30, 120]]),
  ...vendor('cloudflare', 'https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/', undefined, [
    ['cloudflare global key', 'cfk_', 'alnum', 40, 60, { can: 'has full access to the account' }], ['cloudflare user token', 'cfut_', 'alnum', 40, 60], ['cloudflare account token', 'cfat_', 'alnum', 40, 60],
    ['cloudflare origin ca key', 'v1.0-', 'url', 100, 200, { pattern: /v1\.0-[a-f0-9]{24}-[a-f0-9]{100,160}/y }],
  ]),
  ...vendor('netlify', 'https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/', 'manages the sites of its owner', [['netlify access token', 'nfp_', 'alnum', 36, 60], ['netlify cli token', 'nfc_', 'alnum', 36, 60], ['netlify oauth token', 'nfo_', 'alnum', 36, 60]]),
  ...vendor('render', 'https://render.com/docs/api', 'manages every service its owner can manage', [['render api key', 'rnd_', 'alnum', 24, 60]]),
  ...vendor('heroku', 'https://devcenter.heroku.com/articles/authentication', 'manages every app of its owner', [['heroku api key', 'HRKU-', 'url', 36, 80]]),
  ...vendor('fly', 'https://fly.io/docs/security/tokens/', 'deploys to or manages apps and organisations', [
    ['fly access token', 'fm1r_', 'base64', 40, 2000], ['fly access token', 'fm1a_', 'base64', 40, 2000], ['fly access token', 'fm2_', 'base64', 40, 2000], ['fly access token', 'fo1_', 'url', 40, 60],
  ]),
  ...vendor('digitalocean', 'https://docs.digitalocean.com/reference/api/create-personal-access-token/', 'manages droplets, databases and volumes of the account', [['digitalocean access token', 'dop_v1_', 'hex', 64, 64], ['digitalocean oauth token', 'doo_v1_', 'hex', 64, 64], ['digitalocean refresh token', 'dor_v1_', 'hex', 64, 64]]),
  ...vendor('aws', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids', 'names an AWS key', [
    ['aws access key id', 'AKIA', 'upper', 16, 16], ['aws temporary key id', 'ASIA', 'upper', 16, 16], ['aws bearer token', 'ABSK', 'base64', 100, 400],
  ]),
  ...vendor('alibaba', 'https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair', 'names an Alibaba Cloud key', [['alibaba access key id', 'LTAI', 'alnum', 16, 26]]),
  ...vendor('google', 'https://docs.cloud.google.com/docs/authentication/api-keys', 'calls the Google APIs it is not restricted from', [['google api key', 'AIza', 'url', 35, 35]]),
  ...vendor('google', 'https://developers.google.com/identity/protocols/oauth2', 'acts with the scopes its user granted', [['google oauth secret', 'GOCSPX-', 'url', 28, 40], ['google access token', 'ya29.', 'url', 40, 2000], ['google refresh token', '1//0', 'url', 40, 200]]),
  ...vendor('azure', 'https://learn.microsoft.com/en-us/purview/sit-defn-azure-ad-client-secret', 'signs in as an application', [['azure client secret', 'Q~', 'dotted', 31, 34, { inner: true, pattern: /(?<=[\w~.-]{3}\d)Q~[\w~.-]{31,34}/y }]]),
  ...vendor('scaleway', 'https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/', undefined, [['scaleway access key', 'SCW', 'upper', 17, 17]]),
  ...vendor('tailscale', 'https://tailscale.com/docs/reference/key-prefixes', undefined, [
    ['tailscale auth key', 'tskey-auth-', 'url', 16, 120, { can: 'adds machines to the network' }], ['tailscale api token', 'tskey-api-', 'url', 16, 120, { can: 'manages the whole network' }], ['tailscale oauth key', 'tskey-client-', 'url', 16, 120],
    ['tailscale scim key', 'tskey-scim-', 'url', 16, 120], ['tailscale webhook key', 'tskey-webhook-', 'url', 16, 120],
  ]),
  // Databases
  ...vendor('supabase', 'https://supabase.com/docs/guides/api/api-keys', undefined, [
    ['supabase access token', 'sbp_', 'word', 36, 80, { can: 'manages every project of its owner' }], ['supabase secret key', 'sb_secret_', 'url', 24, 80, { can: 'bypasses row level security' }],
  ]),
  ...vendor('neon', 'https://neon.com/docs/manage/api-keys', 'manages every project its owner can manage', [['neon api key', 'napi_', 'alnum', 48, 80]]),
  ...vendor('planetscale', 'https://planetscale.com/docs/api/reference/service-tokens', undefined, [['planetscale service token', 'pscale_tkn_', 'dotted', 32, 64], ['planetscale password', 'pscale_pw_', 'dotted', 32, 64, { can: 'opens a database branch' }], ['planetscale oauth token', 'pscale_oauth_', 'dotted', 32, 64], ['planetscale oauth token', 'pscale_otkn_', 'dotted', 32, 64]]),
  ...vendor('databricks', 'https://docs.databricks.com/aws/en/dev-tools/auth/pat', 'acts on the workspace as its owner', [['databricks token', 'dapi', 'hex', 32, 34, { pattern: /dapi[a-f0-9]{32}(?:-\d)?/y }]]),
  ...vendor('mongodb', 'https://www.mongodb.com/docs/atlas/api/service-accounts-overview/', 'manages Atlas projects', [['mongodb service account secret', 'mdb_sa_sk_', 'url', 30, 80]]),
  ...vendor('airtable', 'https://airtable.com/developers/web/guides/personal-access-tokens', 'reads or writes the bases it was given', [['airtable token', 'pat', 'dotted', 79, 79, { pattern: /pat[A-Za-z0-9]{14}\.[a-f0-9]{64}/y }]]),
  // Packages
  ...vendor('npm', 'https://docs.npmjs.com/about-access-tokens', 'reads, and unless read-only publishes, packages of its owner', [['npm token', 'npm_', 'alnum', 36, 60]]),
  ...vendor('pypi', 'https://pypi.org/help/#apitoken', 'uploads releases', [['pypi token', 'pypi-AgE', 'url', 50, 400], ['pypi test token', 'pypi-AgENdGVzd', 'url', 50, 400]]),
  ...vendor('rubygems', 'https://guides.rubygems.org/api-key-scopes/', 'pushes or yanks gems', [['rubygems key', 'rubygems_', 'hex', 48, 48]]),
  ...vendor('crates', 'https://doc.rust-lang.org/cargo/reference/registry-authentication.html', 'publishes or yanks crates', [['crates.io token', 'cio', 'alnum', 32, 32]]),
  ...vendor('nuget', 'https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package', 'pushes packages', [['nuget key', 'oy2', 'lower', 43, 43]]),
  ...vendor('clojars', 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens', 'deploys artifacts', [['clojars token', 'CLOJARS_', 'hex', 60, 60]]),
  ...vendor('docker', 'https://docs.docker.com/security/access-tokens/', 'pulls or pushes images as its owner', [['docker token', 'dckr_pat_', 'url', 27, 40], ['docker organisation token', 'dckr_oat_', 'url', 27, 48]]),
  ...vendor('docker', 'https://docs.docker.com/engine/swarm/how-swarm-mode-works/pki/', 'joins or unlocks a swarm', [['docker swarm token', 'SWMTKN-1-', 'url', 50, 120], ['docker swarm key', 'SWMKEY-1-', 'base64', 40, 60]]),
  ...vendor('jfrog', 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens', 'acts on Artifactory as its owner', [['jfrog api key', 'AKCp', 'alnum', 60, 80], ['jfrog reference token', 'cmVmdGtu', 'alnum', 48, 64]]),
  // Payment
  ...vendor('stripe', 'https://docs.stripe.com/keys', undefined, [
    ['stripe secret key', 'sk_live_', 'alnum', 16, 255, { can: 'makes any request, refunds and payouts included' }], ['stripe restricted key', 'rk_live_', 'alnum', 16, 255], ['stripe test key', 'sk_test_', 'alnum', 16, 255, { can: 'reaches test data only' }],
    ['stripe restricted test key', 'rk_test_', 'alnum', 16, 255], ['stripe webhook secret', 'whsec_', 'base64', 24, 120], ['stripe organisation key', 'sk_org_', 'word', 24, 255],
  ]),
  ...vendor('square', 'https://developer.squareup.com/docs/build-basics/access-tokens', 'acts on the seller account', [['square access token', 'EAAA', 'url', 58, 64], ['square secret', 'sq0csp-', 'url', 43, 43], ['square access token', 'sq0atp-', 'url', 22, 60]]),
  ...vendor('shopify', 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens', 'reads or changes a shop', [['shopify access token', 'shpat_', 'alnum', 32, 40], ['shopify custom app token', 'shpca_', 'alnum', 32, 40], ['shopify private app password', 'shppa_', 'alnum', 32, 40], ['shopify secret', 'shpss_', 'alnum', 32, 40]]),
  ...vendor('razorpay', 'https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/', undefined, [['razorpay key', 'rzp_live_', 'alnum', 14, 30]]),
  ...vendor('flutterwave', 'https://developer.flutterwave.com/docs/authentication', undefined, [['flutterwave secret key', 'FLWSECK-', 'dotted', 20, 60], ['flutterwave test key', 'FLWSECK_TEST-', 'dotted', 12, 60]]),
  ...vendor('paddle', 'https://developer.paddle.com/api-reference/about/api-keys', undefined, [['paddle api key', 'pdl_live_apikey_', 'word', 40, 80], ['paddle sandbox key', 'pdl_sdbx_apikey_', 'word', 40, 80]]),
  ...vendor('polar', 'https://docs.polar.sh/integrate/oat', undefined, [['polar token', 'polar_oat_', 'alnum', 30, 80]]),
  ...vendor('plaid', 'https://plaid.com/docs/quickstart/glossary/', 'reads a customer’s bank data', [['plaid access token', 'access-production-', 'hex', 8, 36, { pattern: /access-production-[0-9a-f-]{36}/y }], ['plaid sandbox token', 'access-sandbox-', 'hex', 8, 36, { pattern: /access-sandbox-[0-9a-f-]{36}/y }]]),
  ...vendor('easypost', 'https://docs.easypost.com/docs/authentication', undefined, [['easypost key', 'EZAK', 'alnum', 54, 54], ['easypost test key', 'EZTK', 'alnum', 54, 54]]),
  ...vendor('shippo', 'https://docs.goshippo.com/docs/guides_general/authentication/', undefined, [['shippo token', 'shippo_live_', 'hex', 40, 40], ['shippo test token', 'shippo_test_', 'hex', 40, 40]]),
  ...vendor('duffel', 'https://duffel.com/docs/api/overview/making-requests', undefined, [['duffel token', 'duffel_live_', 'url', 40, 50], ['duffel test token', 'duffel_test_', 'url', 40, 50]]),
  // Messaging
  ...vendor('slack', 'https://docs.slack.dev/authentication/tokens', 'acts in a Slack workspace with the scopes it was given', [
    ['slack bot token', 'xoxb-', 'url', 20, 120], ['slack user token', 'xoxp-', 'url', 20, 160], ['slack refresh token', 'xoxe-', 'url', 20, 200], ['slack rotated token', 'xoxe.', 'dotted', 20, 260], ['slack legacy token', 'xoxa-', 'url', 20, 160],
    ['slack legacy token', 'xoxo-', 'url', 20, 160], ['slack legacy token', 'xoxr-', 'url', 20, 160], ['slack legacy token', 'xoxs-', 'url', 20, 160], ['slack session token', 'xoxc-', 'url', 20, 160], ['slack cookie', 'xoxd-', 'base64', 40, 300], ['slack app token', 'xapp-', 'url', 30, 200],
  ]),
  ...vendor('slack', 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks', 'posts to a channel', [['slack webhook', 'hooks.slack.com/', 'url', 8, 120, { pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9][\w/]{18,120}/y }]]),
  ...vendor('discord', 'https://discord.com/developers/docs/resources/webhook', 'posts to a channel', [
    ['discord webhook', 'discord.com/api/webhooks/', 'url', 17, 120, { pattern: /discord\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,72}/y }], ['discord webhook', 'discordapp.com/api/webhooks/', 'url', 17, 120, { pattern: /discordapp\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,72}/y }],
  ]),
  ...vendor('discord', 'https://discord.com/developers/docs/reference#authentication', 'acts as the bot', [['discord bot token', 'MT', 'dotted', 50, 80, { pattern: /MT[\w-]{22,26}\.[\w-]{6}\.[\w-]{27,40}/y }], ['discord bot token', 'OT', 'dotted', 50, 80, { pattern: /OT[\w-]{22,26}\.[\w-]{6}\.[\w-]{27,40}/y }], ['discord bot token', 'Nz', 'dotted', 50, 80, { pattern: /Nz[\w-]{22,26}\.[\w-]{6}\.[\w-]{27,40}/y }]]),
  ...vendor('telegram', 'https://core.telegram.org/bots/features#creating-a-new-bot', 'acts as the bot', [['telegram bot token', ':AA', 'url', 30, 34, { inner: true, pattern: /(?<=\b\d{8,10}):AA[\w-]{32,34}/y }]]),
  ...vendor('twilio', 'https://www.twilio.com/docs/iam/api-keys', 'sends messages and calls on the account', [['twilio api key', 'SK', 'hex', 32, 32]]),
  ...vendor('sendgrid', 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys', 'sends mail, and more if it has full access', [['sendgrid api key', 'SG.', 'dotted', 60, 72, { pattern: /SG\.[\w-]{20,24}\.[\w-]{39,50}/y }]]),
  ...vendor('mailchimp', 'https://mailchimp.com/developer/marketing/guides/quick-start/', 'has full access to the account', [['mailchimp api key', '-us', 'alnum', 1, 2, { inner: true, pattern: /(?<=\b[0-9a-f]{32})-us\d{1,2}/y }]]),
  ...vendor('mailgun', 'https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth', 'sends and reads mail', [['mailgun api key', 'key-', 'hex', 32, 32]]),
  ...vendor('brevo', 'https://developers.brevo.com/docs/getting-started', 'sends mail', [['brevo api key', 'xkeysib-', 'url', 70, 90], ['brevo smtp key', 'xsmtpsib-', 'url', 70, 90]]),
  ...vendor('resend', 'https://resend.com/docs/dashboard/api-keys/introduction', 'sends mail', [['resend api key', 're_', 'word', 28, 40, { pattern: /re_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{20,28}/y }]]),
  // Models
  ...vendor('anthropic', 'https://platform.claude.com/docs/en/api/overview', 'spends the account’s model credit', [['anthropic api key', 'sk-ant-api', 'url', 60, 140], ['anthropic admin key', 'sk-ant-admin', 'url', 60, 140, { can: 'manages the organisation’s members and keys' }], ['anthropic oauth token', 'sk-ant-oat', 'url', 60, 140], ['anthropic refresh token', 'sk-ant-ort', 'url', 60, 140], ['anthropic session key', 'sk-ant-sid', 'url', 60, 160]]),
  ...vendor('openai', 'https://platform.openai.com/docs/api-reference/authentication', 'spends the account’s model credit', [
    ['openai project key', 'sk-proj-', 'url', 40, 220], ['openai service key', 'sk-svcacct-', 'url', 40, 220], ['openai admin key', 'sk-admin-', 'url', 40, 220, { can: 'manages the organisation' }], ['openai api key', 'sk-', 'alnum', 40, 60, { pattern: /sk-(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{40,60}/y }], ['openai api key', 'sk-None-', 'url', 40, 220],
  ]),
  ...vendor('huggingface', 'https://huggingface.co/docs/hub/security-tokens', 'reads, and unless read-only writes, models and data', [['huggingface token', 'hf_', 'alnum', 30, 40], ['huggingface organisation token', 'api_org_', 'alnum', 30, 40]]),
  ...vendor('groq', 'https://console.groq.com/docs/quickstart', undefined, [['groq api key', 'gsk_', 'alnum', 48, 60]]),
  ...vendor('xai', 'https://docs.x.ai/docs/overview', undefined, [['xai api key', 'xai-', 'alnum', 70, 90]]),
  ...vendor('openrouter', 'https://openrouter.ai/docs/api-reference/authentication', undefined, [['openrouter key', 'sk-or-v1-', 'hex', 64, 64]]),
  ...vendor('replicate', 'https://replicate.com/docs/topics/security/api-tokens', undefined, [['replicate token', 'r8_', 'alnum', 36, 40]]),
  ...vendor('perplexity', 'https://docs.perplexity.ai/getting-started/quickstart', undefined, [['perplexity key', 'pplx-', 'alnum', 40, 60]]),
  ...vendor('pinecone', 'https://docs.pinecone.io/guides/projects/manage-api-keys', undefined, [['pinecone key', 'pcsk_', 'word', 50, 90]]),
  ...vendor('langsmith', 'https://docs.langchain.com/langsmith/create-account-api-key', undefined, [['langsmith personal token', 'lsv2_pt_', 'word', 36, 60], ['langsmith service key', 'lsv2_sk_', 'word', 36, 60]]),
  ...vendor('langfuse', 'https://langfuse.com/docs/api-and-data-platform/features/public-api', undefined, [['langfuse secret key', 'sk-lf-', 'url', 36, 36]]),
  ...vendor('cerebras', 'https://inference-docs.cerebras.ai/quickstart', undefined, [['cerebras key', 'csk-', 'alnum', 40, 60]]),
  ...vendor('nvidia', 'https://docs.api.nvidia.com/', undefined, [['nvidia key', 'nvapi-', 'url', 50, 90]]),
  ...vendor('tavily', 'https://docs.tavily.com/documentation/quickstart', undefined, [['tavily key', 'tvly-', 'url', 24, 60]]),
  ...vendor('firecrawl', 'https://docs.firecrawl.dev/introduction', undefined, [['firecrawl key', 'fc-', 'hex', 32, 32]]),
  ...vendor('e2b', 'https://e2b.dev/docs/api-key', undefined, [['e2b key', 'e2b_', 'hex', 40, 40]]),
  ...vendor('browserbase', 'https://docs.browserbase.com/introduction/getting-started', undefined, [['browserbase key', 'bb_live_', 'url', 24, 50]]),
  ...vendor('jina', 'https://jina.ai/embeddings/', undefined, [['jina key', 'jina_', 'alnum', 50, 70]]),
  // Work
  ...vendor('linear', 'https://linear.app/developers/graphql', undefined, [['linear key', 'lin_api_', 'alnum', 40, 48], ['linear oauth token', 'lin_oauth_', 'alnum', 40, 80]]),
  ...vendor('notion', 'https://developers.notion.com/docs/authorization', 'reads or writes the pages shared with it', [['notion token', 'ntn_', 'alnum', 40, 60], ['notion token', 'secret_', 'alnum', 43, 43]]),
  ...vendor('figma', 'https://developers.figma.com/docs/rest-api/authentication/', undefined, [['figma token', 'figd_', 'url', 36, 60], ['figma oauth token', 'figu_', 'url', 36, 60]]),
  ...vendor('postman', 'https://learning.postman.com/docs/developer/postman-api/authentication/', undefined, [['postman key', 'PMAK-', 'url', 50, 64]]),
  ...vendor('typeform', 'https://www.typeform.com/developers/get-started/personal-access-token/', undefined, [['typeform token', 'tfp_', 'url', 40, 64]]),
  ...vendor('contentful', 'https://www.contentful.com/developers/docs/references/authentication/', 'changes content', [['contentful management token', 'CFPAT-', 'url', 40, 64]]),
  ...vendor('readme', 'https://docs.readme.com/main/reference/intro/authentication', undefined, [['readme key', 'rdme_', 'alnum', 60, 80]]),
  ...vendor('frameio', 'https://developer.frame.io/docs/getting-started/authentication', undefined, [['frame.io token', 'fio-u-', 'url', 60, 72]]),
  ...vendor('dropbox', 'https://developers.dropbox.com/oauth-guide', undefined, [['dropbox token', 'sl.', 'url', 120, 2000]]),
  ...vendor('mapbox', 'https://docs.mapbox.com/help/dive-deeper/access-tokens/', undefined, [['mapbox secret token', 'sk.eyJ', 'dotted', 60, 200]]),
  // Observing and building
  ...vendor('sentry', 'https://docs.sentry.io/security-legal-pii/security/token-formats/', undefined, [['sentry user token', 'sntryu_', 'hex', 64, 64], ['sentry organisation token', 'sntrys_', 'base64', 60, 600], ['sentry integration token', 'sntryi_', 'hex', 64, 64], ['sentry app token', 'sntrya_', 'hex', 64, 64]]),
  ...vendor('grafana', 'https://grafana.com/docs/grafana/latest/administration/service-accounts/', undefined, [['grafana service account token', 'glsa_', 'word', 38, 60], ['grafana cloud token', 'glc_', 'base64', 32, 400]]),
  ...vendor('newrelic', 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/', undefined, [['new relic user key', 'NRAK-', 'alnum', 27, 27], ['new relic insert key', 'NRII-', 'url', 32, 32], ['new relic browser key', 'NRJS-', 'hex', 19, 19]]),
  ...vendor('posthog', 'https://posthog.com/docs/api', 'reads and changes the projects of its owner', [['posthog personal key', 'phx_', 'alnum', 40, 60]]),
  ...vendor('dynatrace', 'https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens', undefined, [['dynatrace token', 'dt0c01.', 'dotted', 80, 100], ['dynatrace platform token', 'dt0s16.', 'dotted', 70, 100]]),
  ...vendor('honeycomb', 'https://docs.honeycomb.io/configure/environments/manage-api-keys/', undefined, [['honeycomb key', 'hcaik_', 'alnum', 40, 70]]),
  ...vendor('axiom', 'https://axiom.co/docs/reference/tokens', undefined, [['axiom token', 'xaat-', 'url', 36, 36], ['axiom personal token', 'xapt-', 'url', 36, 36]]),
  ...vendor('sonar', 'https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/', undefined, [['sonar token', 'squ_', 'hex', 40, 40], ['sonar project token', 'sqp_', 'hex', 40, 40], ['sonar analysis token', 'sqa_', 'hex', 40, 40]]),
  ...vendor('buildkite', 'https://buildkite.com/docs/apis/managing-api-tokens', undefined, [['buildkite token', 'bkua_', 'hex', 40, 40]]),
  ...vendor('circleci', 'https://circleci.com/docs/managing-api-tokens/', undefined, [['circleci token', 'CCIPAT_', 'word', 40, 90], ['circleci project token', 'CCIPRJ_', 'word', 40, 90]]),
  ...vendor('sourcegraph', 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token', undefined, [['sourcegraph token', 'sgp_', 'word', 40, 64]]),
  ...vendor('launchdarkly', 'https://launchdarkly.com/docs/home/account/api', undefined, [['launchdarkly api token', 'api-', 'url', 36, 36, { pattern: /api-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/y }], ['launchdarkly sdk key', 'sdk-', 'url', 36, 36, { pattern: /sdk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/y }]]),
  ...vendor('apify', 'https://docs.apify.com/platform/integrations/api', undefined, [['apify token', 'apify_api_', 'alnum', 30, 50]]),
  ...vendor('adafruit', 'https://io.adafruit.com/api/docs/', undefined, [['adafruit io key', 'aio_', 'alnum', 28, 28]]),
  ...vendor('prefect', 'https://docs.prefect.io/v3/manage/cloud/manage-users/api-keys', undefined, [['prefect key', 'pnu_', 'alnum', 36, 36]]),
  ...vendor('deno', 'https://docs.deno.com/deploy/', undefined, [['deno deploy token', 'ddp_', 'alnum', 32, 44]]),
  // Infrastructure and secret stores
  ...vendor('pulumi', 'https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/', 'changes every stack of its owner', [['pulumi token', 'pul-', 'hex', 40, 64]]),
  ...vendor('terraform', 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens', 'plans and applies in its workspaces', [['terraform cloud token', '.atlasv1.', 'url', 60, 90, { inner: true, pattern: /(?<=\b[A-Za-z0-9]{14})\.atlasv1\.[\w-]{60,90}/y }]]),
  ...vendor('vault', 'https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes', 'opens the secrets its policies allow', [['vault token', 'hvs.', 'url', 24, 300], ['vault batch token', 'hvb.', 'url', 24, 400], ['vault recovery token', 'hvr.', 'url', 24, 300]]),
  ...vendor('doppler', 'https://docs.doppler.com/reference/api', undefined, [
    ['doppler personal token', 'dp.pt.', 'alnum', 40, 48, { can: 'reads and changes all secrets of its owner' }], ['doppler service token', 'dp.st.', 'dotted', 40, 80], ['doppler service account token', 'dp.sa.', 'alnum', 40, 48], ['doppler cli token', 'dp.ct.', 'alnum', 40, 48],
    ['doppler scim token', 'dp.scim.', 'alnum', 40, 48], ['doppler audit token', 'dp.audit.', 'alnum', 40, 48],
  ]),
  ...vendor('infisical', 'https://infisical.com/docs/documentation/platform/token', 'reads the secrets of an environment', [['infisical service token', 'st.', 'dotted', 80, 100, { pattern: /st\.[a-f0-9]{24}\.[a-f0-9]{32}\.[a-f0-9]{32}|st\.[0-9a-f-]{36}\.[a-f0-9]{32}\.[a-f0-9]{32}/y }]]),
  ...vendor('1password', 'https://developer.1password.com/docs/service-accounts/security/', 'reads the vaults it was given', [['1password service account token', 'ops_eyJ', 'base64', 100, 2000]]),
  ...vendor('age', 'https://github.com/C2SP/C2SP/blob/main/age.md', 'decrypts everything encrypted to it', [['age secret key', 'AGE-SECRET-KEY-1', 'alnum', 58, 58], ['age plugin key', 'AGE-PLUGIN-', 'url', 40, 400]]),
];

const byKind = new Map(shapes.map((shape) => [shape.kind, shape]));

/** The shape a finding's kind names. */
export function shapeOfKind(kind: string): Shape | undefined {
  return byKind.get(kind);
}
