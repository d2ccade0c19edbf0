import { fixture } from './localServer.ts';

export const HOUR = 3_600_000;

export interface RealHour {
  readonly atMillis: number;
  readonly actual: number;
  readonly forecast: number;
}

/** Days of California's grid with the forecast that was made for each: see the fixtures' README. */
export function realDays(): readonly (readonly RealHour[])[] {
  const rows = fixture('caiso-2021-07.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [time = '', actual, forecast] = line.split(',');
      return { atMillis: Date.parse(time), actual: Number(actual), forecast: Number(forecast) };
    });
  return Array.from({ length: rows.length / 24 }, (_, day) => rows.slice(day * 24, day * 24 + 24));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
