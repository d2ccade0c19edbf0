import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatDuration,
  formatEnergy,
  formatGrams,
  formatInterval,
  formatPercent,
  formatPower,
  formatTime,
} from '../../../src/core/reports/format.ts';

const WH = 3600;

function check<T>(format: (value: T) => string, cases: readonly (readonly [T, string])[]): void {
  for (const [value, expected] of cases) assert.equal(format(value), expected, String(value));
}

describe('Formats', () => {
  it('show energy with three digits in the unit people read', () => {
    check(formatEnergy, [
      [0, '0 mWh'],
      [0.42e-3 * WH, '0.42 mWh'],
      [12.44 * WH, '12.4 Wh'],
      [148 * WH, '148 Wh'],
      [1.274e3 * WH, '1.27 kWh'],
      [2.5e6 * WH, '2.50 MWh'],
      [5e9 * WH, '5000 MWh'],
    ]);
  });

  it('change the unit where rounding would reach it', () => {
    check(formatEnergy, [
      [999.4e-3 * WH, '999 mWh'],
      [999.6e-3 * WH, '1.00 Wh'],
      [999.4 * WH, '999 Wh'],
      [999.6 * WH, '1.00 kWh'],
      [999.6e3 * WH, '1.00 MWh'],
    ]);
  });

  it('keep three digits where rounding adds one', () => {
    check(formatEnergy, [
      [9.994 * WH, '9.99 Wh'],
      [9.996 * WH, '10.0 Wh'],
      [99.94 * WH, '99.9 Wh'],
      [99.96 * WH, '100 Wh'],
    ]);
  });

  it('show grams and watts likewise', () => {
    check(formatGrams, [
      [0.00031, '0.31 mg'],
      [3.1, '3.10 g'],
      [999.6, '1.00 kg'],
      [1.2e6, '1.20 t'],
    ]);
    check(formatPower, [
      [0.25, '250 mW'],
      [80, '80.0 W'],
      [1234, '1.23 kW'],
    ]);
  });

  it('show durations in two units at most, without 60 s in a minute', () => {
    check(formatDuration, [
      [4.24, '4.2 s'],
      [42, '42 s'],
      [59.6, '1 min'],
      [123, '2 min 3 s'],
      [3599.6, '1 h'],
      [3 * 3600 + 12 * 60, '3 h 12 min'],
      [2 * 3600 - 1, '2 h'],
      [52 * 3600, '2 d 4 h'],
      [10 * 86_400, '10 d'],
    ]);
  });

  it('show an interval, unless both ends read the same', () => {
    const interval = { median: 148 * WH, low: 120 * WH, high: 180 * WH };
    assert.equal(formatInterval(interval, formatEnergy), '148 Wh (120 Wh to 180 Wh)');
    const narrow = { median: 148 * WH, low: 147.9 * WH, high: 148.1 * WH };
    assert.equal(formatInterval(narrow, formatEnergy), '148 Wh');
  });

  it('show shares and times', () => {
    assert.equal(formatPercent(0.499), '50 %');
    assert.equal(formatTime(new Date(2026, 0, 3, 4, 5).getTime()), '2026-01-03 04:05');
  });

  it('are never off by more than their last digit', () => {
    const factors: Record<string, number> = { mWh: 3.6, Wh: 3600, kWh: 3.6e6, MWh: 3.6e9 };
    fc.assert(
      fc.property(fc.double({ min: 3.6, max: 1e12, noNaN: true }), (joules) => {
        const [figure = '', unit = ''] = formatEnergy(joules).split(' ');
        const shown = Number(figure) * (factors[unit] ?? NaN);
        assert(Math.abs(shown - joules) <= joules * 0.005 + 1e-9, `${figure} ${unit} for ${joules} J`);
        assert(figure.replace('.', '').length <= 3 || unit === 'MWh');
      }),
    );
  });
});
