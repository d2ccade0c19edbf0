import assert from 'node:assert/strict';
import {
  checkOverrides,
  NO_OVERRIDES,
  overridesIn,
} from '../../../../src/core/sensors/estimate/overrides.ts';

const SAID = { cpuFullWatts: 120, cpuIdleWatts: 20, dramWattsPerGigabyte: 0.2, gpuFullWatts: 350 };

describe('What a user says of the hardware', () => {
  it('is taken as it is where it can be meant', () => {
    assert.deepEqual(checkOverrides(SAID), { overrides: SAID, problems: [] });
    const nothing = { ...NO_OVERRIDES, cpuFullWatts: undefined };
    assert.deepEqual(checkOverrides(nothing), { overrides: NO_OVERRIDES, problems: [] });
  });

  it('is left out and told where it cannot', () => {
    for (const wrong of [0, -1, 1e6, NaN, Infinity, '120', {}, true]) {
      const { overrides, problems } = checkOverrides({ ...SAID, cpuFullWatts: wrong });
      assert.deepEqual(overrides, { ...SAID, cpuFullWatts: null }, String(wrong));
      assert.deepEqual(
        problems.map(({ name }) => name),
        ['cpuFullWatts'],
      );
    }
  });

  it('keeps the full power where the idle power is above it', () => {
    const { overrides, problems } = checkOverrides({ ...SAID, cpuIdleWatts: 121 });
    assert.deepEqual(overrides, { ...SAID, cpuIdleWatts: null });
    assert.match(problems[0]?.text ?? '', /idle power must not be above its full power/);
  });

  it('comes from the environment on the command line', () => {
    const environment = {
      TRAINING_FOOTPRINT_CPU_FULL_WATTS: '120',
      TRAINING_FOOTPRINT_CPU_IDLE_WATTS: ' 20 ',
      TRAINING_FOOTPRINT_DRAM_WATTS_PER_GIGABYTE: '0.2',
      TRAINING_FOOTPRINT_GPU_FULL_WATTS: '350',
    };
    assert.deepEqual(overridesIn(environment), SAID);
    assert.deepEqual(overridesIn({ TRAINING_FOOTPRINT_GPU_FULL_WATTS: '' }), NO_OVERRIDES);
    assert.throws(
      () => overridesIn({ TRAINING_FOOTPRINT_GPU_FULL_WATTS: 'many' }),
      /TRAINING_FOOTPRINT_GPU_FULL_WATTS: A GPU’s full power must be a number above 0/,
    );
  });
});
