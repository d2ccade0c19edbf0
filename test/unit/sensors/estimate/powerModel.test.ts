import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cpuPower } from '../../../../src/core/sensors/estimate/powerModel.ts';

describe('Power model', () => {
  it('takes the power of each virtual CPU on a virtual machine, whatever the model says', () => {
    const power = cpuPower(true, 8, 1, 225);
    assert.equal(power.idleWatts, 8 * 0.74);
    assert.equal(power.fullWatts, 8 * 3.5);
    assert.match(power.basis, /8 virtual CPUs.*Cloud Carbon Footprint/);
  });

  it('takes the design power of each package', () => {
    const power = cpuPower(false, 64, 2, 150);
    assert.equal(power.fullWatts, 300);
    assert.equal(power.idleWatts, (300 * 0.74) / 3.5);
    assert.match(power.basis, /2 processors, TDP 150 W/);
  });

  it('says that it assumes a power for an unknown model', () => {
    const power = cpuPower(false, 8, 1, null);
    assert.equal(power.fullWatts, 85);
    assert.match(power.basis, /not in our table, 85 W assumed/);
  });

  it('never idles above full power', () => {
    const tdp = fc.option(fc.integer({ min: 1, max: 500 }));
    const size = fc.integer({ min: 1, max: 256 });
    fc.assert(
      fc.property(fc.boolean(), size, size, tdp, (virtual, threads, packages, watts) => {
        const { idleWatts, fullWatts } = cpuPower(virtual, threads, packages, watts);
        assert(idleWatts > 0 && idleWatts < fullWatts);
      }),
    );
  });
});
