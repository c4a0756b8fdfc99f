import ignore, { type Ignore } from 'ignore';
import { comparable, isInside, segmentsOf, type Platform } from '../files/path.ts';
import type { Policy } from '../policy/policy.ts';
import { remembering } from '../remembering.ts';
import { findSecrets, type Found } from './find.ts';
import { isTemplateName } from './text-scan.ts';

/** `hidden`: its content never reaches a model. `masked`: readable with values hidden. */
export type FileVerdict = 'hidden' | 'masked' | 'clear';

/** What people have said about names of files, compiled once. */
export interface FileRules {
  readonly hidden: Ignore;
  readonly clear: Ignore;
  /** Folders the globs are relative to. */
  readonly roots: readonly string[];
}

/** Compiles the policy's globs, which are written as in `.gitignore`. */
export function fileRules(policy: Pick<Policy, 'hiddenFiles' | 'clearFiles'>, roots: readonly string[]): FileRules {
  return { hidden: ignore().add([...policy.hiddenFiles]), clear: ignore().add([...policy.clearFiles]), roots };
}

/**
 * What an agent may see of a file.
 * @param path absolute or relative, of either platform
 * @param content its text, or what was found in it, where known: without it the name alone decides
 */
export function fileVerdict(path: string, content?: string | Found, rules?: FileRules): FileVerdict {
  const said = rules && ruleOf(path, rules);
  if (said) return said;
  if (isSecretName(path)) return 'hidden';
  if (content === undefined) return 'clear';
  const found = typeof content === 'string' ? findSecrets(content, { path }) : content;
  return found.findings.length > 0 || !found.complete ? 'masked' : 'clear';
}

/** What people have said about a file; where both lists name it, it is hidden. */
function ruleOf(path: string, rules: FileRules): 'hidden' | 'clear' | undefined {
  const relative = relativeTo(path, rules.roots);
  if (relative === '') return undefined;
  if (rules.hidden.ignores(relative)) return 'hidden';
  return rules.clear.ignores(relative) ? 'clear' : undefined;
}

/** The form `ignore` takes: relative, with forward slashes, never leaving its folder. */
function relativeTo(path: string, roots: readonly string[]): string {
  const platform: Platform = /^[a-z]:|\\/i.test(path) ? 'windows' : 'posix';
  const segments = segmentsOf(path, platform);
  const root = roots.find((candidate) => candidate !== '' && isInside(path, candidate, platform));
  const skipped = root === undefined ? 0 : segmentsOf(root, platform).length;
  return segments.slice(skipped).filter((segment) => segment !== '..').join('/');
}

/** Names that say that the content is not secret, however much the rest of the name sounds like it. */
const publicName = /\.pub$|^known_hosts(?:\.old)?$|^authorized_keys2?$|\.(?:enc|encrypted|sops|age|asc|(?<!^secring\.)gpg)(?:\.ya?ml|\.json)?$|\.enc\.[a-z]+$|^\.env\.vault$|\.(?:md|mdx|rst|adoc|html?|css|scss|svg|png|d\.ts|test\.[a-z]+|spec\.[a-z]+)$/;
const codeName = /\.(?:[cm]?[jt]sx?|py|rb|go|java|kt|kts|cs|rs|swift|c|cc|cpp|h|hpp|scala|dart|exs?|lua|vue|svelte|groovy|clj|ml|fs|tf|sol|sh|ps1)$/;

