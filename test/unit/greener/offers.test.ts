import assert from 'node:assert/strict';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';
import { GreenerOffers } from '../../../src/host/greener/offers.ts';
import { snapshot } from '../runs/snapshots.ts';

const HOUR = 3_600_000;

/** Told from the moment on in which it is asked for, as a service tells it; clean after two hours. */
function forecast(): IntensityPoint[] {
  const begun = Date.now();
  while (Date.now() === begun); // the clock goes on while it is told
  const now = Date.now();
  return [400, 400, 100, 100].map((gramsPerKwh, hour) => ({
    ...{ fromMillis: now + hour * HOUR, toMillis: now + (hour + 1) * HOUR, gramsPerKwh },
    quality: 'forecast',
  }));
}

const interval = (median: number) => ({ median, low: median, high: median });
const projection = { totalEnergyJoules: interval(72_000), remainingSeconds: interval(3600), basis: 'steps' };
const RUN = snapshot({ state: 'running', projection });

/** @param least of the grams that must be saved */
function offers(least: number, told: () => readonly IntensityPoint[] = forecast) {
  return new GreenerOffers({ version: 1, forecast: told }, { minimumSavingShare: () => least });
}

describe('The offer of a greener time', () => {
  it('is made to a training that would save enough, though the clock goes on meanwhile', () => {
    assert.match(offers(0.1).of(RUN) ?? '', /^Pausing until .* would save 75 % .* \(3\.60 g CO2e\)\.$/);
  });

  it('is none below the user’s saving, without a forecast or a projection', () => {
    assert.equal(offers(0.8).of(RUN), null);
    assert.equal(offers(0.1, () => []).of(RUN), null);
    assert.equal(offers(0.1).of(snapshot({ state: 'running' })), null);
    assert.equal(offers(0.1).of(snapshot({ projection })), null);
  });

  it('is not computed anew at every look', () => {
    let asked = 0;
    const counted = offers(0.1, () => {
      asked++;
      return forecast();
    });
    assert.equal(counted.of(RUN), counted.of(RUN));
    assert.equal(asked, 1);
  });
});
