import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NO_OVERRIDES } from '../../../../src/core/sensors/estimate/overrides.ts';
import { cpuPower, IDLE_SHARE, type CpuFacts } from '../../../../src/core/sensors/estimate/powerModel.ts';

const DESKTOP: CpuFacts = { isVirtual: false, threads: 8, packages: 1, limitWatts: null, tdpWatts: 65 };

function power(facts: Partial<CpuFacts>, told: Partial<typeof NO_OVERRIDES> = {}) {
  return cpuPower({ ...DESKTOP, ...facts }, { ...NO_OVERRIDES, ...told });
}

describe('Power model', () => {
  it('takes the power of each virtual CPU on a virtual machine, whatever the model says', () => {
    const { idleWatts, fullWatts, basis } = power({ isVirtual: true, tdpWatts: 225 });
    assert.equal(idleWatts, 8 * 0.74);
    assert.equal(fullWatts, 8 * 3.5);
    assert.match(basis, /8 virtual CPUs.*Cloud Carbon Footprint/);
  });

  it('takes the design power of each package', () => {
    const { idleWatts, fullWatts, basis } = power({ packages: 2, tdpWatts: 150 });
    assert.equal(fullWatts, 300);
    assert.equal(idleWatts, (300 * 0.74) / 3.5);
    assert.match(basis, /2 processors of 150 W at full load \(TDP, CodeCarbon’s table\); 21 % of it idle/);
  });

  it('says that it assumes a power for an unknown model', () => {
    const { fullWatts, basis } = power({ tdpWatts: null });
    assert.equal(fullWatts, 85);
    assert.match(basis, /85 W at full load \(model not in our table, CodeCarbon’s default\)/);
  });

  it('prefers the machine’s own limit, which holds for all packages and even where it looks virtual', () => {
    for (const isVirtual of [false, true]) {
      const { fullWatts, idleWatts, basis } = power({ isVirtual, packages: 2, limitWatts: 250.04 });
      assert.equal(fullWatts, 250.04);
      assert.equal(idleWatts, 250.04 * IDLE_SHARE);
      assert.match(basis, /^250 W at full load \(its power limit, by powercap\)/);
    }
  });

  it('prefers what the user says to everything, says so, and is surer then', () => {
    const facts = { limitWatts: 250, isVirtual: true };
    const full = power(facts, { cpuFullWatts: 120 });
    assert.deepEqual([full.fullWatts, full.idleWatts, full.uncertainty], [120, 120 * IDLE_SHARE, 0.5]);
    assert.match(full.basis, /^120 W at full load \(your setting\); 21 % of it idle/);
    const both = power(facts, { cpuFullWatts: 120, cpuIdleWatts: 20 });
    assert.deepEqual([both.fullWatts, both.idleWatts, both.uncertainty], [120, 20, 0.25]);
    assert.match(both.basis, /20 W idle \(your setting\)/);
  });

  it('believes the user’s idle power rather than a table’s full power below it', () => {
    const { idleWatts, fullWatts, basis } = power({}, { cpuIdleWatts: 90 });
    assert.deepEqual([idleWatts, fullWatts], [90, 90]);
    assert.match(basis, /your setting for idle is above 65 W/);
  });

  it('never idles above full power, nor at none', () => {
    const watts = fc.double({ min: 0.1, max: 5000, noNaN: true });
    const size = fc.integer({ min: 1, max: 256 });
    const maybe = fc.option(watts);
    const facts = fc.record({
      isVirtual: fc.boolean(),
      threads: size,
      packages: size,
      limitWatts: maybe,
      tdpWatts: maybe,
    });
    fc.assert(
      fc.property(facts, maybe, maybe, (some, cpuFullWatts, cpuIdleWatts) => {
        const { idleWatts, fullWatts } = cpuPower(some, { ...NO_OVERRIDES, cpuFullWatts, cpuIdleWatts });
        assert(idleWatts > 0 && idleWatts <= fullWatts);
      }),
    );
  });
});
