import type { CounterReading, PowerReading } from '../../../src/core/sensors/sensor.ts';

const BASE = {
  channel: 'test/package-0',
  component: 'cpu',
  device: 'package-0',
  source: 'test',
  quality: 'measured',
  uncertainty: 0.05,
} as const;

export function counter(
  timeSeconds: number,
  energyJoules: number,
  more: Partial<CounterReading> = {},
): CounterReading {
  return { ...BASE, kind: 'counter', timeSeconds, energyJoules, rangeJoules: null, ...more };
}

export function power(timeSeconds: number, powerWatts: number): PowerReading {
  return { ...BASE, kind: 'power', timeSeconds, powerWatts };
}

export function sumJoules(
  samples: readonly ({ parts: readonly { energyJoules: number }[] } | null)[],
): number {
  return samples.flatMap((sample) => sample?.parts ?? []).reduce((sum, part) => sum + part.energyJoules, 0);
}

/** Fails unless `actual` is `expected` but for a relative error. */
export function assertClose(actual: number | null, expected: number, relative: number, what = ''): void {
  if (actual === null) throw new Error(`${what} is unknown instead of ${expected}`);
  const error = Math.abs(actual - expected) / Math.abs(expected);
  if (!(error <= relative))
    throw new Error(`${what} ${actual} is ${(error * 100).toFixed(3)} % off ${expected}`);
}
