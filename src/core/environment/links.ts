import { joinPath } from '../files/path.ts';
import { isRecord } from '../json.ts';
import { own } from '../own.ts';
import { foldersUp, inConfigFolder, inHome, jsonIn, readAbove, readFile, readFirst, readSections, recordAt, textAt, yamlScalar, type ConfigFile } from './config-files.ts';
import { readDotenv } from './dotenv.ts';
import { placeHost } from './hosts.ts';
import { remoteUrls } from './remotes.ts';
import { environmentClue, flagged, isSet, resourceClue, resourceNamed, setting, variable, type Asked, type Clue, type Place, type Placers, type Surroundings } from './placer.ts';

/** Hosting platforms whose tools note in a file which project a folder belongs to. A name that such a file only shows beside an id is a label. */
export const linkPlacers: Placers = {
  railway: placeRailway, vercel: placeVercel, netlify: placeNetlify, supabase: placeSupabase, fly: placeFly, heroku: placeHeroku, neon: placeNeon,
  planetscale: placePlanetscale, turso: placeTurso, convex: placeConvex, firebase: placeFirebase, cloudflare: placeCloudflare, render: placeRender, dokku: placeDokku,
};

type Named = Omit<Clue, 'what'>;

/** A name that was read in a file, with where. */
function namedIn(file: ConfigFile | undefined, name: string | undefined): Named | undefined {
  return file && name ? { name, from: file.from } : undefined;
}

function clueOf(what: string, named: Named | undefined, label = false): Clue | undefined {
  return named && { what, ...named, ...(label ? { label } : {}) };
}

/** What the tool always does to production: a `production deployment`. */
function productionClue({ resource }: Asked): Clue | undefined {
  return /^(?:production|live) /.test(resource.kind) ? { what: 'environment', name: 'production' } : undefined;
}

/**
 * The environment of the nearest linked folder; a project token brings its own, which nobody can see. Variables named RAILWAY_ENVIRONMENT…
 * are what the platform gives to a deployment: the tool does not ask them. https://docs.railway.com/cli/link and https://docs.railway.com/cli
 */
function placeRailway(asked: Asked, around: Surroundings): Place {
  const name = { staging: 'config-staging.json', dev: 'config-dev.json', develop: 'config-dev.json' }[around.env.RAILWAY_ENV?.toLowerCase() ?? ''] ?? 'config.json';
  const file = readFirst(inHome(around, `.railway/${name}`), around);
  const projects = recordAt(jsonIn(file), 'projects');
  const linked = foldersUp(around).map((folder) => own(projects, folder)).find(isRecord);
  const unlinked = variable(around, 'RAILWAY_TOKEN') !== undefined || setting(asked, 'project') !== undefined;
  const given = resourceNamed(asked, /^environment$/) ?? flagged(asked);
  const environment = given ?? (unlinked ? undefined : namedIn(file, textAt(linked, 'environmentName')));
  const said = variable(around, 'RAILWAY_ENVIRONMENT_NAME', 'RAILWAY_ENVIRONMENT');
  const project = setting(asked, 'project');
  return {
    clues: [
      environment && environmentClue(given ? 'railway environment' : 'linked environment', environment),
      given ? undefined : said && { what: 'railway environment', ...said, label: true },
      clueOf('project', project === undefined ? undefined : { name: project, from: 'from --project' }),
      ...(unlinked ? [] : [clueOf('linked project', namedIn(file, textAt(linked, 'name'))), clueOf('linked project', namedIn(file, textAt(linked, 'project')))]),
      ...(given || unlinked ? [] : [clueOf('linked environment', namedIn(file, textAt(linked, 'environment')))]),
      resourceClue(asked),
    ],
  };
}

/** https://vercel.com/docs/cli/project-linking */
function placeVercel(asked: Asked, around: Surroundings): Place {
  const file = readAbove(['.vercel/project.json', '.vercel/repo.json'], around);
  const link = jsonIn(file);
  const given = resourceNamed(asked, /^project$/) ?? flaggedSetting(asked, 'project');
  const byVariable = variable(around, 'VERCEL_PROJECT_ID');
  const linked = !given && !byVariable;
  const target = setting(asked, 'target') ?? (isSet(asked, 'prod') ? 'production' : asked.name);
  return {
    clues: [
      target === undefined ? productionClue(asked) : environmentClue('vercel environment', { name: target }),
      clueOf('project', given ?? byVariable),
      ...(linked ? [clueOf('linked project', namedIn(file, textAt(link, 'projectName')), true), clueOf('linked project', namedIn(file, textAt(link, 'projectId')))] : []),
      clueOf('team', flaggedSetting(asked, 'scope') ?? namedIn(file, textAt(link, 'orgId')), true),
      resourceClue(asked),
    ],
  };
}

