/**
 * Scenes of what a person sees and does, in one real workbench with the packaged extension; pictures go to `test-results/`.
 * Usage: tsx test/workbench/scenes.ts [PART OF A TITLE | tags]
 */
import test from 'node:test';
import { setStage, vsix } from '../agents/stage.ts';
import { existsSync } from 'node:fs';
import { runIsolated } from './isolation.ts';
import { provisionBrowser, provisionCodeServer } from './provision.ts';
import { withRig } from './reaper.ts';
import { makeMeddler, picture, type Scene } from './scene.ts';
import { decisionScenes } from './scenes/decision.ts';
import { guardingScenes } from './scenes/guarding.ts';
import { secretScenes } from './scenes/secrets.ts';
import { sessionScenes } from './scenes/sessions.ts';
import { terminalScenes } from './scenes/terminals.ts';
import { toldScenes } from './scenes/told.ts';
import { playTags } from './tags.ts';

const scenes: readonly Scene[] = [...decisionScenes, ...sessionScenes, ...secretScenes, ...toldScenes, ...terminalScenes, ...guardingScenes];

async function main(): Promise<void> {
  const part = process.argv[2] ?? '';
  await test('scenes', (t) => withRig(async ({ reaper, folder }) => {
    const stage = await setStage({ reaper, folder, extensionFolders: [await makeMeddler(folder)] });
    for (const { title, play } of scenes.filter((scene) => scene.title.includes(part))) {
      await t.test(title, async () => {
        try {
          await play(stage);
        } catch (error) {
          await picture(stage, 'failed').catch(() => undefined);
          throw error;
        }
      });
    }
  }));
  // Tags, colours and folders need windows of their own.
  if ('tags'.includes(part)) await playTags();
}

async function provision(): Promise<void> {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run \`npm run package\` first.`);
  await Promise.all([provisionCodeServer(), provisionBrowser()]);
}

void runIsolated(provision, main);
