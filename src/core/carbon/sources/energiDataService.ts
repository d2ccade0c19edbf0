import { t } from '../../../language.ts';
import { CarbonError } from '../carbonError.ts';
import type { Fetcher } from '../fetcher.ts';
import { field, gramsOrNull, listIn, millisOrNull, unknownShape } from '../guards.ts';
import type { Place } from '../place.ts';
import { HOUR_MILLIS, MINUTE_MILLIS, type IntensitySource, type PointQuality, type Told } from '../source.ts';
import { pointsOf } from './series.ts';

export const ENERGI_DATA_BASE = 'https://api.energidataservice.dk';

const FIVE_MINUTES = 5 * MINUTE_MILLIS;
const FRESH_SECONDS = 300;
const FRESH_FORECAST_SECONDS = 900;

/** A month back is what a history asks for at most. */
const LONGEST_HISTORY_HOURS = 31 * 24;

/**
 * Denmark's price areas DK1 and DK2, every five minutes, with a forecast of at least nine hours and no key.
 *
 * Contract: energidataservice.dk, API guide and the data sets CO2Emis and CO2EmisProg, as of 2026.
 * `GET /dataset/{name}?start=now-PT6H&filter={"PriceArea":["DK1"]}&sort=Minutes5UTC asc&limit=0`;
 * `records[].{Minutes5UTC,PriceArea,CO2Emission}`, UTC without a mark, g/kWh of the consumed electricity, emissions of
 * operation. Its limits are asked for by 429. CC BY 4.0.
 */
export class EnergiDataService implements IntensitySource {
  readonly id = 'energiDataService';
  readonly name = 'Energi Data Service';
  readonly kind = 'average';
  readonly attribution = 'Energinet (www.energidataservice.dk), CC BY 4.0';
  readonly scope = 'operational';
  readonly isOnline = true;
  readonly #fetcher: Fetcher;
  readonly #base: string;

  constructor(fetcher: Fetcher, base = ENERGI_DATA_BASE) {
    this.#fetcher = fetcher;
    this.#base = base;
  }

  /** A price area; for a place that only says Denmark the mean of both. */
  zoneOf({ country, zone }: Place): string | null {
    if (country !== 'DK' || zone === 'DK-BHM') return null; // Bornholm hangs on Sweden
    const area = /^DK-(DK[12])$/.exec(zone ?? '')?.[1];
    return area ?? 'DK1+DK2';
  }

  isForecastFinal(): boolean {
    return false;
  }

  current(zone: string): Promise<Told> {
    return this.#ask('CO2Emis', zone, 6, FRESH_SECONDS, 'measured');
  }

  async history(zone: string, fromMillis: number): Promise<Told> {
    // by hours back from now, so that no time zone of the service comes in between
    const hours = Math.ceil((this.#fetcher.now - fromMillis) / HOUR_MILLIS) + 1;
    return this.#ask(
      'CO2Emis',
      zone,
      Math.min(Math.max(hours, 1), LONGEST_HISTORY_HOURS),
      FRESH_SECONDS,
      'measured',
    );
  }

  forecast(zone: string): Promise<Told> {
    return this.#ask('CO2EmisProg', zone, 1, FRESH_FORECAST_SECONDS, 'forecast');
  }

  async #ask(
    dataset: string,
    zone: string,
    hoursBack: number,
    freshSeconds: number,
    quality: PointQuality,
  ): Promise<Told> {
    const query = new URLSearchParams({
      start: `now-PT${hoursBack}H`,
      filter: JSON.stringify({ PriceArea: zone.split('+') }),
      columns: 'Minutes5UTC,PriceArea,CO2Emission',
      sort: 'Minutes5UTC asc',
      limit: '0',
    });
    const key = `energidataservice/${dataset}/${zone}/${hoursBack}`;
    const url = `${this.#base}/dataset/${dataset}?${query.toString()}`;
    const { json, problem } = await this.#fetcher.json({ key, url, freshSeconds });
    const marks = [...meansByTime(json)].map(([atMillis, gramsPerKwh]) => ({
      atMillis,
      gramsPerKwh,
      quality,
    }));
    if (marks.length === 0) throw new CarbonError('no figure', t('it has no figure for this time'));
    return { points: pointsOf(marks, FIVE_MINUTES), problem };
  }
}

function meansByTime(json: unknown): ReadonlyMap<number, number> {
  const sums = new Map<number, { readonly sum: number; readonly count: number }>();
  for (const record of listIn(json, 'records')) {
    const atMillis = millisOrNull(field(record, 'Minutes5UTC'));
    if (atMillis === null) throw unknownShape(t('“{0}” is no time', 'Minutes5UTC'));
    const grams = gramsOrNull(field(record, 'CO2Emission'));
    if (grams === null) continue;
    const { sum, count } = sums.get(atMillis) ?? { sum: 0, count: 0 };
    sums.set(atMillis, { sum: sum + grams, count: count + 1 });
  }
  return new Map([...sums].map(([atMillis, { sum, count }]) => [atMillis, sum / count]));
}
