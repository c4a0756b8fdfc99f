import ignore from 'ignore';
import type { Policy } from '../policy/policy.ts';

/**
 * The names of `isSecretName` as lines of an ignore file. Without exceptions, so that every form a rule can take may hold them: an
 * exception would also bring back what a person's own line above has hidden, and deny rules know none. What only an exception could
 * tell from a template (`.env.*` without `.env.example`) is named one by one.
 */
const secretNamePatterns: readonly string[] = [
  '.env', '.env.local', '.env.*.local', ...each('.env', ['dev', 'development', 'test', 'testing', 'ci', 'qa', 'uat', 'stage', 'staging', 'preview', 'prod', 'production', 'live', 'docker', 'secret', 'secrets', 'keys', 'bak', 'backup', 'old', 'orig', 'save']),
  'local.env', 'dev.env', 'development.env', 'staging.env', 'prod.env', 'production.env', 'secrets.env', '.envrc', '.dev.vars', ...each('.dev.vars', ['local', 'staging', 'production']),
  'id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519', 'id_ecdsa_sk', 'id_ed25519_sk', 'key.pem', '*-key.pem', '*_key.pem', '*.key.pem', 'private.pem', 'privkey*.pem', 'private-key*.pem', 'private_key*.pem',
  ...each('*', ['key', 'pk8', 'ppk', 'p12', 'pfx', 'pkcs12', 'jks', 'keystore', 'bks', 'kdbx', 'agekey', 'ovpn', 'mobileprovision', 'keytab']),
  '.netrc', '_netrc', '.pgpass', 'pgpass.conf', '.my.cnf', '.mylogin.cnf', '.npmrc', '.yarnrc.yml', '.pypirc', '.git-credentials', '.dockercfg', '.dockerconfigjson', '.s3cfg', '.boto', '.vault-token', '.vault_pass', '.vault-pass', 'vault_pass.txt', '.terraformrc', 'credentials.tfrc.json', '.sentryclirc', '.htpasswd', 'sftp.json', 'kubeconfig', '*.kubeconfig', 'rclone.conf', '.mcp.json',
  ...each('credentials', ['json', 'yaml', 'yml', 'toml', 'ini', 'csv', 'txt', 'properties']), '.credentials.json', '*-credentials.json', '*_credentials.json', '*accessKeys.csv', 'rootkey.csv', 'application_default_credentials.json', 'client_secret*.json', 'service-account*.json', 'service_account*.json', 'serviceAccount*.json', '*-firebase-adminsdk-*.json',
  ...each('secret', ['json', 'yaml', 'yml', 'toml', 'txt']), ...each('secrets', ['json', 'yaml', 'yml', 'toml', 'ini', 'txt', 'properties']), 'passwords.txt', 'passwords.csv', 'master.key', 'mnemonic.txt', 'seed-phrase.txt',
  '*.tfstate', '*.tfstate.backup', '*.auto.tfvars', 'terraform.tfvars', 'terraform.tfvars.json', ...each('appsettings', ['Production.json', 'Staging.json', 'Development.json', 'Local.json']), 'wp-config.php', '*.har', '*.postman_environment.json',
  ...['bash', 'zsh', 'psql', 'mysql', 'sqlite', 'python', 'node_repl'].map((shell) => `.${shell}_history`),
  ...['.aws/credentials', '.kube/config', '.docker/config.json', '.railway/config.json', '.cargo/credentials.toml', '.gem/credentials', '.composer/auth.json', '.streamlit/secrets.toml', '.claude/.credentials.json', '.codex/auth.json', '.idea/dataSources.local.xml', '.vscode/sftp.json'].map((place) => `**/${place}`),
];

/** Which files to keep out of agents' sight, as lines that are written as in `.gitignore`. */
export interface HiddenPatterns {
  /** Built-in names of files, each at any depth. */
  readonly names: readonly string[];
  /** What people and teams have added: files or folders. */
  readonly globs: readonly string[];
}

/** What ignore files say for a policy; built-in names that people have called fine to see are left out. */
export function hiddenPatterns(policy: Pick<Policy, 'hiddenFiles' | 'clearFiles'>): HiddenPatterns {
  const clear = ignore().add([...policy.clearFiles]);
  return {
    names: secretNamePatterns.filter((pattern) => !clear.ignores(pattern.replace(/^\*\*\//, ''))),
    globs: [...new Set(policy.hiddenFiles.map((glob) => glob.trim()))].filter((glob) => glob !== '' && !/^[!#]|[\r\n]/.test(glob)),
  };
}

function each(stem: string, endings: readonly string[]): readonly string[] {
  return endings.map((ending) => `${stem}.${ending}`);
}
