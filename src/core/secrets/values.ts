/** What can be told from a value alone: is it random, a stand-in, a reference to somewhere else? */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: string): boolean {
  return value.length === 36 && uuid.test(value);
}

/** How a value is made up; one pass, whatever its length. */
interface Makeup {
  readonly lower: number;
  readonly upper: number;
  readonly digit: number;
  /** Changes between kinds of characters, the start of a capitalised word not counted. */
  readonly changes: number;
  readonly distinct: number;
}

/** Longest part of a value looked at: what is random is so from its beginning. */
const maxJudged = 256;

export function makeupOf(value: string): Makeup {
  let lower = 0;
  let upper = 0;
  let digit = 0;
  let changes = 0;
  let last = -1;
  const seen = new Uint8Array(128);
  const length = Math.min(value.length, maxJudged);
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    seen[code & 127] = 1;
    let kind = 3;
    if (code >= 97 && code <= 122) { kind = 0; lower++; }
    else if (code >= 65 && code <= 90) { kind = 1; upper++; }
    else if (code >= 48 && code <= 57) { kind = 2; digit++; }
    if (last !== -1 && kind !== last && kind !== 3 && last !== 3 && !(last === 1 && kind === 0)) changes++;
    last = kind;
  }
  let distinct = 0;
  for (const mark of seen) distinct += mark;
  return { lower, upper, digit, changes, distinct };
}

const wordlike = /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+|\d{1,4}|(?:[A-Za-z][a-z]+|[A-Z]{2,})\d{1,3}|v?\d+)$/;
const hump = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g;

/** A word, a number, or an identifier made of words (`getUserToken2`, `OAuth2Client`): long runs of one kind of letter, few digits. */
function isWordlike(part: string): boolean {
  if (wordlike.test(part)) return true;
  if (part.length > 80 || !/^[A-Za-z][A-Za-z0-9]*$/.test(part) || part.replace(/\D+/g, '').length > 3) return false;
  return part.length / (part.match(hump)?.length ?? 1) >= 3.5 && !isUnsaid(part);
}

/** Long identifiers are made of words that can be said; an abbreviation or two among them (`HTTP`, `tmpl`) is usual. */
function isUnsaid(part: string): boolean {
  if (part.length < 16) return false;
  const unsaid = (part.match(hump) ?? []).reduce((sum, word) => sum + (word.length >= 3 && !/[aeiouy]/i.test(word) ? word.length : 0), 0);
  return unsaid * 3 >= part.length;
}

/** True for values no person would make up: keys, tokens, digests. At least 10 characters. */
export function looksRandom(given: string): boolean {
  const value = given.length > maxJudged ? given.slice(0, maxJudged) : given;
  if (value.length < 10) return false;
  if (isUuid(value)) return true;
  const made = makeupOf(value);
  if (made.distinct < (value.length >= 16 ? 7 : 6)) return false;
  if (made.digit === value.length) return false;
  if (/^(?:0x)?[0-9a-f]+$/i.test(value)) return value.length >= 16 && made.digit >= 2 && made.lower + made.upper >= 2;
  const parts = value.split(/[-_./:+=@|,~]+/);
  if (parts.every((part) => part === '' || isWordlike(part))) return false;
  if (made.digit > 0) return made.changes >= (value.length >= 16 ? 3 : 4) || (value.length >= 24 && made.changes >= 2);
  return value.length >= 16 && (made.changes >= 4 || (made.changes >= 2 && isUnsaid(value)));
}

const standIns = [
  'example', 'placeholder', 'changeme', 'change-me', 'change_me', 'changeit', 'change_this', 'change-this', 'replace', 'your', 'redacted', 'dummy', 'insert',
  'xxxx', '****', '....', '…', 'todo', 'fixme', 'sample', 'fake', '<hidden:', 'foobar', 'goes-here', 'goes_here', '_here', '-here', 'my-secret', 'my_secret', 'mysecret', 'my-token', 'my_token',
  'not-a-real', 'notreal', 'somesecret', 'some-secret', 'supersecret', 'super-secret', 'super_secret', 'test-', 'test_', '-test', '_test', 'generate',
];
const standInWords = new Set(
  ('password passwd passwort passphrase passcode pass pwd secret secrets token tokens test testing tester admin administrator root user username guest default none null nil undefined true false empty '
  + 'abc abcd abcdef foo bar baz qux qwerty letmein welcome hunter postgres postgresql mysql mariadb redis mongo mongodb rabbitmq minio sa development production staging localhost string value key '
  + 'apikey auth basic bearer required optional enabled disabled hello world helloworld demo login pw mypassword mypass mypwd userpass testpass testpassword testtoken testkey testsecret adminpass adminpassword rootpassword dbpassword '
  + 'secretkey secretpassword privatekey accesskey accesstoken authtoken bearertoken newpassword oldpassword wrongpassword badpassword invalid wrong correct unknown hidden masked something anything whatever correcthorsebatterystaple').split(' '),
);

