/**
 * Writes the pages of docs/ from the rules and what they find, and the schemas of policy files.
 * Usage: tsx test/docs/write.ts
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { pages } from './pages.ts';
import { policySchemas } from './policy-schemas.ts';

rmSync('docs/rules', { recursive: true, force: true });
mkdirSync('docs/rules', { recursive: true });
for (const [path, text] of [...pages(), ...policySchemas()]) writeFileSync(path, text);