/** One expression for all base names that hold secrets by convention. */
const secretName = new RegExp(`^(?:${[
  // Environment files, their backups and their keys.
  String.raw`\.env(?:[.\-_~].*)?|[\w.-]+\.env|\.envrc|\.dev\.vars(?:\..*)?|env\.(?:local|production|prod|staging|development|dev)`,
  // Private keys and keystores.
  String.raw`id_(?:rsa|dsa|ecdsa|ed25519|ecdsa_sk|ed25519_sk|xmss)(?:[_.\-].*)?|[\w.-]*_(?:rsa|dsa|ecdsa|ed25519)|(?:[\w.-]*[._-])?(?:priv(?:ate)?|key|privkey|privatekey)[\w-]*\.pem|[\w.-]*[._-]?key\.pem|[\w.@-]+\.(?:key|pk8|ppk|p12|pfx|pkcs12|jks|keystore|bks|kdbx|kdb|agekey|asc\.key|ovpn|mobileprovision|keytab)|secring\.gpg|private-keys-v1\.d|identity\.age|keys\.txt|\.sops\.key`,
  // Clients that keep their login in a file.
  String.raw`\.?_?netrc|\.authinfo(?:\.gpg)?|\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.npmrc|\.yarnrc(?:\.yml)?|\.pypirc|\.git-credentials|\.gitcredentials|\.dockercfg|\.dockerconfigjson|\.s3cfg|\.boto|\.vault-token|\.vault[_-]pass(?:word)?(?:\.txt)?|vault[_-]pass(?:word)?(?:\.txt)?|\.terraformrc|terraform\.rc|credentials\.tfrc\.json|\.sentryclirc|\.htpasswd|htpasswd|\.ftpconfig|\.remote-sync\.json|sftp\.json|\.netlify-token|\.surge-token|kubeconfig|kubeconfig\.ya?ml|[\w.-]+\.kubeconfig|\.rclone\.conf|rclone\.conf|\.cf-credentials|\.ibmcloud-key|nuget\.config|keystore\.properties|local\.properties|gradle\.properties|sonar-project\.token|key\.properties|signing\.properties|google-services\.json|googleservice-info\.plist|datasources\.local\.xml|sitemanager\.xml|recentservers\.xml|\.esmtprc|\.msmtprc|\.fetchmailrc|\.muttrc|\.mcp\.json|mcp\.json|mcp_config\.json|claude_desktop_config\.json|settings\.local\.json|auth\.json`,
  // Credentials by what they are called.
  String.raw`credentials?(?:\.(?:json|ya?ml|toml|ini|xml|csv|txt|properties|db))?|[\w.-]*[._-]credentials?\.(?:json|csv|txt)|accesskeys?\.csv|rootkey\.csv|[\w.-]*accesskeys?\.csv|application_default_credentials\.json|oauth_creds\.json|accesstokens\.json|msal_token_cache\.(?:json|bin)|client_secret[\w.-]*\.json|(?:gcp|gcloud|google|firebase|ga)?[._-]?(?:service[._-]?account|sa)(?:[._-]?key)?[\w-]*\.json|[\w-]+-firebase-adminsdk-[\w-]+\.json|\.credentials\.json|\.?secrets?\.(?:json|ya?ml|toml|ini|xml|txt|properties|env|auto\.tfvars|tfvars|py\.bak)|\.?secrets?|passwords?\.(?:txt|csv|json|ya?ml|xlsx?|docx?|md\.txt)|api[_-]?keys?\.(?:txt|json|ya?ml|csv)|(?:auth[_-]?)?tokens?\.(?:txt|json\.bak)|token\.json|mnemonic(?:\.txt)?|seed(?:[_-]?phrase)?\.txt|wallet\.(?:dat|json)|master\.key|credentials\.(?:yml|yaml)\.key|cookies\.(?:txt|sqlite)|login\.keychain(?:-db)?|logins\.json|key[34]\.db|vault\.ya?ml(?:\.dec)?|[\w.-]+\.dec(?:\.ya?ml)?`,
  // State and settings with values in the clear.
  String.raw`[\w.-]*terraform\.tfstate(?:\..*)?|[\w.-]+\.tfstate(?:\.backup)?|[\w.-]*\.tfvars(?:\.json)?|appsettings\.(?:production|staging|development|local|prod|secrets?)[\w.]*\.json|wp-config\.php(?:\.\w+)?|database\.yml|[\w.-]+\.postman_environment\.json|[\w.-]+\.har|configuration\.php\.bak|parameters\.local\.ya?ml`,
  // What shells and clients remember.
  String.raw`\.(?:bash|zsh|sh|ksh|psql|mysql|mariadb|sqlite|rediscli|python|node_repl|irb|lesshst|mongo|dbshell)_?history|\.rediscli_history|\.node_repl_history|\.dbshell|fish_history|consolehost_history\.txt`,
].join('|')})$`);