/** True for values that stand where a secret would: `changeme`, `<your-token>`, `xxxx`, `password123`. */
export function isPlaceholder(value: string): boolean {
  const made = makeupOf(value);
  if (made.distinct <= 3 && value.length >= 4) return true;
  const lower = value.slice(0, 512).toLowerCase();
  if (standIns.some((word) => lower.includes(word))) return true;
  if (/^<[^>]*>$|^\[[^\]]*\]$|^\{[^}]*\}$|\.\.\.$/.test(lower)) return true;
  if (value.length < 20 && /12345|abcdef|qwerty|abc123|00000|11111/.test(lower)) return true;
  if (/^(?:123e4567-e89b|12345678-1234)/.test(lower) || (isUuid(lower) && lower.split('-').every((group) => new Set(group).size === 1))) return true;
  const plain = lower.replace(/@/g, 'a').replace(/0/g, 'o').replace(/\$/g, 's').replace(/3/g, 'e').replace(/[^a-z]/g, '');
  const letters = lower.replace(/[^a-z]/g, '');
  return value.length < 28 && (letters === '' ? false : standInWords.has(letters) || standInWords.has(plain) || (isUuid(value) ? false : standInWords.has(plain.replace(/[leo]+$/, ''))));
}

const schemes = /^(?:https?|wss?|op|vault|ref|ssm|secretsmanager|secret|aws-?sm|awssm|awsps|gcp-?sm|gsm|azkv|akv|keyring|keychain|file|env|doppler|infisical|bws|sops|pass|exec|cmd|data|blob|arn|urn|projects|enc|encrypted|varlock|bitwarden|lastpass|conjur):/i;
const expressions = /^(?:process\.env|import\.meta|os\.(?:environ|getenv)|env[.[(]|ENV[.[]|var\.|local\.|secrets?\.|config\.|settings\.|self\.|this\.|module\.|data\.|args\.|params\.|props\.|request\.|req\.|ctx\.|options\.|random_|aws_|google_|azurerm_|projects\/)/;
const digests = /^(?:\$2[abxy]?\$|\$argon2|\$pbkdf2|\$scrypt|\$[156y]\$|\{(?:bcrypt|sha|ssha|noop|argon2)|pbkdf2|sha(?:1|224|256|384|512)[-:$]|md5[-:$]|scrypt:|\*[0-9A-F]{40}$)/i;

/** True for values that point at a secret kept elsewhere, are encrypted or hashed, or are plainly something else: a path, a URL, a template. */
export function isReference(value: string): boolean {
  const head = value.slice(0, 256);
  if (/^\$[A-Za-z_{(]|\$\{|\$\(|\{\{|#\{|<%|^%[A-Za-z_]+%$|^![a-zA-Z]|^@Microsoft\.KeyVault|^ENC\[|^AgA|^\$ANSIBLE_VAULT|^\.\.?\/|^~\/|^[A-Za-z]:\\/.test(head)) return true;
  if (schemes.test(head) || expressions.test(head) || digests.test(head)) return true;
  // Version ranges, and expressions that describe values.
  if (/^[\^~<>=v]{1,2}\s?\d+(?:\.[\dx*]+)*(?:$|[\s|,+-])|\[[^\]]{0,40}\w-\w[^\]]{0,40}\]|\\[dws]|\{\d+,?\d*\}/.test(head)) return true;
  if (/^\/[\w.-]+(?:\/|$)/.test(head) && !looksRandom(head.replace(/\//g, ''))) return true;
  if (/^#[0-9a-f]{3,8}$|^rgba?\(|^[a-z]+\/[a-z0-9.+-]+$/i.test(head) && !looksRandom(head.replace('/', ''))) return true;
  return /^\d{4}-\d\d-\d\d(?:[T ]|$)|^[\w.+-]+@[\w-]+\.[a-z]{2,}$|^\d+(?:\.\d+)*[a-z]{0,2}$|^[A-Za-z_$][\w$]*\(/i.test(head);
}
