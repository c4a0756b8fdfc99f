import { joinPath } from '../files/path.ts';
import { inConfigFolder, inHome, jsonIn, readFirst, readSections, textAt } from './config-files.ts';
import { placeHost } from './hosts.ts';
import { environmentClue, flagged, setting, variable, type Asked, type Clue, type Place, type Placer, type Placers, type Surroundings } from './placer.ts';

/** Object stores, backup repositories and package registries: their tools name an address, or an alias that a file of the person's gives one. */
export const storePlacers: Placers = {
  minio: placeMinio, rclone: placeRclone, s3: placeS3cmd,
  restic: repository('restic repository', ['RESTIC_REPOSITORY']),
  borg: repository('Borg repository', ['BORG_REPO']),
  npm: registry('npm registry'), pypi: registry('package index'), nuget: registry('NuGet source'), rubygems: registry('gem host'), 'crates.io': registry('crate registry'), registry: registry('registry'),
};

const mostNames = 8;

/** `alias/bucket/key`; the variable of an alias comes before the file. https://min.io/docs/minio/linux/reference/minio-mc.html */
function placeMinio(asked: Asked, around: Surroundings): Place {
  const folder = around.env.MC_CONFIG_DIR;
  const file = readFirst(folder ? [joinPath(folder, 'config.json', around.world.platform)] : inHome(around, '.mc/config.json', 'mc/config.json'), around);
  const aliases = [...new Set(namesIn(asked).map((name) => name.split('/')[0] ?? ''))].filter((alias) => /^[\w-]+$/.test(alias));
  const places = aliases.map((alias) => {
    const url = around.env[`MC_HOST_${alias}`] ?? textAt(jsonIn(file), 'aliases', alias, 'url');
    const reached = url === undefined ? undefined : placeHost('store', url, `of alias ${alias}`);
    // An alias is the person's own word for a store.
    return { ...reached, clues: [{ what: 'alias', name: alias }, ...(reached?.clues ?? [])] };
  });
  return together(places, namesIn(asked).map((name) => ({ what: 'bucket', name: name.split('/')[1] ?? '', label: true })));
}

/** All of several places must be on this machine for the whole to be. */
function together(places: readonly Place[], more: readonly Clue[]): Place {
  const sure = places.length > 0 && places.every((place) => place.sure) ? places[0]?.sure : undefined;
  return { sure, clues: [...places.filter((place) => sure !== undefined || !place.sure).flatMap((place) => place.clues), ...more] };
}

function namesIn({ resource }: Asked): readonly string[] {
  return resource.name.slice(0, 2048).split(', ').filter((name) => name !== '').slice(0, mostNames);
}

/** `remote:path`; a path without a remote is on this machine. https://rclone.org/docs/#config-string and https://rclone.org/local/ */
function placeRclone(asked: Asked, around: Surroundings): Place {
  const given = setting(asked, 'config') ?? around.env.RCLONE_CONFIG;
  const config = readSections(readFirst(given ? [given] : [...inConfigFolder(around, 'rclone/rclone.conf'), ...inHome(around, '.rclone.conf')], around)?.text ?? '');
  const names = namesIn(asked);
  if (names.length > 0 && names.every((name) => /^[./~]/.test(name))) return { sure: { environment: 'local', evidence: `${names[0]} is a folder on this machine` }, clues: [] };
  const remotes = [...new Set(names.flatMap((name) => /^([\w .@+-]+):/.exec(name)?.[1] ?? []))];
  const places = remotes.map((remote): Place => {
    const section = config.get(remote);
    const address = section?.get('endpoint') ?? section?.get('host') ?? section?.get('url');
    const reached = address === undefined ? undefined : placeHost('store', address, `of remote ${remote}`);
    return { ...reached, clues: [{ what: 'remote', name: remote }, ...(reached?.clues ?? [])] };
  });
  return together(places, names.map((name) => ({ what: 'path', name: name.replace(/^[^:]*:/, '').split('/')[0] ?? '', label: true })));
}

/** https://s3tools.org/kb/item14.htm */
function placeS3cmd(asked: Asked, around: Surroundings): Place {
  const file = readFirst([setting(asked, 'config') ?? ''].filter(Boolean).concat(inHome(around, '.s3cfg')), around);
  const named = flagged(asked) ?? configured(file?.from, readSections(file?.text ?? '').get('default')?.get('host_base'));
  const reached: Place = named === undefined ? { clues: [] } : placeHost('S3 host', named.name, named.from);
  const bucket = /^s3:\/\/([^/\s]+)/.exec(asked.resource.name)?.[1];
  return { ...reached, clues: [...reached.clues, bucket === undefined ? undefined : { what: 'bucket', name: bucket, label: true }] };
}

function configured(from: string | undefined, name: string | undefined): Omit<Clue, 'what'> | undefined {
  return name === undefined || from === undefined ? undefined : { name, from };
}

/** A path is on this machine; an address is where it says; the rest of it is a bucket or container. */
function repository(what: string, variables: readonly string[]): Placer {
  return (asked, around) => {
    const named = flagged(asked) ?? variable(around, ...variables);
    if (named === undefined) return { clues: [] };
    if (/^(?:[./~]|[A-Za-z]:[\\/]|file:|local:)/.test(named.name)) return { sure: { environment: 'local', evidence: `the ${what} is a folder on this machine` }, clues: [] };
    const address = /\w+:\/\/.*$/.exec(named.name.slice(0, 1024))?.[0] ?? /^(?:sftp:)?([\w.-]+@[\w.-]+):/.exec(named.name)?.[1];
    if (address === undefined) return { clues: [{ what, name: named.name.replace(/^[a-z0-9]+:/, ''), ...(named.from === undefined ? {} : { from: named.from }) }] };
    const reached = placeHost(what, address, named.from);
    const path = /^\w+:\/\/[^/]*\/(.+)$/.exec(address)?.[1];
    return { ...reached, clues: [...reached.clues, path === undefined ? undefined : { what: 'bucket', name: path }] };
  };
}

/** A registry on this machine is one for trying things out; others are known by their name at most. */
function registry(what: string): Placer {
  return (asked): Place => {
    const named = flagged(asked);
    if (named?.name.includes('://')) return placeHost(what, named.name, named.from);
    return { clues: [named && environmentClue(what, named)] };
  };
}
