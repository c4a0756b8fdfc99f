import { closeSync, openSync, readSync } from 'node:fs';
import { recognisableValues } from '../../core/secrets/hidden-values.ts';
import { expiryOf } from '../../core/secrets/signed-token.ts';
import type { SecretFinding } from '../../core/secrets/text-scan.ts';
import type { IndexedFile, IndexedSecret } from './indexed-file.ts';
import { textsOf, type Fingerprinter } from './secret-forms.ts';

/** Larger files are not searched. */
export const largestFile = 2 * 1024 * 1024;

/** Folders that are not looked through. */
export const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git']);

const binaryName = /\.(?:png|jpe?g|gif|webp|ico|bmp|tiff?|psd|avif|heic|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|whl|egg|class|pyc|o|a|so|dylib|dll|exe|bin|wasm|node|woff2?|ttf|otf|eot|pdf|docx?|xlsx?|pptx?|sqlite3?|db|parquet|onnx|pt|safetensors|vsix|dmg|iso)$/i;

/** True for a file that its name says is no text. */
export function isBinaryName(path: string): boolean {
  return binaryName.test(path);
}

/** The text that bytes are; undefined where they are none. */
export function textIn(data: Buffer): string | undefined {
  return data.subarray(0, 8192).includes(0) ? undefined : data.toString('utf8');
}

/** Reads files one after the other into the same memory: that of a hundred thousand would else pile up until it is collected. */
export class TextReader {
  #buffer: Buffer | undefined;

  /** Text of a file as far as files are searched; undefined where it cannot be read or is binary. */
  read(file: string): string | undefined {
    const buffer = (this.#buffer ??= Buffer.allocUnsafeSlow(largestFile));
    try {
      const opened = openSync(file, 'r');
      try {
        return textIn(buffer.subarray(0, fill(buffer, opened)));
      } finally {
        closeSync(opened);
      }
    } catch {
      return undefined;
    }
  }
}

function fill(buffer: Buffer, opened: number): number {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(opened, buffer, length, buffer.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** Secrets in a text, as what the index keeps of them. */
export function searchText(path: string, text: string, fingerprinter: Fingerprinter): Pick<IndexedFile, 'complete' | 'secrets'> {
  const { values, complete } = recognisableValues(path, text);
  const secrets = values.map((finding) => secretOf(finding, text.slice(finding.start, finding.end), fingerprinter)).filter((secret) => secret.forms.length > 0);
  return { ...(complete ? {} : { complete }), ...(secrets.length > 0 ? { secrets } : {}) };
}

function secretOf({ name, kind, line, provider }: SecretFinding, value: string, fingerprinter: Fingerprinter): IndexedSecret {
  const expires = expiryOf(value);
  return {
    name, kind, line, length: value.length, fingerprint: fingerprinter.digest(value), forms: textsOf(value).map((text) => fingerprinter.form(text)),
    ...(provider === undefined ? {} : { provider }), ...(expires === undefined ? {} : { expires }),
  };
}
