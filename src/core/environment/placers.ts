import { own } from '../own.ts';
import { awsPlacers } from './aws.ts';
import { cloudPlacers } from './clouds.ts';
import { contextPlacers } from './context-files.ts';
import { dockerPlacers } from './docker.ts';
import { gcloudPlacers } from './gcloud.ts';
import { hostPlacers } from './hosts.ts';
import { infrastructurePlacers } from './infrastructure.ts';
import { kubernetesPlacers } from './kubernetes.ts';
import { linkPlacers } from './links.ts';
import { environmentClue, flagged, type Asked, type Place, type Placers, type Surroundings } from './placer.ts';
import { remotePlacers } from './remotes.ts';
import { storePlacers } from './stores.ts';
import { terraformPlacers } from './terraform.ts';

/** Every system whose tools are followed to their place, by the name rules give it. A new one is one entry of its family's file. */
const placers: Placers = {
  ...kubernetesPlacers, ...terraformPlacers, ...infrastructurePlacers, ...awsPlacers, ...gcloudPlacers, ...cloudPlacers,
  ...dockerPlacers, ...linkPlacers, ...contextPlacers, ...remotePlacers, ...hostPlacers, ...storePlacers,
};

/** The place of a system's target, found as its tool finds it. */
export function placeNamed(asked: Asked, system: string, around: Surroundings): Place {
  return own(placers, system)?.(asked, around) ?? placeAsNamed(asked, system);
}

/** The place of a target whose tool nobody follows: only a name in the command counts. */
export function placeAsNamed(asked: Asked, system: string): Place {
  const named = flagged(asked);
  return { clues: [named && environmentClue(`${system} environment`, named), asked.scope === undefined ? undefined : { what: 'scope', name: asked.scope }] };
}
