import { gramsOf } from './facility.ts';
import { allCloudRegions, allZones, cloudRegionById, zoneById, ZONES_SOURCE } from './regions.ts';

/** The same run elsewhere, by yearly averages, since live figures of all the world are not to be had. */
export interface RunElsewhere {
  /** Zone or cloud region. */
  readonly id: string;
  readonly name: string;
  readonly gramsPerKwh: number;
  readonly pue: number;
  readonly emissionsGrams: number;
  /** Relative to here: 0.2 for a fifth of the grams. */
  readonly timesHere: number | null;
}

export interface RunHere {
  /** Of the machine. */
  readonly energyJoules: number;
  /** For zones and for cloud regions whose provider tells none. */
  readonly pue: number;
  readonly emissionsGrams: number;
}

export const COMPARISON_SOURCE = ZONES_SOURCE;

/** @param ids zones and cloud regions; all of either by `comparableZones` and `comparableRegions`. @returns cleanest first */
export function compareLocations(here: RunHere, ids: readonly string[]): readonly RunElsewhere[] {
  const others = ids.flatMap((id): RunElsewhere[] => {
    const region = cloudRegionById(id);
    const zone = zoneById(region?.zone ?? id);
    if (!zone) return [];
    const pue = region?.pue ?? here.pue;
    const emissionsGrams = gramsOf(here.energyJoules, pue, zone.gramsPerKwh);
    const timesHere = here.emissionsGrams > 0 ? emissionsGrams / here.emissionsGrams : null;
    const name = region ? `${region.name}, ${region.id}` : zone.name;
    return [{ id, name, gramsPerKwh: zone.gramsPerKwh, pue, emissionsGrams, timesHere }];
  });
  return others.sort((a, b) => a.emissionsGrams - b.emissionsGrams);
}

export function comparableZones(): readonly string[] {
  return allZones().map(({ id }) => id);
}

export function comparableRegions(): readonly string[] {
  return allCloudRegions().map(({ id }) => id);
}