function flaggedSetting(asked: Asked, name: string): Named | undefined {
  const value = setting(asked, name);
  return value === undefined ? undefined : { name: value };
}

/** https://docs.netlify.com/cli/get-started/#link-and-unlink-sites */
function placeNetlify(asked: Asked, around: Surroundings): Place {
  const file = readAbove(['.netlify/state.json'], around);
  const site = resourceNamed(asked, /^site$/) ?? flaggedSetting(asked, 'site') ?? variable(around, 'NETLIFY_SITE_ID') ?? namedIn(file, textAt(jsonIn(file), 'siteId'));
  const context = isSet(asked, 'prod') ? { name: 'production', from: 'from --prod' } : flagged(asked);
  return { clues: [context ? environmentClue('netlify context', context) : productionClue(asked), clueOf('site', site), resourceClue(asked)] };
}

/** https://supabase.com/docs/reference/cli/supabase-link */
function placeSupabase(asked: Asked, around: Surroundings): Place {
  if (isSet(asked, 'local')) return { sure: { environment: 'local', evidence: '--local is the stack on this machine' }, clues: [] };
  const url = setting(asked, 'url');
  if (url !== undefined) return placeHost('database', url, 'from --db-url');
  const workdir = setting(asked, 'workdir') ?? around.env.SUPABASE_WORKDIR;
  const inside = workdir === undefined ? around : { ...around, folder: joinPath(around.folder, workdir, around.world.platform) };
  const file = readAbove(['supabase/.temp/project-ref'], inside);
  const project = resourceNamed(asked, /^project$/) ?? flagged(asked) ?? variable(around, 'SUPABASE_PROJECT_ID') ?? namedIn(file, file?.text.trim());
  const remotes = readSections(readAbove(['supabase/config.toml'], inside)?.text ?? '');
  const remote = [...remotes].find(([name, section]) => name.startsWith('remotes.') && section.get('project_id') === project?.name)?.[0].slice('remotes.'.length);
  return { clues: [clueOf('supabase project', project), clueOf('remote', remote === undefined ? undefined : { name: remote, from: 'in supabase/config.toml' }, true), clueOf('branch', resourceNamed(asked, /^database branch$/)), resourceClue(asked)] };
}

/** https://fly.io/docs/flyctl/ and https://fly.io/docs/reference/configuration/#the-app-name */
function placeFly(asked: Asked, around: Surroundings): Place {
  const given = setting(asked, 'config');
  const file = readFirst(given === undefined ? ['fly.toml', 'fly.json', 'fly.yaml', 'fly.yml'] : [given, joinPath(given, 'fly.toml', around.world.platform)], around);
  const app = /^[ \t]*["']?app["']?[ \t]*[=:][ \t]*["']?([\w-]+)/m.exec(file?.text ?? '')?.[1];
  const named = resourceNamed(asked, /^(?:app|Postgres cluster|database cluster)$/) ?? flagged(asked) ?? variable(around, 'FLY_APP') ?? namedIn(file, app);
  return { clues: [clueOf('fly app', named), given === undefined ? undefined : { what: 'configuration', name: given, label: true }, resourceClue(asked)] };
}

/** Flag, HEROKU_APP, then the git remote: the one named, or the only one. https://devcenter.heroku.com/articles/using-the-cli#app-commands */
function placeHeroku(asked: Asked, around: Surroundings): Place {
  const given = resourceNamed(asked, /^app$/) ?? flagged(asked) ?? variable(around, 'HEROKU_APP');
  const remote = setting(asked, 'remote');
  const apps = [...remoteUrls(around)].flatMap(([name, url]) => {
    const app = /heroku\.com[:/](?:[^/]+\/)?([^/]+?)(?:\.git)?\/?$/.exec(url)?.[1];
    return app === undefined ? [] : [{ name: app, from: `of git remote ${name}`, remote: name }];
  });
  const wanted = remote === undefined ? (apps.length > 1 ? apps.filter((app) => app.remote === 'heroku') : apps) : apps.filter((app) => app.remote === remote);
  const linked = given || wanted.length !== 1 ? undefined : { name: wanted[0]?.name ?? '', from: wanted[0]?.from ?? '' };
  const unresolved = given || linked || remote === undefined ? undefined : { name: remote, from: 'from --remote' };
  return { clues: [clueOf('heroku app', given ?? linked), clueOf('git remote', unresolved), clueOf('pipeline', resourceNamed(asked, /^pipeline$/)), resourceClue(asked)] };
}

