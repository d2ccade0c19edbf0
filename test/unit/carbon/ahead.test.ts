import assert from 'node:assert/strict';
import { DailyShape, lookAhead } from '../../../src/core/carbon/ahead.ts';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';
import { HOUR, mean, realDays, type RealHour } from './history.ts';

const points = (hours: readonly RealHour[], key: 'actual' | 'forecast'): IntensityPoint[] =>
  hours.map(({ atMillis, [key]: gramsPerKwh }) => ({
    ...{ fromMillis: atMillis, toMillis: atMillis + HOUR, gramsPerKwh },
    quality: key === 'actual' ? 'measured' : 'forecast',
  }));

/** Sum of the errors of runs of `length` hours from each hour of a day. */
function errors(
  day: readonly RealHour[],
  length: number,
  shape: DailyShape | null,
  withForecast: boolean,
): number {
  let sum = 0;
  for (let start = 0; start + length <= day.length; start++) {
    const hours = day.slice(start, start + length);
    const from = hours[0]?.atMillis ?? 0;
    const known = {
      forecast: withForecast ? points(hours, 'forecast') : [],
      ...{ shape, present: hours[0]?.actual ?? 0, isConstant: false },
    };
    const { gramsPerKwh } = lookAhead(from, from + length * HOUR, known);
    sum += Math.abs(gramsPerKwh - mean(hours.map(({ actual }) => actual)));
  }
  return sum;
}

describe('Intensity of a time to come', () => {
  const days = realDays();

  it('is nearer the truth by forecast than by the present value, on every real day and for runs of 6, 12 and 24 h', () => {
    assert(days.length >= 5);
    for (const [index, day] of days.entries()) {
      const swing =
        Math.max(...day.map(({ actual }) => actual)) / Math.min(...day.map(({ actual }) => actual));
      assert(swing > 1.5, 'a real daily swing');
      for (const length of [6, 12, 24]) {
        const [byForecast, byPresent] = [errors(day, length, null, true), errors(day, length, null, false)];
        assert(byForecast < byPresent, `day ${index}, ${length} h: ${byForecast} against ${byPresent}`);
      }
    }
  });

  it('is nearer the truth by the typical day than by the present value, for runs of 12 and 24 h', () => {
    for (const length of [12, 24]) {
      let [byShape, byPresent] = [0, 0];
      for (let index = 1; index < days.length; index++) {
        const shape = DailyShape.of(points(days.slice(0, index).flat(), 'actual'));
        assert(shape);
        byShape += errors(days[index] ?? [], length, shape, false);
        byPresent += errors(days[index] ?? [], length, null, false);
      }
      assert(byShape < byPresent, `${length} h: ${byShape} against ${byPresent}`);
    }
  });

  it('is surest by forecast, then by the typical day, then by the present value', () => {
    const [first = [], second = []] = days;
    const from = second[0]?.atMillis ?? 0;
    const shape = DailyShape.of(points(first, 'actual'));
    const ask = (known: Partial<Parameters<typeof lookAhead>[2]>) =>
      lookAhead(from, from + 12 * HOUR, {
        forecast: [],
        shape: null,
        present: 300,
        isConstant: false,
        ...known,
      });
    const [forecast, typical, present] = [
      ask({ forecast: points(second, 'forecast'), shape }),
      ask({ shape }),
      ask({}),
    ];
    assert.deepEqual(
      [forecast.basis, typical.basis, present.basis],
      ['forecast', 'daily shape', 'present value'],
    );
    assert(forecast.relativeError < typical.relativeError && typical.relativeError < present.relativeError);
    assert.equal(present.gramsPerKwh, 300);
    assert.equal(ask({ isConstant: true }).relativeError, 0);
  });

  it('mixes what it has where the forecast ends or has a gap', () => {
    const forecast = [
      { fromMillis: 0, toMillis: HOUR, gramsPerKwh: 100, quality: 'forecast' as const },
      { fromMillis: 2 * HOUR, toMillis: 3 * HOUR, gramsPerKwh: 200, quality: 'forecast' as const },
    ];
    const ahead = lookAhead(0, 4 * HOUR, { forecast, shape: null, present: 600, isConstant: false });
    assert.equal(ahead.gramsPerKwh, (100 + 600 + 200 + 600) / 4);
    assert.equal(ahead.basis, 'present value');
  });

  it('knows no typical day of a few hours, and walks months ahead without effort', () => {
    assert.equal(DailyShape.of(points((days[0] ?? []).slice(0, 12), 'actual')), null);
    const shape = DailyShape.of(points(days.flat(), 'actual'));
    const known = { forecast: [], shape, present: 1, isConstant: false };
    const year = lookAhead(0, 365 * 24 * HOUR, known);
    assert(Math.abs(year.gramsPerKwh - mean(days.flat().map(({ actual }) => actual))) < 1);
  });
});
