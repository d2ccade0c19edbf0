import type { CarbonError } from './carbonError.ts';
import type { Place } from './place.ts';

/**
 * Average: emissions of all generation over all generation. Marginal: those of the plants that answer to a little more
 * load. They answer different questions and are never added up or put into one series.
 */
export type IntensityKind = 'average' | 'marginal';

/** `estimated`: by the source's model, before or instead of measured generation. */
export type PointQuality = 'measured' | 'estimated' | 'forecast';

/** Intensity that holds over an interval. */
export interface IntensityPoint {
  /** Milliseconds since 1970; from is in it, to is not. */
  readonly fromMillis: number;
  readonly toMillis: number;
  /** gCO2e/kWh. */
  readonly gramsPerKwh: number;
  readonly quality: PointQuality;
}

/** What a source told, oldest first, and what is wrong where it is an older answer. */
export interface Told {
  readonly points: readonly IntensityPoint[];
  readonly problem: CarbonError | null;
}

export const SOURCE_IDS = [
  'electricityMaps',
  'ukCarbonIntensity',
  'energiDataService',
  'energyCharts',
  'wattTime',
  'constant',
  'csv',
  'url',
] as const;

export type SourceId = (typeof SOURCE_IDS)[number];

/**
 * Something that tells intensities over time. A zone is its own name of a part of the grid. Its functions throw
 * `CarbonError` and nothing else.
 */
export interface IntensitySource {
  readonly id: SourceId;
  /** For people. */
  readonly name: string;
  readonly kind: IntensityKind;
  /** Whom to name, and the licence of the figures. */
  readonly attribution: string;
  /** What is counted: `lifecycle`, or `operational` for what leaves the stack. */
  readonly scope: 'lifecycle' | 'operational' | 'unknown';
  /** Whether it sends requests. */
  readonly isOnline: boolean;
  /** @returns null where it has nothing for the place */
  zoneOf(place: Place): string | null;
  /** Whether it never tells more of a period there than its forecast, so that nothing better will come. */
  isForecastFinal(zone: string): boolean;
  /** Now and the last hours as far as known. */
  current(zone: string): Promise<Told>;
  history(zone: string, fromMillis: number, toMillis: number): Promise<Told>;
  /** The hours to come; empty where the source makes no forecast. */
  forecast(zone: string): Promise<Told>;
}

export const NOTHING: Told = { points: [], problem: null };

export const MINUTE_MILLIS = 60_000;
export const HOUR_MILLIS = 3_600_000;

/** `2026-11-23T22:15Z`. */
export function isoMinute(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 16)}Z`;
}

export function floorTo(millis: number, stepMillis: number): number {
  return Math.floor(millis / stepMillis) * stepMillis;
}