/** https://neon.com/docs/reference/cli-set-context */
function placeNeon(asked: Asked, around: Surroundings): Place {
  const given = setting(asked, 'contextFile');
  const file = given === undefined ? readAbove(['.neon'], around) : readFile(given, around);
  const context = jsonIn(file);
  const project = resourceNamed(asked, /^project$/) ?? flaggedSetting(asked, 'project') ?? namedIn(file, textAt(context, 'projectId'));
  const branch = resourceNamed(asked, /^branch$/) ?? flagged(asked) ?? namedIn(file, textAt(context, 'branchId') ?? textAt(context, 'branch'));
  return { clues: [branch && environmentClue('neon branch', branch), clueOf('neon project', project), resourceClue(asked)] };
}

/** https://planetscale.com/docs/reference/planetscale-cli */
function placePlanetscale(asked: Asked, around: Surroundings): Place {
  const file = readFirst(['.pscale.yml', ...inConfigFolder(around, 'planetscale/pscale.yml')], around);
  const organisation = flagged(asked) ?? variable(around, 'PLANETSCALE_ORG') ?? namedIn(file, yamlScalar(file?.text ?? '', 'org'));
  const branch = resourceNamed(asked, /^(?:branch|protection)$/);
  return { clues: [branch && environmentClue('branch', branch), clueOf('database', resourceNamed(asked, /^database$/)), clueOf('organisation', organisation), resourceClue(asked)] };
}

/** A database of turso is its own place. https://docs.turso.tech/cli/db/destroy */
function placeTurso(asked: Asked, around: Surroundings): Place {
  const file = readFirst(inConfigFolder(around, 'turso/settings.json'), around);
  return { clues: [clueOf('database', resourceNamed(asked, /^(?:database|group|tokens|protection|organisation)$/)), clueOf('organisation', namedIn(file, textAt(jsonIn(file), 'organization')), true), resourceClue(asked)] };
}

/** A deploy key before everything, then flags, then CONVEX_DEPLOYMENT, which `convex dev` writes to .env.local. https://docs.convex.dev/cli */
function placeConvex(asked: Asked, around: Surroundings): Place {
  const envFile = setting(asked, 'envFile');
  const files = (envFile === undefined ? ['.env.local', '.env'] : [envFile]).flatMap((path) => readFile(path, around) ?? []);
  const lookUp = (name: string): Named | undefined => variable(around, name) ?? files.map((file) => namedIn(file, readDotenv(file.text).get(name))).find((named) => named !== undefined);
  const url = setting(asked, 'url') ?? lookUp('CONVEX_SELF_HOSTED_URL')?.name;
  if (url !== undefined) return placeHost('Convex backend', url);
  const key = lookUp('CONVEX_DEPLOY_KEY');
  const deployment = key ? namedByKey(key) : isSet(asked, 'prod') ? { name: 'production', from: 'from --prod' } : isSet(asked, 'preview') ? { name: 'preview', from: 'from --preview-name' } : (flagged(asked) ?? lookUp('CONVEX_DEPLOYMENT'));
  if (deployment && /^(?:local|anonymous)[:-]/.test(deployment.name)) return { sure: { environment: 'local', evidence: `Convex deployment “${deployment.name}” runs on this machine` }, clues: [{ what: 'Convex deployment', ...deployment }] };
  return { clues: [clueOf('Convex deployment', deployment), key ? undefined : productionClue(asked), resourceClue(asked)] };
}

/** A deploy key begins with its deployment: `prod:name|…`. What follows the bar is the secret. */
function namedByKey({ name, from }: Named): Named | undefined {
  const deployment = /^([a-z]+:[\w:-]+)\|/.exec(name)?.[1];
  return deployment === undefined ? undefined : { name: deployment, ...(from === undefined ? {} : { from }) };
}

const emulators: Readonly<Record<string, string>> = { documents: 'FIRESTORE_EMULATOR_HOST', data: 'FIREBASE_DATABASE_EMULATOR_HOST' };

