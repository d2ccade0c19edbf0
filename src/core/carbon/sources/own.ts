import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { t } from '../../../language.ts';
import { CarbonError } from '../carbonError.ts';
import type { Fetcher } from '../fetcher.ts';
import { field, gramsOrNull, millisOrNull } from '../guards.ts';
import { floorTo, HOUR_MILLIS, MINUTE_MILLIS, NOTHING, type IntensitySource, type Told } from '../source.ts';
import { pointsOf, type Mark } from './series.ts';

const DAY = 24 * HOUR_MILLIS;
const OWN = {
  kind: 'average',
  scope: 'unknown',
  attribution: 'your own figures',
  isForecastFinal: () => true,
} as const;
const ZONE = 'own';

/** One figure for all times, such as that of a supplier's contract. */
export function constantSource(gramsPerKwh: number): IntensitySource {
  const over = (fromMillis: number, toMillis: number): Promise<Told> =>
    Promise.resolve({ points: [{ fromMillis, toMillis, gramsPerKwh, quality: 'measured' }], problem: null });
  const today = floorTo(Date.now(), DAY);
  return {
    ...OWN,
    id: 'constant',
    name: 'your constant',
    isOnline: false,
    zoneOf: () => ZONE,
    current: () => over(today - 30 * DAY, today + 365 * DAY),
    history: (_zone, fromMillis, toMillis) => over(fromMillis, toMillis),
    forecast: () => Promise.resolve(NOTHING),
  };
}

/** A year of quarters of an hour is 1.2 MB. */
const MOST_CSV_BYTES = 5e6;

/**
 * Lines of `time,gCO2/kWh` in any order, the first of which may be a heading. Times are ISO 8601, in UTC where they
 * name no zone; each figure holds to the next line, or for the usual step where a line is missing.
 */
export function csvSource(file: string): IntensitySource {
  let read: { readonly changedAt: number; readonly told: Told } | null = null;
  const all = async (): Promise<Told> => {
    const { mtimeMs, size } = await stat(file).catch(() => {
      throw new CarbonError('unreachable', t('The CSV file of intensities cannot be read: check its path'));
    });
    if (read?.changedAt === mtimeMs) return read.told;
    if (size > MOST_CSV_BYTES)
      throw new CarbonError('too large', t('The CSV file of intensities is larger than 5 MB'));
    const text = await readFile(file, 'utf8').catch(() => {
      throw new CarbonError(
        'unreachable',
        t('The CSV file of intensities cannot be read: check its permissions'),
      );
    });
    read = { changedAt: mtimeMs, told: { points: pointsOf(marksIn(text), HOUR_MILLIS), problem: null } };
    return read.told;
  };
  return {
    ...OWN,
    id: 'csv',
    name: 'your CSV file',
    isOnline: false,
    zoneOf: () => ZONE,
    current: all,
    history: all,
    forecast: all,
  };
}

/** @throws CarbonError naming the first line that is not as it should be */
function marksIn(text: string): readonly Mark[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const marks = lines.flatMap((line, index): Mark[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [time = '', figure = ''] = line
      .split(/[,;\t]/)
      .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const atMillis = millisOrNull(time);
    if (atMillis === null && index === 0) return [];
    const gramsPerKwh = figure === '' ? null : gramsOrNull(Number(figure));
    if (atMillis !== null && figure === '') return []; // a gap
    if (atMillis === null || gramsPerKwh === null)
      throw new CarbonError(
        'unknown shape',
        t('Line {0} of the CSV file of intensities is not “time,gCO2/kWh”', index + 1),
      );
    return [{ atMillis, gramsPerKwh, quality: 'measured' }];
  });
  if (marks.length === 0) throw new CarbonError('no figure', t('The CSV file of intensities has no figures'));
  return marks;
}

export interface UrlOptions {
  /** `{zone}` in it becomes the place's zone or country, `{key}` the key. */
  readonly template: string;
  /** Where the figure stands in the answer: names and numbers with dots between, for example `data.0.intensity`. */
  readonly path: string;
  readonly key: () => Promise<string | null>;
}

const URL_PERIOD_MILLIS = 15 * MINUTE_MILLIS;

/** An address of the user's own that answers with the intensity of now as JSON, in gCO2/kWh, asked every 15 minutes. */
export function urlSource(fetcher: Fetcher, { template, path, key }: UrlOptions): IntensitySource {
  const current = async (zone: string): Promise<Told> => {
    const needsKey = template.includes('{key}');
    const secret = needsKey ? await key().catch(() => null) : '';
    if (secret === null)
      throw new CarbonError('refused', t('The address of intensities needs a key: set it'));
    const encoded = { '{zone}': encodeURIComponent(zone), '{key}': encodeURIComponent(secret) };
    const url = template.replace(/\{(zone|key)\}/g, (name) => encoded[name as keyof typeof encoded]);
    const cacheKey = `url/${createHash('sha256').update(template).digest('hex').slice(0, 16)}/${zone}`;
    const { json, problem } = await fetcher.json({
      key: cacheKey,
      url,
      freshSeconds: URL_PERIOD_MILLIS / 1000,
    });
    const figure = path.split('.').reduce<unknown>(stepInto, json);
    const gramsPerKwh = gramsOrNull(
      typeof figure === 'string' && figure.trim() !== '' ? Number(figure) : figure,
    );
    if (gramsPerKwh === null)
      throw new CarbonError(
        'unknown shape',
        t('The answer of your address has no intensity at “{0}”', path.slice(0, 60)),
      );
    if (problem) throw problem; // an older figure says nothing of now
    const fromMillis = floorTo(fetcher.now, URL_PERIOD_MILLIS);
    const toMillis = fromMillis + URL_PERIOD_MILLIS;
    return { points: [{ fromMillis, toMillis, gramsPerKwh, quality: 'measured' }], problem: null };
  };
  return {
    ...OWN,
    id: 'url',
    name: 'your address',
    isOnline: true,
    zoneOf: ({ zone, country }) => zone ?? country ?? ZONE,
    current,
    history: () => Promise.resolve(NOTHING),
    forecast: () => Promise.resolve(NOTHING),
  };
}

function stepInto(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d{1,6}$/.test(name) ? value[Number(name)] : undefined;
  return field(value, name);
}
