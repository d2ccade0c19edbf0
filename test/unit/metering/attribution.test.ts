import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  attribute,
  energyShare,
  useBetween,
  withinWhole,
  type IdlePower,
  type Shares,
  type UsageMark,
} from '../../../src/core/metering/attribution.ts';
import type { EnergyPart } from '../../../src/core/metering/meter.ts';

const BEFORE: UsageMark = {
  busySeconds: 100,
  capacitySeconds: 1000,
  usedMemoryBytes: 8e9,
  totalMemoryBytes: 16e9,
  treeCpuSeconds: 10,
  treeResidentBytes: 1e9,
};

function part(more: Partial<EnergyPart>): EnergyPart {
  const base = { channel: 'c', device: 'd', source: 's', quality: 'measured', uncertainty: 0.05 } as const;
  return { ...base, component: 'cpu', energyJoules: 100, ...more };
}

function sample(...parts: readonly EnergyPart[]) {
  return { startSeconds: 1, endSeconds: 2, notes: ['a note'], parts };
}

describe('Attribution', () => {
  it('finds the processor’s use by CPU time over the interval, the memory’s by what is resident at its end', () => {
    const after = {
      ...{ busySeconds: 108, capacitySeconds: 1016, usedMemoryBytes: 10e9, totalMemoryBytes: 16e9 },
      ...{ treeCpuSeconds: 16, treeResidentBytes: 2e9 },
    };
    assert.deepEqual(useBetween(BEFORE, after), {
      cpu: { inUse: 0.5, byRun: 0.75 },
      dram: { inUse: 0.625, byRun: 0.2 },
    });
  });

  it('lets no run use more than all, nor less than nothing', () => {
    const more = {
      ...BEFORE,
      busySeconds: 101,
      usedMemoryBytes: 1e9,
      treeCpuSeconds: 20,
      treeResidentBytes: 2e9,
    };
    assert.equal(useBetween(BEFORE, more).cpu.byRun, 1);
    assert.equal(useBetween(BEFORE, more).dram.byRun, 1);
    assert.equal(useBetween(BEFORE, { ...BEFORE, busySeconds: 101, treeCpuSeconds: 9 }).cpu.byRun, 0);
  });

  it('gives nothing of a machine that did nothing', () => {
    const { cpu, dram } = useBetween(BEFORE, { ...BEFORE, usedMemoryBytes: 0 });
    assert.deepEqual([cpu.byRun, dram.byRun], [0, 0]);
  });

  it('shares idle power by use, leaves it to the machine, or gives it all to the run', () => {
    const use = { inUse: 0.5, byRun: 0.4 };
    assert.equal(energyShare(use, 'proportional'), 0.4);
    assert.equal(energyShare(use, 'none'), 0.2);
    assert.equal(energyShare(use, 'all'), 0.7);
  });

  it('applies the component’s share to each part, each GPU’s own, and keeps the machine’s energy beside it', () => {
    const shares: Shares = new Map([
      ['cpu', 0.5],
      ['gpu b', 0.75],
    ]);
    const run = attribute(
      sample(
        part({}),
        part({ component: 'dram', energyJoules: 20 }),
        part({ component: 'gpu', device: 'a' }),
        part({ component: 'gpu', device: 'b' }),
      ),
      shares,
    );
    assert.deepEqual(
      run.parts.map(({ energyJoules, runEnergyJoules }) => [energyJoules, runEnergyJoules]),
      [
        [100, 50],
        [20, 0],
        [100, 0],
        [100, 75],
      ],
    );
    assert.deepEqual(run.notes, ['a note']);
  });

  it('gives of the rest of the machine what it gave of all its parts', () => {
    const rest = part({ component: 'rest', energyJoules: 60 });
    const shares: Shares = new Map([['cpu', 0.5]]);
    const run = attribute(sample(rest, part({}), part({ component: 'dram', energyJoules: 100 })), shares);
    assert.equal(run.parts.find(({ component }) => component === 'rest')?.runEnergyJoules, 15);
  });

  it('gives everything where processes cannot be seen', () => {
    const rest = part({ component: 'rest', energyJoules: 60 });
    const run = attribute(sample(rest, part({}), part({ component: 'gpu' })), null);
    assert.equal(
      run.parts.reduce((sum, { runEnergyJoules }) => sum + runEnergyJoules, 0),
      260,
    );
  });

  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const keys = ['cpu', 'dram', 'gpu a', 'gpu b'];
  const share = fc
    .tuple(unit, unit, unit, unit)
    .map((values): Shares => new Map(keys.map((key, index) => [key, values[index] ?? 0])));

  it('never gives concurrent runs more than the whole', () => {
    fc.assert(
      fc.property(fc.array(share, { maxLength: 6 }), (given) => {
        const scaled = withinWhole(given);
        for (const key of keys) {
          const sum = scaled.reduce((total, each) => total + (each.get(key) ?? 0), 0);
          assert(sum <= 1 + 1e-12, `${key} ${sum}`);
        }
      }),
    );
  });

  it('leaves shares as they are where they fit, and else keeps their proportions', () => {
    fc.assert(
      fc.property(fc.array(share, { maxLength: 6 }), (given) => {
        const scaled = withinWhole(given);
        const sum = given.reduce((total, each) => total + (each.get('cpu') ?? 0), 0);
        given.forEach((each, index) => {
          const expected = (each.get('cpu') ?? 0) / Math.max(1, sum);
          assert(Math.abs((scaled[index]?.get('cpu') ?? NaN) - expected) < 1e-12);
        });
      }),
    );
  });

  it('gives a run no less by each more generous way to share idle power', () => {
    fc.assert(
      fc.property(unit, unit, (inUse, byRun) => {
        const [none, proportional, all] = (
          ['none', 'proportional', 'all'] as const satisfies IdlePower[]
        ).map((idle) => energyShare({ inUse, byRun }, idle));
        assert((none ?? 1) <= (proportional ?? 0) + 1e-12);
        assert((proportional ?? 1) <= (all ?? 0) + 1e-12 && (all ?? 2) <= 1 + 1e-12);
      }),
    );
  });
});
