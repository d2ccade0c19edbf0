import {
  CarbonService,
  NO_OWN_SOURCES,
  type CarbonServiceOptions,
  type CarbonSettings,
} from '../../../src/core/carbon/carbonService.ts';
import type { CarbonSecrets } from '../../../src/core/carbon/sources/index.ts';
import { NOW } from './localServer.ts';

export const SECRETS: CarbonSecrets = {
  electricityMapsKey: () => Promise.resolve('maps-secret-key'),
  wattTimeLogin: () => Promise.resolve({ username: 'someone', password: 'watt-secret-word' }),
  urlKey: () => Promise.resolve('url-secret-key'),
};

export function settings(more: Partial<CarbonSettings> = {}): CarbonSettings {
  return {
    source: 'auto',
    allowNetwork: true,
    allowMetadata: false,
    marginal: false,
    country: 'DE',
    location: '',
    pue: null,
    own: NO_OWN_SOURCES,
    ...more,
  };
}

/** A service that asks `base` for everything, at the time of the fixtures. */
export function service(
  base: string,
  more: Partial<CarbonSettings> = {},
  options: Partial<CarbonServiceOptions> = {},
): CarbonService {
  const wanted = settings(more);
  const bases = {
    ukCarbonIntensity: base,
    energiDataService: base,
    energyCharts: base,
    electricityMaps: base,
    wattTime: base,
  };
  return new CarbonService({
    settings: () => wanted,
    secrets: SECRETS,
    cacheFolder: null,
    environment: {},
    now: () => NOW,
    timeZone: 'UTC',
    firmwareFolder: '/nowhere',
    bases,
    ...options,
  });
}
