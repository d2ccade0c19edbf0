import assert from 'node:assert/strict';
import fc from 'fast-check';
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

  it('keeps what each source gave apart after a change of source or quality', () => {
    const ledger = new Ledger();
    ledger.add(sample(part({ runEnergyJoules: 90 })));
    ledger.add(sample(part({ source: 'estimate', quality: 'estimated', runEnergyJoules: 10 })));
    ledger.add(sample(part({ quality: 'estimated', runEnergyJoules: 1 })));
    assert.deepEqual(
      ledger.totals().components.map(({ source, quality, energyJoules }) => [source, quality, energyJoules]),
      [
        ['rapl', 'measured', 90],
        ['estimate', 'estimated', 10],
        ['rapl', 'estimated', 1],
      ],
    );
  });

  it('combines the uncertainties of its sources', () => {
    const ledger = new Ledger();
    ledger.add(sample(part({ runEnergyJoules: 90 }), part({ ...ESTIMATE, runEnergyJoules: 10 })));
    assert(Math.abs(ledger.totals().uncertainty - Math.hypot(0.045, 0.05)) < 1e-12);
  });

  it('weighs an uncertainty that changes by energy, but for the rest of the machine, whose last holds for all', () => {
    const rest = { component: 'rest', device: 'rest', source: 'ipmi' } as const;
    const ledger = new Ledger();
    ledger.add(sample(part({ uncertainty: 0.5, runEnergyJoules: 10 }), part({ ...rest, uncertainty: 1 })));
    ledger.add(sample(part({ uncertainty: 0.1, runEnergyJoules: 30 }), part({ ...rest, uncertainty: 0.3 })));
    const [cpu, other] = ledger.totals().components;
    assert(Math.abs((cpu?.uncertainty ?? 0) - 0.2) < 1e-12);
    assert.equal(other?.uncertainty, 0.3);
  });

  it('has components that add up to the totals, whatever comes', () => {
    const joules = fc.double({ min: 0, max: 1e6, noNaN: true });
    const parts = fc.record({
      component: fc.constantFrom('cpu', 'dram', 'gpu', 'rest'),
      device: fc.constantFrom('a', 'b'),
      source: fc.constantFrom('rapl', 'estimate', 'nvml'),
      quality: fc.constantFrom('measured', 'estimated'),
      uncertainty: fc.double({ min: 0, max: 1, noNaN: true }),
      energyJoules: joules,
      runEnergyJoules: joules,
    });
    fc.assert(
      fc.property(fc.array(fc.array(parts, { maxLength: 6 }), { maxLength: 12 }), (samples) => {
        const ledger = new Ledger();
        for (const each of samples)
          ledger.add(sample(...each.map((more) => part(more as Partial<AttributedPart>))));
        const totals = ledger.totals();
        const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
        const given = samples.flat();
        const close = (a: number, b: number) => assert(Math.abs(a - b) <= 1e-9 * Math.max(1, b), `${a} ${b}`);
        close(sumOf(totals.components.map((entry) => entry.energyJoules)), totals.energyJoules);
        close(totals.energyJoules, sumOf(given.map((entry) => entry.runEnergyJoules)));
        close(sumOf(totals.components.map((entry) => entry.machineEnergyJoules)), totals.machineEnergyJoules);
        close(totals.machineEnergyJoules, sumOf(given.map((entry) => entry.energyJoules)));
        assert(totals.uncertainty >= 0 && totals.uncertainty <= 1 + 1e-9);
      }),
    );
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
