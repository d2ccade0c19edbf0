import assert from 'node:assert/strict';
import fc from 'fast-check';
import { combinedUncertainty } from '../../../src/core/runs/uncertainty.ts';

function entry(source: string, energyJoules: number, uncertainty: number) {
  return { source, energyJoules, uncertainty };
}

const ENTRY = fc.record({
  source: fc.constantFrom('rapl', 'nvml', 'estimate', 'battery'),
  energyJoules: fc.nat().map((millijoules) => millijoules / 1000),
  uncertainty: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('Combined uncertainty', () => {
  it('adds the errors of one source as they are, however many devices and intervals', () => {
    assert.equal(combinedUncertainty([entry('rapl', 100, 0.05), entry('rapl', 300, 0.05)]), 0.05);
    assert.equal(combinedUncertainty([entry('rapl', 100, 0.1), entry('rapl', 300, 0.02)]), 0.04);
  });

  it('adds the errors of different sources by their squares', () => {
    // 3 J and 4 J of 100 J
    const parts = [entry('rapl', 60, 0.05), entry('estimate', 40, 0.1)];
    assert(Math.abs(combinedUncertainty(parts) - 0.05) < 1e-12);
  });

  it('is that of the worst source while nothing has been used, and nothing without a source', () => {
    assert.equal(combinedUncertainty([entry('rapl', 0, 0.05), entry('estimate', 0, 0.5)]), 0.5);
    assert.equal(combinedUncertainty([]), 0);
  });

  it('is never below the largest independent part, never above the sum', () => {
    fc.assert(
      fc.property(fc.array(ENTRY, { minLength: 1, maxLength: 12 }), (entries) => {
        const energyJoules = entries.reduce((sum, each) => sum + each.energyJoules, 0);
        fc.pre(energyJoules > 0);
        const errors = new Map<string, number>();
        for (const each of entries)
          errors.set(each.source, (errors.get(each.source) ?? 0) + each.energyJoules * each.uncertainty);
        const combinedJoules = combinedUncertainty(entries) * energyJoules;
        const sumJoules = [...errors.values()].reduce((sum, error) => sum + error, 0);
        const slack = 1e-9 * energyJoules;
        assert(combinedJoules >= Math.max(...errors.values()) - slack);
        assert(combinedJoules <= sumJoules + slack);
      }),
    );
  });

  it('does not depend on order, nor on how a source’s energy is cut into entries', () => {
    fc.assert(
      fc.property(fc.array(ENTRY, { minLength: 1, maxLength: 8 }), (entries) => {
        const halves = entries.map((each) => ({ ...each, energyJoules: each.energyJoules / 2 }));
        const whole = combinedUncertainty(entries);
        for (const other of [[...entries].reverse(), [...halves, ...halves]])
          assert(Math.abs(combinedUncertainty(other) - whole) < 1e-9);
      }),
    );
  });
});
