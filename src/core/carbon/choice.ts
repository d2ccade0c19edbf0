import type { SourceId } from './source.ts';

/** `auto`: the best free source of the place. `offline`: yearly averages, and no request ever. */
export type SourceChoice = 'offline' | 'auto' | Exclude<SourceId, 'wattTime'>;

export const SOURCE_CHOICES: readonly SourceChoice[] = [
  'auto',
  'offline',
  'ukCarbonIntensity',
  'energiDataService',
  'energyCharts',
  'electricityMaps',
  'constant',
  'csv',
  'url',
];

export function isSourceChoice(value: unknown): value is SourceChoice {
  return SOURCE_CHOICES.some((choice) => choice === value);
}
