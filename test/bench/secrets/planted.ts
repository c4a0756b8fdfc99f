import { generateKeyPairSync, randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Values of secrets, made anew each time: none of them was ever valid anywhere. */
export interface Planted {
  readonly RAILWAY_TOKEN: string;
  readonly DATABASE_PASSWORD: string;
  readonly STRIPE_SECRET_KEY: string;
  readonly SESSION_SECRET: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly OPENAI_API_KEY: string;
  readonly GITHUB_TOKEN: string;
  readonly NPM_TOKEN: string;
  readonly SMTP_PASSWORD: string;
  readonly SUPABASE_SERVICE_ROLE_KEY: string;
  readonly PRIVATE_KEY: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** One value for each kind of secret, in the form its vendor gives it. */
export function plant(): Planted {
  return {
    RAILWAY_TOKEN: randomUUID(),
    DATABASE_PASSWORD: letters(20),
    STRIPE_SECRET_KEY: `sk_live_${letters(24)}`,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    AWS_SECRET_ACCESS_KEY: letters(38).replace(/^(.{9})/, '$1/').replace(/^(.{25})/, '$1+'),
    OPENAI_API_KEY: `sk-proj-${letters(48)}`,
    GITHUB_TOKEN: `ghp_${letters(36)}`,
    NPM_TOKEN: `npm_${letters(36)}`,
    SMTP_PASSWORD: letters(16),
    SUPABASE_SERVICE_ROLE_KEY: jwt(),
    PRIVATE_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function letters(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

function jwt(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ role: 'service_role', iss: 'supabase', ref: letters(20).toLowerCase(), exp: 2079999999 })}.${randomBytes(32).toString('base64url')}`;
}

/** The ways in which a value may be told in a text without being told to be hidden. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  // Cut to what does not depend on what stands before and after it.
  const shifted = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').slice(shift === 0 ? 0 : 4).replace(/=+$/, '').slice(0, -1));
  return [value, ...shifted, bytes.toString('hex'), bytes.toString('hex').toUpperCase(), value.split('').toReversed().join(''), encodeURIComponent(value)];
}

/** Names of the values a text shows, in whatever form and over whatever lines. */
export function shownIn(text: string, ...sets: readonly Planted[]): readonly string[] {
  const solid = text.replace(/\s+/g, '');
  return sets.flatMap((set) => Object.entries(set).filter(([name, value]) => formsOf(name === 'PRIVATE_KEY' ? (value as string).split('\n')[1] ?? '' : (value as string)).some((form) => solid.includes(form))).map(([name]) => name));
}
