import type { EvidenceReading } from '../core/environment/evidence.ts';
import { baseName, comparable, isInside, isRoot, parentOf, platformOf } from '../core/files/path.ts';

/** Folders outside the workspace that are watched at once. */
const mostFolders = 64;

/** What has to be watched so that no change of evidence goes unnoticed. */
export interface WatchPlaces {
  /** Absolute paths of folders outside the workspace, each watched by itself and not below. */
  readonly outside: readonly string[];
  /** True when a change of this path may change the evidence. */
  readonly concerns: (path: string) => boolean;
}

/**
 * Everything that was looked at for the evidence, there or not.
 * @param folders absolute paths of the open folders, which are watched anyway
 */
export function watchPlaces(readings: readonly EvidenceReading[], folders: readonly string[]): WatchPlaces {
  const files = readings.flatMap((reading) => reading.files);
  const isOpen = (path: string): boolean => folders.some((folder) => isInside(path, folder, platformOf(folder)));
  // Tools look for their files upwards to the root, which is not worth watching.
  const parents = files.filter((file) => !isOpen(file)).map((file) => parentOf(file, platformOf(file))).filter((folder) => !isRoot(folder, platformOf(folder)));
  const asked = new Set(files.map(key));
  const listed = new Set(readings.flatMap((reading) => reading.folders).map(key));
  return {
    outside: [...new Set(parents)].toSorted().slice(0, mostFolders),
    concerns: (path) => asked.has(key(path)) || (listed.has(key(parentOf(path, platformOf(path)))) && mayBeEvidence(baseName(path, platformOf(path)))),
  };
}

/** Names that count in a folder whose names were asked for: dotenv files, and configuration such as `fly.staging.toml`. */
function mayBeEvidence(name: string): boolean {
  return name.startsWith('.env') || name.endsWith('.toml');
}

function key(path: string): string {
  return comparable(path, platformOf(path));
}
