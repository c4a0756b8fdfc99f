import { isInside, joinPath } from '../files/path.ts';
import { isRecord, parseJson } from '../json.ts';
import { own } from '../own.ts';
import type { Evidence, Folder } from './evidence-source.ts';
import { evidenceInNames, longestFile } from './evidence-target.ts';

const mostProjects = 10;

/** A platform whose command line keeps in the folder which project it works on. */
interface Link {
  /** Relative to the folder, or a pattern of names in it. */
  readonly file: string | RegExp;
  readonly what: string;
  /** What stands in the file, from the name that says most. */
  readonly names: (text: string) => readonly (string | undefined)[];
}

const links: readonly Link[] = [
  /** https://vercel.com/docs/cli/project-linking */
  { file: '.vercel/project.json', what: 'linked Vercel project', names: (text) => [field(text, 'projectName') ?? field(text, 'projectId')] },
  /** https://supabase.com/docs/reference/cli/supabase-link */
  { file: 'supabase/.temp/project-ref', what: 'linked Supabase project', names: (text) => [text.trim()] },
  /** https://fly.io/docs/reference/configuration/ */
  { file: /^fly(?:\.[\w-]+)?\.toml$/, what: 'Fly app', names: (text) => [/^app\s*=\s*["']([^"'\n]+)["']/m.exec(text)?.[1]] },
  /** https://docs.netlify.com/cli/get-started/#link-and-unlink-sites */
  { file: '.netlify/state.json', what: 'linked Netlify site', names: (text) => [field(text, 'siteId')] },
];

/** Projects of hosting platforms that the folder is linked to. */
export function linkEvidence(around: Folder): readonly Evidence[] {
  const { folder, world, policy } = around;
  const inFolder = links.flatMap(({ file, what, names }) => {
    const files = typeof file === 'string' ? [file] : (world.list(folder) ?? []).filter((name) => file.test(name)).slice(0, mostProjects);
    return files.map((name) => joinPath(folder, name, world.platform)).map((path) => {
      const text = world.read(path, longestFile);
      return text === undefined ? undefined : evidenceInNames(what, names(text), path, policy);
    });
  });
  return [...inFolder, ...railway(around), firebase(around)].filter((item) => item !== undefined);
}

/** The project and environment `railway link` chose for the folder, one above it, or ones below. https://docs.railway.com/cli/link */
function railway({ folder, home, world, policy }: Folder): readonly (Evidence | undefined)[] {
  const file = home === undefined ? undefined : joinPath(home, '.railway/config.json', world.platform);
  const config = file === undefined ? undefined : parseJson(world.read(file, longestFile) ?? '');
  if (file === undefined || !isRecord(config) || !isRecord(config.projects)) return [];
  const linked = Object.entries(config.projects);
  const above = linked.filter(([path]) => isInside(folder, path, world.platform)).toSorted(([a], [b]) => b.length - a.length).slice(0, 1);
  const below = linked.filter(([path]) => isInside(path, folder, world.platform)).slice(0, mostProjects);
  return [...above, ...below].map(([, project]) => (isRecord(project) ? evidenceInNames('linked Railway project', [text(project.name), text(project.environmentName)], file, policy) : undefined));
}

/** The project `firebase use` chose for the folder, else its default. https://firebase.google.com/docs/cli#project_aliases */
function firebase({ folder, home, world, policy }: Folder): Evidence | undefined {
  const file = joinPath(folder, '.firebaserc', world.platform);
  const written = parseJson(world.read(file, longestFile) ?? '');
  const projects = isRecord(written) && isRecord(written.projects) ? written.projects : {};
  const store = home === undefined ? undefined : joinPath(home, '.config/configstore/firebase-tools.json', world.platform);
  const stored = store === undefined ? undefined : parseJson(world.read(store, longestFile) ?? '');
  const active = isRecord(stored) && isRecord(stored.activeProjects) ? text(own(stored.activeProjects, folder)) : undefined;
  const alias = active ?? 'default';
  const project = text(own(projects, alias)) ?? active;
  return evidenceInNames('Firebase project', [project, alias === project || alias === 'default' ? undefined : alias], active === undefined ? file : (store ?? file), policy);
}

function field(json: string, name: string): string | undefined {
  const value = parseJson(json);
  return isRecord(value) ? text(own(value, name)) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
