import assert from 'node:assert/strict';
import { NvmlMachine } from '../../../hardware/nvml/nvmlMachine.ts';
import { TRACES } from '../../../hardware/trace.ts';
import { MachineEnergy } from '../../../../src/core/metering/machineEnergy.ts';
import type { EnergySample } from '../../../../src/core/metering/meter.ts';
import { NvmlSensor } from '../../../../src/core/sensors/nvidia/nvml.ts';
import { NvidiaSmiSensor } from '../../../../src/core/sensors/nvidia/smi.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { until } from './until.ts';

const TAKES_OVER = /\(NVML\) stopped answering; .*\(nvidia-smi\) takes over \(measured, ±10 %\)/;
const COMES_BACK = /\(NVML\) answers again and takes over from .*\(nvidia-smi\)/;

describe('An NVIDIA GPU whose library fails', () => {
  for (const fault of [{ code: 4 }, { code: 15 }, 'hang'] as const) {
    it(`is read by nvidia-smi until it works again, and nothing is counted twice: ${JSON.stringify(fault)}`, async () => {
      const machine = new NvmlMachine({ trace: TRACES.steady, gpus: [{}, {}] });
      const context = { sysfs: machine.root, procfs: '/proc', environment: machine.environment };
      const energy = new MachineEnergy([new NvmlSensor(context), new NvidiaSmiSensor(context)]);
      const samples: EnergySample[] = [];
      const look = async () => {
        const sample = (await energy.look(100)).energy;
        if (sample) samples.push(sample);
      };
      const until_ = (note: RegExp) =>
        until(async () => {
          await look();
          return samples.some(({ notes }) => notes.some((text) => note.test(text)));
        });
      await energy.open();
      await look();
      assert.equal(energy.sources.get('gpu nvidia')?.sensor.id, 'nvml');
      await look();
      machine.fail(null, fault);
      await until_(TAKES_OVER);
      assert.equal(energy.sources.get('gpu nvidia')?.sensor.id, 'nvidia-smi');
      await look();
      machine.mend();
      await until_(COMES_BACK);
      await look();
      energy.close();
      const [from, to] = [samples[0]?.startSeconds ?? NaN, samples.at(-1)?.endSeconds ?? NaN];
      assertClose(sumJoules(samples), machine.joulesBetween(from, to), 0.03);
      const devices = new Set(samples.flatMap(({ parts }) => parts.map(({ device }) => device)));
      assert.deepEqual([...devices].sort(), ['NVIDIA H100 80GB HBM3 #0', 'NVIDIA H100 80GB HBM3 #1']);
      machine.remove();
    });
  }

  it('or cannot be loaded is read by nvidia-smi from the start', async () => {
    const machine = new NvmlMachine({ trace: TRACES.steady });
    const environment = { ...machine.environment, TRAINING_FOOTPRINT_NVML: `${machine.root}/nowhere` };
    const context = { sysfs: machine.root, procfs: '/proc', environment };
    const energy = new MachineEnergy([new NvmlSensor(context), new NvidiaSmiSensor(context)]);
    await energy.open();
    assert.equal((await energy.look(2000)).readings[0]?.source, 'nvidia-smi');
    energy.close();
    machine.remove();
  });
});
