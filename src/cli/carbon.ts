import path from 'node:path';
import { basesIn } from '../core/carbon/bases.ts';
import { CarbonService, type CarbonSettings } from '../core/carbon/carbonService.ts';
import { isSourceChoice, SOURCE_CHOICES, type SourceChoice } from '../core/carbon/choice.ts';
import { countryProblem } from '../core/carbon/place.ts';
import { parseLocation } from '../core/carbon/regions.ts';
import type { CarbonSecrets } from '../core/carbon/sources/index.ts';
import { historyFile } from '../core/runs/location.ts';
import { UsageError } from './usage.ts';

/** What commands that need the grid take besides the environment. */
export const CARBON_OPTIONS = {
  country: { type: 'string' },
  zone: { type: 'string' },
  source: { type: 'string' },
  'allow-network': { type: 'boolean' },
} as const;

interface CarbonValues {
  readonly country?: string;
  readonly zone?: string;
  readonly source?: string;
  readonly 'allow-network'?: boolean;
}

/** The carbon service as options and environment want it. Nothing is requested unless one of them allows it. @throws UsageError */
export function carbonServiceOf(
  values: CarbonValues,
  pue: number | null,
  environment: NodeJS.ProcessEnv,
): CarbonService {
  const settings = settingsOf(values, pue, environment);
  return new CarbonService({
    settings: () => settings,
    secrets: secretsIn(environment),
    cacheFolder: path.join(path.dirname(historyFile(environment)), 'carbon'),
    environment,
    bases: basesIn(environment),
  });
}

function settingsOf(
  values: CarbonValues,
  pue: number | null,
  environment: NodeJS.ProcessEnv,
): CarbonSettings {
  const country = values.country ?? environment.TRAINING_FOOTPRINT_COUNTRY ?? '';
  const location = locationOf(values.zone ?? environment.TRAINING_FOOTPRINT_LOCATION ?? '');
  const problem = countryProblem(country);
  if (problem) throw new UsageError(problem);
  return {
    source: sourceOf(values.source ?? environment.TRAINING_FOOTPRINT_CARBON_SOURCE ?? 'auto'),
    allowNetwork: values['allow-network'] ?? environment.TRAINING_FOOTPRINT_ALLOW_NETWORK === '1',
    allowMetadata: environment.TRAINING_FOOTPRINT_ALLOW_METADATA === '1',
    marginal: environment.TRAINING_FOOTPRINT_MARGINAL === '1',
    ...{ country, location, pue },
    own: {
      constant: gramsOf(environment.TRAINING_FOOTPRINT_CARBON_CONSTANT),
      csvFile: environment.TRAINING_FOOTPRINT_CARBON_CSV ?? '',
      url: environment.TRAINING_FOOTPRINT_CARBON_URL ?? '',
      urlPath: environment.TRAINING_FOOTPRINT_CARBON_URL_PATH ?? '',
    },
  };
}

function locationOf(text: string): string {
  const location = parseLocation(text);
  if (location && 'problem' in location) throw new UsageError(location.problem);
  return text;
}

function sourceOf(text: string): SourceChoice {
  if (isSourceChoice(text)) return text;
  throw new UsageError(`the source must be one of ${SOURCE_CHOICES.join(', ')}`);
}

function gramsOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const grams = Number(text);
  if (grams >= 0 && grams <= 3000) return grams;
  throw new UsageError('TRAINING_FOOTPRINT_CARBON_CONSTANT needs a number from 0 to 3000');
}

/** Only read when a source asks for them. */
function secretsIn(environment: NodeJS.ProcessEnv): CarbonSecrets {
  const { TRAINING_FOOTPRINT_WATTTIME_USERNAME: username, TRAINING_FOOTPRINT_WATTTIME_PASSWORD: password } =
    environment;
  return {
    electricityMapsKey: () => Promise.resolve(environment.TRAINING_FOOTPRINT_ELECTRICITY_MAPS_KEY ?? null),
    wattTimeLogin: () => Promise.resolve(username && password ? { username, password } : null),
    urlKey: () => Promise.resolve(environment.TRAINING_FOOTPRINT_CARBON_URL_KEY ?? null),
  };
}