/** Flag, then the project that `firebase use` noted for the folder, then the standard one of .firebaserc. https://firebase.google.com/docs/cli#project_aliases */
function placeFirebase(asked: Asked, around: Surroundings): Place {
  const emulator = variable(around, ...[own(emulators, asked.resource.kind)].filter((name) => name !== undefined));
  if (emulator) return placeHost('Firebase emulator', emulator.name, emulator.from);
  const file = readAbove(['.firebaserc'], around);
  const aliases = recordAt(jsonIn(file), 'projects');
  const noted = readFirst([...inConfigFolder(around, 'configstore/firebase-tools.json'), ...inHome(around, '.config/configstore/firebase-tools.json')], around);
  const active = recordAt(jsonIn(noted), 'activeProjects');
  const chosen = flagged(asked) ?? foldersUp(around).map((folder) => namedIn(noted, textAt(active, folder))).find((named) => named !== undefined);
  const id = textAt(aliases, chosen?.name ?? 'default');
  // What the file calls a project is the workspace's own word; the project it names is where the call goes.
  return { clues: [clueOf('firebase project', namedIn(file, id)), clueOf(id === undefined ? 'firebase project' : 'alias', chosen, id !== undefined), productionClue(asked), resourceClue(asked)] };
}

/** https://developers.cloudflare.com/workers/wrangler/environments/ */
function placeCloudflare(asked: Asked, around: Surroundings): Place {
  if (isSet(asked, 'local')) return { sure: { environment: 'local', evidence: '--local is the copy on this machine' }, clues: [] };
  const environment = flagged(asked) ?? variable(around, 'CLOUDFLARE_ENV');
  const given = setting(asked, 'config');
  const file = given === undefined ? readAbove(['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'], around) : readFile(given, around);
  const worker = file && workerIn(file, environment?.name);
  const named = resourceNamed(asked, /^worker$/) ?? flaggedSetting(asked, 'name') ?? namedIn(file, worker?.name);
  const account = variable(around, 'CLOUDFLARE_ACCOUNT_ID') ?? namedIn(file, worker?.account);
  return { clues: [environment && environmentClue('cloudflare environment', environment), clueOf('worker', named), clueOf('Cloudflare account', account), productionClue(asked), resourceClue(asked)] };
}

/** A worker's name in an environment is the one written there, else the common one with the environment's behind it. */
function workerIn(file: ConfigFile, environment: string | undefined): { readonly name?: string | undefined; readonly account?: string | undefined } {
  const toml = file.path.endsWith('.toml');
  const top = toml ? readSections(file.text).get('') : undefined;
  const part = toml && environment !== undefined ? readSections(file.text).get(`env.${environment}`) : undefined;
  const json = toml ? {} : jsonIn(file);
  const inPart = environment === undefined ? {} : recordAt(json, 'env', environment);
  const common = top?.get('name') ?? textAt(json, 'name');
  const own = part?.get('name') ?? textAt(inPart, 'name');
  return { name: own ?? (common === undefined || environment === undefined ? common : `${common}-${environment}`), account: part?.get('account_id') ?? textAt(inPart, 'account_id') ?? top?.get('account_id') ?? textAt(json, 'account_id') };
}

/** https://render.com/docs/cli */
function placeRender(asked: Asked, around: Surroundings): Place {
  const file = readFirst(around.env.RENDER_CLI_CONFIG_PATH ? [around.env.RENDER_CLI_CONFIG_PATH] : inHome(around, '.render/cli.yaml'), around);
  const environment = flagged(asked);
  return { clues: [environment && environmentClue('render environment', environment), clueOf('workspace', namedIn(file, yamlScalar(file?.text ?? '', 'workspace_name') ?? yamlScalar(file?.text ?? '', 'workspace'))), resourceClue(asked)] };
}

/** The server of the client: DOKKU_HOST, else that of the git remote. https://dokku.com/docs/deployment/remote-commands/ */
function placeDokku(asked: Asked, around: Surroundings): Place {
  const remote = remoteUrls(around).get('dokku');
  const host = variable(around, 'DOKKU_HOST') ?? (remote === undefined ? undefined : { name: remote.replace(/^(?!\w+:\/\/)([^:/]+):(?!\/\/).*/, '$1'), from: 'of git remote dokku' });
  const reached = host === undefined ? undefined : placeHost('dokku host', host.name, host.from);
  return { ...reached, clues: [clueOf('dokku app', resourceNamed(asked, /^app$/) ?? flagged(asked)), ...(reached?.clues ?? []), resourceClue(asked)] };
}
