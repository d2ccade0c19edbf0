import { t } from '../../language.ts';
import type { Interval } from '../projection/projection.ts';

const JOULES_PER_WATT_HOUR = 3600;

export function wattHours(energyJoules: number): number {
  return energyJoules / JOULES_PER_WATT_HOUR;
}

/**
 * Three digits and the unit people read: `0.42 mWh`, `12.4 Wh`, `1.27 kWh`; `unknown` for null.
 *
 * @param like whose unit to use, for figures that stand together
 */
export function formatEnergy(energyJoules: number | null, like = energyJoules): string {
  if (energyJoules === null || like === null) return t('unknown');
  return scaled(wattHours(energyJoules), wattHours(like), [
    [1e6, 'MWh'],
    [1e3, 'kWh'],
    [1, 'Wh'],
    [1e-3, 'mWh'],
  ]);
}

/** `0.31 mg`, `3.1 g`, `1.2 kg`: of CO2 equivalent. */
export function formatGrams(grams: number, like = grams): string {
  return scaled(grams, like, [
    [1e6, 't'],
    [1e3, 'kg'],
    [1, 'g'],
    [1e-3, 'mg'],
  ]);
}

export function formatPower(powerWatts: number, like = powerWatts): string {
  return scaled(powerWatts, like, [
    [1e3, 'kW'],
    [1, 'W'],
    [1e-3, 'mW'],
  ]);
}

/** `4 s`, `2 min 3 s`, `3 h 12 min`, `2 d 4 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return twoUnits(whole, 60, 'min', 1, 's');
  if (whole < 86_400) return twoUnits(whole, 3600, 'h', 60, 'min');
  return twoUnits(whole, 86_400, 'd', 3600, 'h');
}

/** `148 Wh (120 Wh to 180 Wh)`, by any of the formats above. */
export function formatInterval(interval: Interval, format: (value: number, like?: number) => string): string {
  const { median, low, high } = interval;
  if (format(low, median) === format(high, median)) return format(median);
  return t('{0} ({1} to {2})', format(median), format(low, median), format(high, median));
}

export function formatPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `2026-11-23 22:15`, by the machine's clock. */
export function formatTime(millis: number): string {
  const date = new Date(millis);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function scaled(value: number, like: number, units: readonly (readonly [number, string])[]): string {
  const smallest = units.at(-1) ?? [1, ''];
  const [factor, unit] = units.find(([candidate]) => Math.abs(like) >= candidate * 0.9995) ?? smallest;
  return `${threeDigits(value / factor)} ${unit}`;
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 99.95) return value.toFixed(0);
  if (size >= 9.995) return value.toFixed(1);
  return value.toFixed(2);
}

function twoUnits(
  seconds: number,
  first: number,
  firstName: string,
  second: number,
  secondName: string,
): string {
  const rounded = Math.round(seconds / second) * second;
  const rest = Math.round((rounded % first) / second);
  const whole = `${Math.floor(rounded / first)} ${firstName}`;
  return rest > 0 ? `${whole} ${rest} ${secondName}` : whole;
}
