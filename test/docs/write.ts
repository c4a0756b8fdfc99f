/**
 * Writes the pages of docs/ from the rules and what they find.
 * Usage: tsx test/docs/write.ts
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { pages } from './pages.ts';

rmSync('docs/rules', { recursive: true, force: true });
mkdirSync('docs/rules', { recursive: true });
for (const [path, text] of pages()) writeFileSync(path, text);
