/** Names by which a glob is tried where no folder can be listed. */
export const canonicalSecretNames: readonly string[] = ['.env', '.env.local', '.env.production', '.env.development', '.env.staging', '.env.test', '.envrc', '.npmrc', '.netrc', '.pgpass', '.git-credentials', '.vault-token', 'id_rsa', 'id_ed25519', 'credentials.json', 'secrets.json', 'secrets.yaml'];
