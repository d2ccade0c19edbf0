import assert from 'node:assert/strict';
import { RaplTree } from '../../hardware/raplTree.ts';
import { TRACES, type TraceName } from '../../hardware/trace.ts';
import { Meter } from '../../../src/core/metering/meter.ts';
import { RaplSensor } from '../../../src/core/sensors/linux/rapl.ts';
import { assertClose, sumJoules } from './readings.ts';

describe('Meter on the simulated RAPL tree, by a controlled clock', () => {
  for (const name of ['idle', 'ramp', 'steps', 'wrap'] as const satisfies readonly TraceName[]) {
    it(`finds the true joules of the ${name} trace`, async () => {
      const tree = new RaplTree({ trace: TRACES[name], packages: 2, hasPsys: true, layout: 'linked' });
      try {
        assertClose(await meterOver(tree, 60, 0.37), tree.joulesBetween(0.37, 60.37), 1e-6, name);
      } finally {
        tree.remove();
      }
    });
  }

  it('loses no more than the interval’s change of power at a reset', async () => {
    const tree = new RaplTree({ trace: TRACES.steady });
    const sensor = new RaplSensor({ sysfs: tree.root, procfs: '/proc' });
    await sensor.probe();
    const meter = new Meter();
    const samples = [];
    for (let second = 0; second <= 10; second++) {
      if (second === 5) tree.fail('intel-rapl:0', 'reset', second);
      tree.set(second);
      // the clock is ours: as the power before is told by the time between readings
      const readings = (await sensor.read()).map((reading) => ({ ...reading, timeSeconds: 1000 + second }));
      samples.push(meter.add(readings));
    }
    tree.remove();
    assert.equal(samples.flatMap((sample) => sample?.notes ?? []).length, 1);
    assertClose(sumJoules(samples), tree.joulesBetween(0, 10), 1e-6);
  });
});

/** Energy by a meter that looks every half second from `start` on. */
async function meterOver(tree: RaplTree, seconds: number, start: number): Promise<number> {
  const sensor = new RaplSensor({ sysfs: tree.root, procfs: '/proc' });
  await sensor.probe();
  const meter = new Meter();
  const samples = [];
  for (let time = 0; time <= seconds; time += 0.5) {
    tree.set(start + time);
    samples.push(meter.add(await sensor.read()));
  }
  return sumJoules(samples);
}
