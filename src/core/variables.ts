/**
 * Variables of a deployment on which its data hangs: where its database is, and the keys with which what lies in it
 * was encrypted. Setting any other is an everyday chore.
 */

const stores: ReadonlySet<string> = new Set(['DATABASE', 'DB', 'POSTGRES', 'POSTGRESQL', 'PG', 'MYSQL', 'MARIADB', 'MONGO', 'MONGODB', 'REDIS', 'VALKEY', 'CLICKHOUSE', 'SUPABASE', 'NEON', 'TURSO', 'JDBC']);
const places: ReadonlySet<string> = new Set(['URL', 'URI', 'DSN', 'HOST', 'CONNECTION', 'CONN']);
/** https://api.rubyonrails.org/classes/ActiveRecord/Encryption.html, https://laravel.com/docs/encryption */
const keys: ReadonlySet<string> = new Set(['ENCRYPTION_KEY', 'SECRET_KEY_BASE', 'MASTER_KEY', 'APP_KEY', 'FERNET_KEY', 'ENCRYPTION_PRIMARY_KEY']);

/** True for `DATABASE_URL`, `SHOP_REDIS_PUBLIC_URL`, `MONGODB_URI`, `ENCRYPTION_KEY`. */
export function isDataVariable(name: string): boolean {
  if (name.length > 128 || !/^[A-Z][A-Z0-9_]*$/.test(name)) return false;
  const words = name.split('_');
  const isPlace = words.some((word, index) => index > 0 && places.has(word));
  return (isPlace && words.some((word) => stores.has(word))) || name === 'PGHOST' || keys.has(name) || keys.has(words.slice(-2).join('_'));
}

/** The names among words such as `NAME=value` on which data hangs. */
export function dataVariables(words: readonly string[]): readonly string[] {
  return words.slice(0, 200).map((word) => word.split('=', 1)[0] ?? '').filter(isDataVariable);
}
