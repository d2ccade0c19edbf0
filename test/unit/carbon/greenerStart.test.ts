import assert from 'node:assert/strict';
import { greenerRest, greenerStart, isWorthMentioning } from '../../../src/core/carbon/greenerStart.ts';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';
import { restOf } from '../../../src/core/projection/rest.ts';
import { HOUR } from './history.ts';

const forecast = (grams: readonly number[]): IntensityPoint[] =>
  grams.map((gramsPerKwh, hour) => ({
    ...{ fromMillis: hour * HOUR, toMillis: (hour + 1) * HOUR, gramsPerKwh },
    quality: 'forecast',
  }));

const RUN = { durationSeconds: 2 * 3600, energyJoules: 3.6e6 };

describe('A greener start', () => {
  it('has the grams of the run with those of the building, now and then', () => {
    const found = greenerStart(RUN, forecast([400, 300, 100, 100, 500]), 1.5, 0);
    assert.equal(found?.best.startMillis, 2 * HOUR);
    assert.equal(found.best.endMillis, 4 * HOUR);
    assert(Math.abs((found.best.emissionsGrams ?? 0) - 150) < 1e-9);
    assert(Math.abs((found.now?.emissionsGrams ?? 0) - 525) < 1e-9);
    assert(Math.abs((found.savedShare ?? 0) - (1 - 100 / 350)) < 1e-12);
    assert.equal(found.best.intensity.basis, 'forecast');
    assert(found.best.intensity.relativeError > 0);
  });

  it('knows no grams without the energy, and no start beyond the forecast', () => {
    assert.equal(
      greenerStart({ ...RUN, energyJoules: null }, forecast([4, 3, 1]), 1, 0)?.best.emissionsGrams,
      null,
    );
    assert.equal(greenerStart(RUN, forecast([400]), 1, 0), null);
    assert.equal(greenerStart(RUN, [], 1, 0), null);
  });

  it('saves nothing that anybody knows where the forecast does not tell of now', () => {
    const later = forecast([400, 300, 100, 100]).slice(1);
    const found = greenerStart(RUN, later, 1, 0);
    assert.deepEqual([found?.now, found?.savedShare], [null, null]);
    assert.equal(found && isWorthMentioning(found, 0), false);
  });

  it('is worth a mention from the user’s saving on, and never where nothing is saved', () => {
    const saving = greenerStart(RUN, forecast([100, 100, 90, 90]), 1, 0);
    assert(saving);
    assert.equal(isWorthMentioning(saving, 0.09), true);
    assert.equal(isWorthMentioning(saving, 0.11), false);
    const even = greenerStart(RUN, forecast([100, 100, 100]), 1, 0);
    assert.equal(even && isWorthMentioning(even, 0), false);
  });

  it('is offered to a training that has enough left to do', () => {
    const cleaner = forecast([400, 300, 100, 100]);
    assert.equal(greenerRest(RUN, cleaner, 1, 0, 0.1)?.best.startMillis, 2 * HOUR);
    assert.equal(greenerRest({ ...RUN, durationSeconds: 600 }, cleaner, 1, 0, 0.1), null);
    assert.equal(greenerRest(RUN, forecast([100, 100, 99, 99]), 1, 0, 0.1), null);
  });
});

describe('What a run has left to do', () => {
  const interval = (median: number) => ({ median, low: median, high: median });
  const projection = { totalEnergyJoules: interval(100), remainingSeconds: interval(60), basis: 'hand' };

  it('is by its projection, and unknown without one', () => {
    const run = { state: 'running', projection, energyJoules: 30 };
    assert.deepEqual(restOf(run), { durationSeconds: 60, energyJoules: 70 });
    assert.equal(restOf({ ...run, projection: null }), null);
    assert.equal(restOf({ ...run, state: 'finished' }), null);
    assert.equal(restOf({ ...run, energyJoules: 120 })?.energyJoules, 0);
  });
});
