import cloud from './data/cloudRegions.json' with { type: 'json' };
import grid from './data/zones.json' with { type: 'json' };
import type { Intensity } from './intensity.ts';
import { countryByCode, locate, type Coordinates, type Place } from './place.ts';

/** A zone of Electricity Maps with the yearly average of what is consumed there. */
export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly gramsPerKwh: number;
}

/** A cloud provider's region: its grid, and what the provider says of its buildings. */
export interface CloudRegion {
  /** `aws:eu-north-1`. */
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly pue: number | null;
  readonly pueYear: number | null;
  /** Litres of water a kWh of the machines (ISO/IEC 30134-9); null where the provider tells none. */
  readonly wue: number | null;
  readonly wueYear: number | null;
}

const zones: Readonly<Record<string, Omit<Zone, 'id'>>> = grid.zones;
const regions: Readonly<Record<string, Omit<CloudRegion, 'id'>>> = cloud.regions;

export const ZONES_SOURCE = `yearly average ${grid.year}, Electricity Maps (ODbL) through ${grid.source}`;
export const ZONES_YEAR = grid.year;
export const CLOUD_SOURCE = cloud.source;

export function zoneById(id: string): Zone | null {
  const zone = Object.hasOwn(zones, id) ? zones[id] : undefined;
  return zone ? { id, ...zone } : null;
}

/** For a picker and to compare locations, in the order of their names. */
export function allZones(): readonly Zone[] {
  return Object.entries(zones)
    .map(([id, zone]) => ({ id, ...zone }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function cloudRegionById(id: string): CloudRegion | null {
  const region = Object.hasOwn(regions, id) ? regions[id] : undefined;
  return region ? { id, ...region } : null;
}

export function allCloudRegions(): readonly CloudRegion[] {
  return Object.entries(regions).map(([id, region]) => ({ id, ...region }));
}

const COORDINATES = /^(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)$/;

/** The finer place that the user names, or what is wrong with it. */
export function parseLocation(
  text: string,
): Pick<Place, 'zone' | 'coordinates' | 'cloud'> | { problem: string } | null {
  const location = text.trim();
  if (location === '') return null;
  const none = { zone: null, coordinates: null, cloud: null };
  const region = cloudRegionById(location.toLowerCase());
  if (region) return { ...none, zone: region.zone, cloud: region.id };
  const coordinates = coordinatesIn(location);
  if (coordinates) return { ...none, coordinates };
  const zone = location.toUpperCase();
  if (zoneById(zone) || /^GB:(\d{1,2}|[A-Z]{1,2}\d[A-Z\d]?)$/.test(zone)) return { ...none, zone };
  return {
    problem: `“${location.slice(0, 30)}” is no location: use a zone such as DK-DK1, a cloud region such as aws:eu-north-1, or coordinates such as 55.68, 12.57.`,
  };
}

function coordinatesIn(text: string): Coordinates | null {
  const [, north, east] = COORDINATES.exec(text) ?? [];
  const latitude = Number(north);
  const longitude = Number(east);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

export interface PlaceHints {
  /** ISO 3166-1 alpha-2, or empty. */
  readonly country: string;
  /** See `parseLocation`; empty, or one that is wrong, says nothing. */
  readonly location: string;
  /** By `cloudRegionHere`; null where the machine tells none. */
  readonly cloudRegion: string | null;
  readonly timeZone: string;
}

/** The finest that is known: the user's word, else the cloud provider's region, else the time zone's country, a guess. */
export function findPlace({ country, location, cloudRegion, timeZone }: PlaceHints): Place {
  const named = parseLocation(location);
  if (named && !('problem' in named)) {
    if (named.zone) return placeOfZone(named.zone, 'setting', named.cloud);
    const byCountry = locate(country, timeZone);
    const name = `${named.coordinates?.latitude}, ${named.coordinates?.longitude} (${byCountry.name})`;
    return { ...byCountry, ...named, name };
  }
  const byCountry = locate(country, timeZone);
  if (byCountry.basis === 'setting') return byCountry;
  const region = cloudRegion && cloudRegionById(cloudRegion);
  return region ? placeOfZone(region.zone, 'cloud region', region.id) : byCountry;
}

function placeOfZone(zone: string, basis: Place['basis'], cloudId: string | null): Place {
  const code = zone.slice(0, 2);
  const country = countryByCode(code);
  const name = zoneById(zone)?.name ?? `${country?.name ?? code} (${zone})`;
  const region = cloudId ? `, ${cloudId}` : '';
  return {
    country: country ? code : null,
    name: `${name}${region}`,
    basis,
    zone,
    coordinates: null,
    cloud: cloudId,
  };
}

/** The yearly average of a place's zone, which is finer than its country's; null where the place has no zone. */
export function zoneAverage({ zone, name }: Place): Intensity | null {
  const known = zone ? zoneById(zone) : null;
  return (
    known && { gramsPerKwh: known.gramsPerKwh, place: name, source: ZONES_SOURCE, isGuess: false, fix: null }
  );
}
