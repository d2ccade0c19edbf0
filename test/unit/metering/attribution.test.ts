import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  attribute,
  sharesBetween,
  withinWhole,
  type UsageMark,
} from '../../../src/core/metering/attribution.ts';

const BEFORE: UsageMark = {
  busySeconds: 100,
  usedMemoryBytes: 8e9,
  treeCpuSeconds: 10,
  treeResidentBytes: 1e9,
};

describe('Attribution', () => {
  it('shares the processor by CPU time over the interval, memory by what is resident at its end', () => {
    const after = { busySeconds: 108, usedMemoryBytes: 10e9, treeCpuSeconds: 16, treeResidentBytes: 2e9 };
    assert.deepEqual(sharesBetween(BEFORE, after), { cpu: 0.75, dram: 0.2, gpu: 0 });
  });

  it('gives no run more than all, nor less than nothing', () => {
    const more = { busySeconds: 101, usedMemoryBytes: 1e9, treeCpuSeconds: 20, treeResidentBytes: 2e9 };
    assert.deepEqual(sharesBetween(BEFORE, more), { cpu: 1, dram: 1, gpu: 0 });
    const less = { ...BEFORE, busySeconds: 101, treeCpuSeconds: 9 };
    assert.equal(sharesBetween(BEFORE, less).cpu, 0);
  });

  it('gives nothing of a machine that did nothing', () => {
    assert.deepEqual(sharesBetween(BEFORE, { ...BEFORE, usedMemoryBytes: 0 }), { cpu: 0, dram: 0, gpu: 0 });
  });

  it('applies the component’s share to each part, and keeps the machine’s energy beside it', () => {
    const base = { channel: 'c', device: 'd', source: 's', quality: 'measured', uncertainty: 0.05 } as const;
    const sample = {
      startSeconds: 1,
      endSeconds: 2,
      notes: ['a note'],
      parts: [
        { ...base, component: 'cpu', energyJoules: 100 },
        { ...base, component: 'dram', energyJoules: 20 },
      ],
    } as const;
    const run = attribute(sample, { cpu: 0.5, dram: 0.25, gpu: 0 });
    assert.deepEqual(
      run.parts.map((part) => [part.energyJoules, part.runEnergyJoules]),
      [
        [100, 50],
        [20, 5],
      ],
    );
    assert.deepEqual(run.notes, ['a note']);
  });

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const shares = fc.array(fc.record({ cpu: share, dram: share, gpu: share }), { maxLength: 6 });

  it('never gives concurrent runs more than the whole', () => {
    fc.assert(
      fc.property(shares, (given) => {
        const scaled = withinWhole(given);
        for (const component of ['cpu', 'dram', 'gpu'] as const) {
          const sum = scaled.reduce((total, each) => total + each[component], 0);
          assert(sum <= 1 + 1e-12, `${component} ${sum}`);
        }
      }),
    );
  });

  it('leaves shares as they are where they fit, and else keeps their proportions', () => {
    fc.assert(
      fc.property(shares, (given) => {
        const scaled = withinWhole(given);
        const sum = given.reduce((total, { cpu }) => total + cpu, 0);
        given.forEach(({ cpu }, index) => {
          assert(Math.abs((scaled[index]?.cpu ?? NaN) - cpu / Math.max(1, sum)) < 1e-12);
        });
      }),
    );
  });
});
