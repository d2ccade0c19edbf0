import { t } from '../../language.ts';
import { CarbonError } from './carbonError.ts';

/**
 * Small checks of what others send. By hand rather than by a library: the shapes are few and flat, and each check says
 * in its error which part of the answer was not as documented.
 */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function field(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** @throws CarbonError where there is no list of that name */
export function listIn(value: unknown, name: string): readonly unknown[] {
  const list = field(value, name);
  if (Array.isArray(list)) return list;
  throw unknownShape(t('“{0}” is no list', name));
}

export function unknownShape(what: string): CarbonError {
  return new CarbonError('unknown shape', t('its answer has changed: {0}', what));
}

/**
 * No grid is above: pure lignite is about 1,200 gCO2e/kWh (IPCC AR5 WG III annex III has 820 for coal on average), the
 * highest marginal rates of old oil engines below 2,000. Engineering judgement; a figure beyond is of another unit.
 */
const MOST_GRAMS_PER_KWH = 3000;

/** gCO2/kWh that can be: 0 for a grid without emissions is right, a negative or huge one is not. */
export function gramsOrNull(value: unknown): number | null {
  const grams = numberOrNull(value);
  return grams !== null && grams >= 0 && grams <= MOST_GRAMS_PER_KWH ? grams : null;
}

/** A time of ISO 8601 with `Z` or offset; one without is taken as UTC, as the services that leave it out mean it. */
export function millisOrNull(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value)) return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(value);
  const millis = Date.parse(hasZone ? value : `${value}Z`);
  return Number.isFinite(millis) ? millis : null;
}
