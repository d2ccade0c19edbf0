import type { Fetcher } from '../fetcher.ts';
import type { IntensitySource, SourceId } from '../source.ts';
import { ElectricityMaps } from './electricityMaps.ts';
import { EnergiDataService } from './energiDataService.ts';
import { EnergyCharts } from './energyCharts.ts';
import { constantSource, csvSource, urlSource } from './own.ts';
import { UkCarbonIntensity } from './ukCarbonIntensity.ts';
import { WattTime, type Login } from './wattTime.ts';

/** Secrets of the user, asked for when they are needed. Whoever asks keeps none. */
export interface CarbonSecrets {
  readonly electricityMapsKey: () => Promise<string | null>;
  readonly wattTimeLogin: () => Promise<Login | null>;
  readonly urlKey: () => Promise<string | null>;
}

export const NO_SECRETS: CarbonSecrets = {
  electricityMapsKey: () => Promise.resolve(null),
  wattTimeLogin: () => Promise.resolve(null),
  urlKey: () => Promise.resolve(null),
};

/** Addresses other than the services' own, for tests. */
export type BaseUrls = Readonly<Partial<Record<SourceId, string>>>;

/** What the user's own sources need. */
export interface OwnSources {
  /** gCO2e/kWh. */
  readonly constant: number | null;
  readonly csvFile: string;
  readonly url: string;
  readonly urlPath: string;
}

/**
 * The sources that `choice` stands for, the best first. `auto` is what is free and needs no key, then Electricity Maps,
 * which has nothing without one. Whoever a place is not covered by drops out.
 */
export function sourcesFor(
  choice: SourceId | 'auto',
  fetcher: Fetcher,
  secrets: CarbonSecrets,
  own: OwnSources,
  bases: BaseUrls = {},
): readonly IntensitySource[] {
  const maps = () => new ElectricityMaps(fetcher, secrets.electricityMapsKey, bases.electricityMaps);
  switch (choice) {
    case 'auto':
      return [
        new UkCarbonIntensity(fetcher, bases.ukCarbonIntensity),
        new EnergiDataService(fetcher, bases.energiDataService),
        new EnergyCharts(fetcher, bases.energyCharts),
        maps(),
      ];
    case 'ukCarbonIntensity':
      return [new UkCarbonIntensity(fetcher, bases.ukCarbonIntensity)];
    case 'energiDataService':
      return [new EnergiDataService(fetcher, bases.energiDataService)];
    case 'energyCharts':
      return [new EnergyCharts(fetcher, bases.energyCharts)];
    case 'electricityMaps':
      return [maps()];
    case 'wattTime':
      return [new WattTime(fetcher, secrets.wattTimeLogin, bases.wattTime)];
    case 'constant':
      return own.constant === null ? [] : [constantSource(own.constant)];
    case 'csv':
      return own.csvFile ? [csvSource(own.csvFile)] : [];
    case 'url':
      return own.url
        ? [urlSource(fetcher, { template: own.url, path: own.urlPath, key: secrets.urlKey })]
        : [];
  }
}
