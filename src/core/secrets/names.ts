import { providerOfWord, type Provider } from './providers.ts';

/** What a name says its value is. */
type NameKind =
  /** Chosen by a person: any value that is not plainly a word may be one. */
  | 'password'
  | 'token'
  | 'secret'
  | 'api key'
  | 'private key'
  | 'credential'
  | 'recovery phrase'
  /** A list of keys of crypto accounts. */
  | 'wallet'
  /** `…_KEY` with nothing that says what it opens: only a plainly random value counts. */
  | 'key';

export interface JudgedName {
  readonly kind: NameKind;
  readonly provider?: Provider;
}

/** Words by which the prefilter finds names; every name of `judgeName` contains one. */
export const nameAnchors: readonly string[] = ['token', 'secret', 'pass', 'pwd', 'key', 'auth', 'cred', 'jwt', 'mnemonic', 'phrase', 'salt', 'pepper', 'accounts', '_pat', '_pw', 'pw:', 'pw=', 'kennwort'];

/** The lower-case words of an identifier: `RAILWAY_TOKEN`, `railwayToken` and `railway.token` are all `railway token`. */
export function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
}

/** Trailing words that leave a name's meaning as it is. */
const decoration = new Set('prod production staging stage dev development live test testing local new old current previous default base64 b64 raw encoded plain plaintext text string str value main primary secondary backup env var const local ro rw'.split(' '));
/** Words that make a name mean something that is no secret. */
const harmless = new Set('hash hashed encrypted sealed public publishable anon pub placeholder csrf xsrf next page continuation cursor cancellation cancel color design theme fake mock dummy invalid example redacted masked syntax lexer lex punctuator keyword idempotency cache primary foreign partition sort i18n locale translation lookup row object registry hot shortcut bypass compass'.split(' '));
/** What stands before `key` when the key opens something. */
const openers = new Set('api access secret private encryption encrypt encrypting decryption signing sign signature auth account master admin service role deploy deployment webhook app application session jwt storage subscription server write ingest rest license shared root provisioning crypto cipher hmac aes des wg wireguard management integration live consumer security host mail sms bot payment developer dev user client personal host data function functions system gateway merchant device instance bearer agent nonce logged cookie rails base production'.split(' '));
const passwordWords = new Set('password passwd passwort passphrase passcode pwd pass pw psw pswd pword kennwort'.split(' '));
/** What may be written together with `pass` or `pwd`. */
const passOwner = /^(?:my|db|user|usr|smtp|mail|email|root|admin|adm|ftp|sftp|sql|mysql|pg|mongo|redis|ssh|vpn|http|proxy|imap|pop|ldap|web|key|store|keystore|login|auth|app|api|rds|sa|su|sudo|become|any|new|old)(?:pass|pwd|pw)$/;

/** Says what a name's value would be; undefined where it would be no secret. */
export function judgeName(name: string): JudgedName | undefined {
  const words = wordsOf(name);
  while (words.length > 1 && (decoration.has(words.at(-1) ?? '') || /^\d+$/.test(words.at(-1) ?? ''))) words.pop();
  const last = (words.at(-1) ?? '').replace(/\d+$/, '');
  const kind = kindOf(words, last);
  if (!kind || words.some((word, index) => harmless.has(word) && !(word === 'primary' && index === words.length - 1))) return undefined;
  const provider = words.map(providerOfWord).find((entry) => entry !== undefined);
  return provider ? { kind, provider } : { kind };
}

function kindOf(words: readonly string[], last: string): NameKind | undefined {
  const before = words.at(-2) ?? '';
  if (passwordWords.has(last) || /(?:password|passwd|passphrase|passwort|passcode)$/.test(last) || passOwner.test(last)) return 'password';
  if (last === 'phrase' && /^(?:seed|recovery|secret|backup|mnemonic)$/.test(before)) return 'recovery phrase';
  if (last === 'mnemonic') return 'recovery phrase';
  if (last.endsWith('token') || last === 'jwt' || last === 'bearer' || (last === 'pat' && words.length > 1)) return 'token';
  if (last.endsWith('secret') || last === 'pepper' || (last === 'salt' && words.length > 1)) return 'secret';
  if (last === 'auth' || last === 'basicauth') return 'credential';
  if (last === 'credential' || last === 'credentials' || last === 'creds' || last === 'cred') return 'credential';
  if (last === 'accounts') return 'wallet';
  if (last === 'data' && before === 'key' && words.includes('client')) return 'private key';
  return last === 'key' || last === 'apikey' || last.endsWith('key') ? kindOfKey(words, last, before) : undefined;
}

function kindOfKey(words: readonly string[], last: string, before: string): NameKind | undefined {
  if (last === 'key') {
    if (before === 'private') return 'private key';
    if (openers.has(before) || providerOfWord(before)) return 'api key';
    return words.length > 1 ? 'key' : undefined;
  }
  const stem = last.slice(0, -3);
  if (stem === 'private') return 'private key';
  return openers.has(stem) || providerOfWord(stem) ? 'api key' : undefined;
}
