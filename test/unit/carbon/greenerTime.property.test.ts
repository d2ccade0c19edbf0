import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findGreenerTime } from '../../../src/core/carbon/greenerTime.ts';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';

const MINUTE = 60_000;

interface Case {
  readonly forecast: readonly IntensityPoint[];
  readonly duration: number;
  readonly earliest: number;
  readonly latestEnd: number;
}

/** Forecasts of irregular steps with gaps, all at full minutes, in any order. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    steps: fc.array(
      fc.record({
        minutes: fc.integer({ min: 1, max: 9 }),
        grams: fc.integer({ min: 0, max: 50 }),
        isGap: fc.boolean().map((gap) => gap),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    gaps: fc.boolean(),
    duration: fc.integer({ min: 1, max: 40 }),
    earliest: fc.integer({ min: -10, max: 40 }),
    span: fc.integer({ min: 0, max: 120 }),
    shuffle: fc.boolean(),
  })
  .map(({ steps, gaps, duration, earliest, span, shuffle }) => {
    let at = 0;
    const forecast = steps.flatMap(({ minutes, grams, isGap }): IntensityPoint[] => {
      const fromMillis = at * MINUTE;
      at += minutes;
      if (gaps && isGap) return [];
      return [{ fromMillis, toMillis: at * MINUTE, gramsPerKwh: grams, quality: 'forecast' }];
    });
    if (shuffle) forecast.reverse();
    return { forecast, duration, earliest, latestEnd: earliest + span };
  });

/** Minute by minute, every start. Optimal starts lie on full minutes, since all edges and lengths do. */
function byBruteForce({ forecast, duration, earliest, latestEnd }: Case): number | null {
  const grams = new Map<number, number>();
  for (const { fromMillis, toMillis, gramsPerKwh } of forecast)
    for (let minute = fromMillis / MINUTE; minute < toMillis / MINUTE; minute++)
      grams.set(minute, gramsPerKwh);
  let best: number | null = null;
  for (let start = earliest; start + duration <= latestEnd; start++) {
    let sum = 0;
    for (let minute = start; minute < start + duration; minute++) sum += grams.get(minute) ?? NaN;
    if (!Number.isNaN(sum) && (best === null || sum / duration < best)) best = sum / duration;
  }
  return best;
}

describe('Greener time', () => {
  it('is as good as the best of all starts, on any forecast, with gaps and in any order', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const found = findGreenerTime(one.forecast, {
          durationMillis: one.duration * MINUTE,
          earliestMillis: one.earliest * MINUTE,
          latestEndMillis: one.latestEnd * MINUTE,
        });
        const best = byBruteForce(one);
        assert.equal(found === null, best === null);
        if (!found || best === null) return;
        assert(Math.abs(found.best.gramsPerKwh - best) < 1e-9, `${found.best.gramsPerKwh} against ${best}`);
        const { startMillis } = found.best;
        assert(
          startMillis >= one.earliest * MINUTE &&
            startMillis + one.duration * MINUTE <= one.latestEnd * MINUTE,
        );
        const again = byBruteForce({
          ...one,
          earliest: startMillis / MINUTE,
          latestEnd: startMillis / MINUTE + one.duration,
        });
        if (Number.isInteger(startMillis / MINUTE))
          assert(Math.abs((again ?? NaN) - best) < 1e-9, 'it is what it says');
      }),
      { numRuns: 3000 },
    );
  });

  const HOUR = 60 * MINUTE;
  const hourly = (from: number, grams: readonly number[]): IntensityPoint[] =>
    grams.map((gramsPerKwh, hour) => ({
      ...{ fromMillis: from + hour * HOUR, toMillis: from + (hour + 1) * HOUR, gramsPerKwh },
      quality: 'forecast',
    }));

  it('tells what is saved against now', () => {
    const found = findGreenerTime(hourly(0, [400, 300, 100, 100, 500]), {
      ...{ durationMillis: 2 * HOUR, earliestMillis: 0, latestEndMillis: 5 * HOUR },
    });
    assert.deepEqual(found?.best, { startMillis: 2 * HOUR, gramsPerKwh: 100 });
    assert.equal(found?.now?.gramsPerKwh, 350);
    assert(Math.abs((found?.savedShare ?? 0) - (1 - 100 / 350)) < 1e-12);
  });

  it('is now where nothing is better, and the earliest of equals', () => {
    const wish = { durationMillis: HOUR, earliestMillis: 0, latestEndMillis: 4 * HOUR };
    assert.equal(findGreenerTime(hourly(0, [200, 200, 200, 200]), wish)?.best.startMillis, 0);
    assert.equal(findGreenerTime(hourly(0, [0, 0, 0, 0]), wish)?.savedShare, 0);
  });

  it('is none for a run longer than the forecast, without a forecast, and for one that cannot be over in time', () => {
    const wish = { durationMillis: 6 * HOUR, earliestMillis: 0, latestEndMillis: 48 * HOUR };
    assert.equal(findGreenerTime(hourly(0, [1, 2, 3]), wish), null);
    assert.equal(findGreenerTime([], wish), null);
    assert.equal(findGreenerTime(hourly(0, [1, 2, 3]), { ...wish, latestEndMillis: 5 * HOUR }), null);
  });

  it('counts real hours over the nights on which clocks change', () => {
    // Copenhagen: on 2026-03-29 02:00 is left out, on 2026-10-25 it comes twice
    for (const night of ['2026-03-28T22:00Z', '2026-10-24T21:00Z']) {
      const from = Date.parse(night);
      const found = findGreenerTime(hourly(from, [300, 300, 300, 50, 50, 50, 300, 300]), {
        ...{ durationMillis: 3 * HOUR, earliestMillis: from, latestEndMillis: from + 8 * HOUR },
      });
      assert.deepEqual(found?.best, { startMillis: from + 3 * HOUR, gramsPerKwh: 50 }, night);
    }
  });
});
