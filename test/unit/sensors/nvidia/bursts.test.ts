import { joulesBetween, steps, TRACES } from '../../../hardware/trace.ts';
import { NvmlMachine } from '../../../hardware/nvml/nvmlMachine.ts';
import { PASCAL } from '../../../hardware/nvml/simulatedGpu.ts';
import { Meter } from '../../../../src/core/metering/meter.ts';
import { NvmlSensor } from '../../../../src/core/sensors/nvidia/nvml.ts';
import { assertClose, power } from '../../metering/readings.ts';

const SECONDS = 60;

describe('A GPU that has no energy counter', () => {
  it('is read so often that bursts of 100 ms count as they are, to 3 %, at any luck of the moments', async () => {
    const machine = new NvmlMachine({ trace: TRACES.bursts, gpus: [PASCAL] });
    const sensor = new NvmlSensor({ sysfs: '/sys', procfs: '/proc', environment: machine.environment });
    await sensor.probe();
    const period = sensor.powerPeriodSeconds ?? NaN;
    for (const channel of [
      TRACES.bursts.channels.gpu,
      TRACES.beats.channels.gpu,
      steps([60, 0.1], [350, 0.1]),
    ]) {
      for (let seed = 1; seed <= 50; seed++) {
        const moments = momentsOf(period, random(seed));
        const readings = moments.map((at) => power(at, joulesBetween(channel, at - 1e-4, at) / 1e-4));
        const measured = new Meter().add(readings)?.parts[0]?.energyJoules ?? NaN;
        const truth = joulesBetween(channel, moments[0] ?? NaN, moments.at(-1) ?? NaN);
        assertClose(measured, truth, 0.03, `seed ${seed}:`);
      }
    }
    sensor.release();
    machine.remove();
  });
});

/** As SensorReader chooses them: one in each slot of the period, anywhere in it. */
function momentsOf(period: number, next: () => number): readonly number[] {
  return Array.from({ length: Math.round(SECONDS / period) }, (_, slot) => 1 + (slot + next()) * period);
}

/** The same numbers from 0 to 1 for a seed, by Lehmer's generator (Park and Miller, 1988). */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
