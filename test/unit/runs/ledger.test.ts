import assert from 'node:assert/strict';
import type { AttributedPart, RunSample } from '../../../src/core/metering/attribution.ts';
import { Ledger } from '../../../src/core/runs/ledger.ts';

function part(more: Partial<AttributedPart>): AttributedPart {
  return {
    channel: 'rapl/intel-rapl:0',
    component: 'cpu',
    device: 'package-0',
    source: 'rapl',
    quality: 'measured',
    uncertainty: 0.05,
    energyJoules: 20,
    runEnergyJoules: 10,
    ...more,
  };
}

function sample(...parts: readonly AttributedPart[]): RunSample {
  return { startSeconds: 0, endSeconds: 1, notes: [], parts };
}

const ESTIMATE = {
  component: 'dram',
  device: 'dram',
  source: 'estimate',
  quality: 'estimated',
  uncertainty: 0.5,
} as const;

describe('Ledger', () => {
  it('knows nothing at first', () => {
    assert.deepEqual(new Ledger().totals(), {
      components: [],
      energyJoules: 0,
      machineEnergyJoules: 0,
      howKnown: 'unknown',
      uncertainty: 0,
    });
  });

  it('adds up by device and source', () => {
    const ledger = new Ledger();
    ledger.add(sample(part({}), part({ device: 'package-1', runEnergyJoules: 1 })));
    ledger.add(sample(part({}), part({ device: 'package-1', runEnergyJoules: 2 })));
    const { components, energyJoules, machineEnergyJoules } = ledger.totals();
    assert.deepEqual(
      components.map((entry) => [entry.device, entry.energyJoules, entry.machineEnergyJoules]),
      [
        ['package-0', 20, 40],
        ['package-1', 3, 40],
      ],
    );
    assert.deepEqual([energyJoules, machineEnergyJoules, ledger.energyJoules], [23, 80, 23]);
  });

  it('says how the sum is known', () => {
    const ledger = new Ledger();
    ledger.add(sample(part({})));
    assert.equal(ledger.totals().howKnown, 'measured');
    ledger.add(sample(part(ESTIMATE)));
    assert.equal(ledger.totals().howKnown, 'mixed');
    const estimated = new Ledger();
    estimated.add(sample(part(ESTIMATE)));
    assert.equal(estimated.totals().howKnown, 'estimated');
  });

  it('weighs uncertainties by energy', () => {
    const ledger = new Ledger();
    ledger.add(sample(part({ runEnergyJoules: 90 }), part({ ...ESTIMATE, runEnergyJoules: 10 })));
    assert(Math.abs(ledger.totals().uncertainty - 0.095) < 1e-12);
  });

  it('goes on from what is in the history', () => {
    const ledger = new Ledger();
    ledger.add(sample(part({})));
    const next = new Ledger(JSON.parse(JSON.stringify(ledger.totals().components)));
    next.add(sample(part({})));
    assert.equal(next.totals().components.length, 1);
    assert.equal(next.energyJoules, 20);
  });
});
