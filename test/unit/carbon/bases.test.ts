import assert from 'node:assert/strict';
import { basesIn } from '../../../src/core/carbon/bases.ts';

describe('Addresses of sources by variable', () => {
  const bases = (text: string) => basesIn({ TRAINING_FOOTPRINT_CARBON_BASES: text });

  it('are those of the sources named, without the slash at the end', () => {
    assert.deepEqual(
      bases('ukCarbonIntensity=http://127.0.0.1:8080/  energyCharts=https://mirror.example/a?b=c'),
      { ukCarbonIntensity: 'http://127.0.0.1:8080', energyCharts: 'https://mirror.example/a?b=c' },
    );
  });

  it('leave out what is none', () => {
    assert.deepEqual(bases('nobody=http://x energyCharts=file:///etc energyCharts energyCharts='), {});
    assert.deepEqual(basesIn({}), {});
  });
});