/** Base names that hold secrets only in a certain folder: the folder (or the two last), then the name. */
const secretPlace = /(?:^|\/)(?:\.aws\/(?:credentials|cli\/cache\/.*|sso\/cache\/.*)|\.ssh\/(?!(?:config|known_hosts|authorized_keys|allowed_signers|environment|rc)|[^/]*\.(?:pub|txt|log|sock)$)[^/]+|\.gnupg\/(?:private-keys-v1\.d|openpgp-revocs\.d)\/.+|\.gnupg\/(?:secring\.gpg|random_seed|[^/]*\.key)|\.kube\/(?:config|cache\/.*)|\.docker\/config\.json|\.azure\/(?:accesstokens|msal_token_cache|azureprofile|service_principal_entries)[\w.]*|\.config\/gcloud\/.+|gcloud\/(?:credentials\.db|access_tokens\.db|legacy_credentials\/.*)|\.config\/(?:hub|gh\/hosts\.yml|glab-cli\/config\.yml|stripe\/config\.toml|doctl\/config\.yaml|rclone\/rclone\.conf|heroku\/.*|netlify\/config\.json|configstore\/.*|fly\/config\.yml|op\/config|containers\/auth\.json|pulumi\/credentials\.json|solana\/id\.json|neonctl\/credentials\.json|planetscale\/access-token|turso\/settings\.json|sops\/age\/keys\.txt|fish\/fish_history|github-copilot\/.*)|\.railway\/config\.json|\.fly\/config\.yml|\.terraform\.d\/credentials\.tfrc\.json|\.pulumi\/credentials\.json|\.cargo\/credentials(?:\.toml)?|\.gem\/credentials|\.composer\/auth\.json|composer\/auth\.json|\.m2\/settings(?:-security)?\.xml|\.gradle\/gradle\.properties|\.git\/config|\.streamlit\/secrets\.toml|\.claude\/\.credentials\.json|\.claude\/settings\.local\.json|\.claude\.json|\.codex\/auth\.json|\.gemini\/(?:oauth_creds|google_accounts)\.json|\.copilot\/config\.json|\.cursor\/mcp\.json|\.supabase\/access-token|\.vercel\/auth\.json|com\.vercel\.cli\/auth\.json|\.wrangler\/config\/default\.toml|\.bundle\/config|\.databrickscfg|\.snowflake\/(?:config|connections)\.toml|\.snowsql\/config|\.oci\/config|\.aliyun\/config\.json|\.bluemix\/config\.json|\.scw\/config\.yaml|proc\/(?:\d+|self|\$\$|\*)\/environ|windows\/(?:ntds\/ntds\.dit|system32\/config\/(?:regback\/)?(?:sam|security|system))|etc\/(?:shadow|gshadow|sudoers|master\.passwd)|run\/secrets\/.+|var\/run\/secrets\/.+|group_vars\/.*vault[^/]*|host_vars\/.*vault[^/]*|config\/(?:master\.key|credentials\/.*\.key)|\.idea\/(?:datasources(?:\.local)?|webservers|deployment)\.xml|\.vscode\/sftp\.json)$/;

/** Folders in which clients keep their logins, and nothing else. */
const secretFolder = /(?:^|[\\/])(?:\.ssh|\.aws|\.gnupg|\.kube|\.azure|\.password-store|\.config[\\/](?:gcloud|gh|op|doctl))[\\/]?$/;

/** True for a folder in which clients keep their logins. */
export function isSecretFolder(path: string): boolean {
  return secretFolder.test(path.slice(-maxPath));
}

/** Longest path looked at; no system allows a longer name at its end. */
const maxPath = 1024;

/** True for files that hold secrets by convention, judged by name and folder alone. */
export const isSecretName = remembering((path: string): boolean => {
  const normal = comparable(path.slice(-maxPath), /^[a-z]:|\\/i.test(path) ? 'windows' : 'posix').replace(/\\/g, '/').replace(/^~\//, '/');
  const name = normal.slice(normal.lastIndexOf('/') + 1);
  if (isTemplateName(name) || publicName.test(name)) return false;
  if (secretPlace.test(normal)) return true;
  if (codeName.test(name)) return false;
  return secretName.test(name);
});
