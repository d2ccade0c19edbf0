import assert from 'node:assert/strict';
import { breaches, costOf, type Budget } from '../../../src/core/runs/budget.ts';
import { breachText } from '../../../src/core/reports/budgetText.ts';
import { snapshot } from './snapshots.ts';

const NONE: Budget = { energyJoules: null, emissionsGrams: null, cost: null, durationSeconds: null };
const PRICE = { perKwh: 0.25, currency: '€' };

/** 10 Wh used in an hour, and a projection of 100 Wh, at 50 Wh and 150 Wh the ends of its interval. */
const RUNNING = snapshot({
  ...{ state: 'running', energyJoules: 36_000, durationSeconds: 3600, emissionsGrams: 4 },
  projection: {
    totalEnergyJoules: { median: 360_000, low: 180_000, high: 540_000 },
    remainingSeconds: { median: 32_400, low: 14_400, high: 50_400 },
    basis: 'the first epoch',
  },
  projectedEmissionsGrams: { median: 40, low: 20, high: 60 },
});

describe('Budget', () => {
  it('holds nobody back who has none', () => {
    assert.deepEqual(breaches(RUNNING, NONE, PRICE), []);
  });

  it('is passed when the run has used it, whatever is projected', () => {
    const [breach] = breaches({ ...RUNNING, projection: null }, { ...NONE, energyJoules: 36_000 }, null);
    assert.deepEqual(
      { ...breach },
      {
        ...{ limit: 'energyJoules', allowed: 36_000, isPassed: true },
        total: { median: 36_000, low: 36_000, high: 36_000 },
      },
    );
  });

  it('warns when the whole interval is beyond it, not when only its middle is', () => {
    const warns = (energyJoules: number) =>
      breaches(RUNNING, { ...NONE, energyJoules }, null).some(({ isPassed }) => !isPassed);
    assert.equal(warns(179_000), true);
    assert.equal(warns(181_000), false);
    assert.equal(warns(300_000), false);
  });

  it('is kept for emissions, hours and cost alike', () => {
    const limits = (budget: Partial<Budget>, price = PRICE) =>
      breaches(RUNNING, { ...NONE, ...budget }, price).map(({ limit }) => limit);
    assert.deepEqual(limits({ emissionsGrams: 19 }), ['emissionsGrams']);
    assert.deepEqual(limits({ emissionsGrams: 21 }), []);
    assert.deepEqual(limits({ durationSeconds: 17_999 }), ['durationSeconds']);
    assert.deepEqual(limits({ durationSeconds: 18_001 }), []);
    // 50 Wh at 0.25 a kWh and a PUE of 1.2
    assert.deepEqual(limits({ cost: 0.0149 }), ['cost']);
    assert.deepEqual(limits({ cost: 0.0151 }), []);
  });

  it('knows no cost without a price', () => {
    assert.deepEqual(breaches(RUNNING, { ...NONE, cost: 1e-6 }, null), []);
  });

  it('counts the electricity of the building, too', () => {
    assert.equal(costOf(3.6e6, 1.5, PRICE), 0.375);
  });

  it('says what will be and what was meant', () => {
    const texts = breaches(RUNNING, { ...NONE, energyJoules: 36_000 * 4, cost: 0.002 }, PRICE).map((breach) =>
      breachText(breach, PRICE),
    );
    assert.deepEqual(texts, [
      'It will use 100 Wh (50.0 Wh to 150 Wh), more than the 40.0 Wh of its energy budget.',
      'It has used € 0.00, and with that the € 0.00 of its cost budget.',
    ]);
  });
});
