import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  carbonContext,
  emissionsGrams,
  yearlyAverage,
  type CarbonContext,
} from '../../../src/core/carbon/intensity.ts';
import { locate } from '../../../src/core/carbon/place.ts';

function context(gramsPerKwh: number, pue: number): CarbonContext {
  const intensity = { gramsPerKwh, place: 'here', source: 'hand', isGuess: false, fix: null };
  return { intensity, pue, pueSource: 'hand' };
}

describe('Yearly average', () => {
  it('is the country’s by the user’s word, and names its source', () => {
    const intensity = yearlyAverage(locate('DE', 'UTC'));
    assert.equal(intensity.place, 'Germany');
    assert.match(intensity.source, /yearly average, Ember through CO2\.js [\d.]+/);
    assert.equal(intensity.isGuess, false);
    assert.equal(intensity.fix, null);
    assert(intensity.gramsPerKwh > 200 && intensity.gramsPerKwh < 500);
  });

  it('is marked as a guess by the time zone, with what would make it sure', () => {
    const intensity = yearlyAverage(locate('', 'Europe/Berlin'));
    assert.equal(intensity.gramsPerKwh, yearlyAverage(locate('DE', 'UTC')).gramsPerKwh);
    assert.equal(intensity.place, 'Germany (guessed from the time zone)');
    assert.equal(intensity.isGuess, true);
    assert.match(intensity.fix ?? '', /country/);
  });

  it('is the world’s where the place is unknown, and says so', () => {
    const intensity = yearlyAverage(locate('', 'UTC'));
    assert.match(intensity.place, /world average \(place unknown\)/);
    assert.equal(intensity.isGuess, true);
    assert.match(intensity.fix ?? '', /country/);
    assert(intensity.gramsPerKwh > 400 && intensity.gramsPerKwh < 550);
  });

  it('is the world’s for a country without a figure, and does not ask for what is set already', () => {
    const intensity = yearlyAverage(locate('AD', 'UTC'));
    assert.match(intensity.place, /world average \(no figure for Andorra\)/);
    assert.equal(intensity.isGuess, true);
    assert.equal(intensity.fix, null);
  });
});

describe('Emissions', () => {
  it('are what one gets by hand', () => {
    // 1 kWh at 342 g/kWh
    assert.equal(emissionsGrams(3.6e6, context(342, 1)), 342);
    // 250 W for 2 h = 0.5 kWh, PUE 1.58, 50 g/kWh: 0.79 kWh, 39.5 g
    assert(Math.abs(emissionsGrams(250 * 7200, context(50, 1.58)) - 39.5) < 1e-9);
    assert.equal(emissionsGrams(0, context(342, 1.2)), 0);
  });

  it('add up over parts of a run', () => {
    const joules = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(joules), fc.double({ min: 1, max: 3, noNaN: true }), (parts, pue) => {
        const here = context(400, pue);
        const whole = emissionsGrams(
          parts.reduce((sum, part) => sum + part, 0),
          here,
        );
        const sum = parts.reduce((total, part) => total + emissionsGrams(part, here), 0);
        assert(Math.abs(sum - whole) <= 1e-9 * Math.max(1, whole));
      }),
    );
  });
});

describe('Carbon context', () => {
  it('takes the PUE of the setting, and 1 without one, each with its source', () => {
    assert.deepEqual(
      [carbonContext('DK', 1.3).pue, carbonContext('DK', 1.3).pueSource],
      [1.3, 'your setting'],
    );
    const byDefault = carbonContext('DK', null);
    assert.equal(byDefault.pue, 1);
    assert.match(byDefault.pueSource, /default/);
    assert.equal(byDefault.intensity.place, 'Denmark');
  });
});
