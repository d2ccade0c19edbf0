import { t } from '../../language.ts';
import places from './data/places.json' with { type: 'json' };

/** Where the machine draws its electricity from. */
export interface Place {
  /** ISO 3166-1 alpha-2, null where it is unknown. */
  readonly country: string | null;
  readonly name: string;
  /** How it is known. */
  readonly basis: 'setting' | 'cloud region' | 'time zone' | 'unknown';
  /** A part of the grid in Electricity Maps' names, such as `DK-DK1`, or a region of a country, `GB:13`. */
  readonly zone: string | null;
  readonly coordinates: Coordinates | null;
  /** The cloud provider's region, such as `aws:eu-north-1`. */
  readonly cloud: string | null;
}

/** In degrees, north and east positive (WGS 84). */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

const NOWHERE_FINER = { zone: null, coordinates: null, cloud: null } as const;

interface Country {
  readonly name: string;
  readonly gramsPerKwh: number | null;
}

const countries: Readonly<Record<string, Country>> = places.countries;
const timeZones: Readonly<Record<string, string>> = places.timeZones;

export function countryByCode(code: string): Country | null {
  return Object.hasOwn(countries, code) ? (countries[code] ?? null) : null;
}

/** For a picker, in the order of their names. */
export function allCountries(): readonly { readonly code: string; readonly name: string }[] {
  return Object.entries(countries)
    .map(([code, { name }]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The country by the setting, else by the time zone, which is a guess and marked so.
 *
 * @param setting ISO 3166-1 alpha-2 code, or empty
 * @param timeZone IANA name, for example `Europe/Copenhagen`; servers in UTC tell nothing
 */
export function locate(setting: string, timeZone: string): Place {
  const chosen = countryByCode(setting.trim().toUpperCase());
  if (chosen)
    return { country: setting.trim().toUpperCase(), name: chosen.name, basis: 'setting', ...NOWHERE_FINER };
  const code = Object.hasOwn(timeZones, timeZone) ? timeZones[timeZone] : undefined;
  const guessed = code ? countryByCode(code) : null;
  if (code && guessed) return { country: code, name: guessed.name, basis: 'time zone', ...NOWHERE_FINER };
  return { country: null, name: 'unknown place', basis: 'unknown', ...NOWHERE_FINER };
}

/** The time zone of this machine. */
export function machineTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** One sentence on what is wrong with a country setting; null when it is empty or right. */
export function countryProblem(setting: string): string | null {
  if (setting.trim() === '' || countryByCode(setting.trim().toUpperCase())) return null;
  return t('“{0}” is no country code: use two letters of ISO 3166-1, for example DK.', setting.slice(0, 20));
}
