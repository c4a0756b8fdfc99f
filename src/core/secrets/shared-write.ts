import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { baseName } from '../files/path.ts';
import { findSecrets } from './find.ts';
import { isTemplateName } from './text-scan.ts';

const longest = 256 * 1024;

/** Files written to be shared: examples and documentation. */
const documentation = /^(?:readme|contributing|changelog|setup|install)(?:\.(?:md|mdx|rst|txt|adoc))?$|\.(?:md|mdx|rst|adoc)$/i;

/**
 * Effects of writing a live secret into a file that is there to be shared: a template or documentation.
 * Documentation is full of examples, so there only values of a vendor's own shape count.
 */
export function sharedWrite(path: string, content: string, analysis: Analysis): readonly Effect[] {
  const name = baseName(path, analysis.world.platform);
  const template = isTemplateName(name.toLowerCase());
  if ((!template && !documentation.test(name)) || content.length > longest) return [];
  analysis.spend(Math.ceil(content.length / 256));
  // A template's own name makes the detector lenient; what is written must be judged as if it were the real file.
  const { findings } = findSecrets(content, { path: template ? '.env' : path });
  const found = findings.find(({ provider, kind }) => template || (provider !== undefined && kind.includes(' ')));
  if (!found) return [];
  return [{
    verb: 'expose', resource: { kind: 'credential', name: found.name, provider: 'local files' }, reversibility: 'irreversible', certainty: 'likely', rule: 'secrets/shared-write',
    why: `Writes what looks like the real ${found.name} into ${name}, which is there to be shared.`,
    saferWay: 'Write a placeholder such as your-key-here.', target: { by: 'path' },
  }];
}
