import { join } from 'node:path';
import * as z from 'zod/mini';
import { jsonFile, type Silence, type Surroundings } from './silencer.ts';

/** The folders of a project in which it looks for hooks. */
const projectFolders = ['.agents', '.agent', '_agents', '_agent'];
const Named = z.object({ interlock: z.unknown() });

/** https://antigravity.google/docs/hooks */
export function antigravitySilences(around: Surroundings): readonly Silence[] {
  const { home, folders } = around;
  const right = join(home, '.gemini', 'config', 'hooks.json');
  const wrong = join(home, '.gemini', 'hooks.json');
  const projects = folders.flatMap((folder) => projectFolders.map((name) => join(folder, name, 'hooks.json')));
  return [
    ...(around.read(wrong) === undefined ? [] : [{ why: `Antigravity loads ${wrong} and runs none of its hooks; whether it then runs those in ${right} is not known. Move what it holds there and remove it.`, file: wrong }]),
    ...projects.filter((file) => jsonFile(around, file, Named)?.interlock !== undefined).map((file) => ({ why: `${file} has hooks under the name “interlock”, which may take the place of ours. Remove them there.`, file })),
  ];
}
