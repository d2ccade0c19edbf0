import assert from 'node:assert/strict';
import { NvmlMachine } from '../../../hardware/nvml/nvmlMachine.ts';
import { PASCAL, type SimulatedGpu } from '../../../hardware/nvml/simulatedGpu.ts';
import { ProcTree } from '../../../hardware/procTree.ts';
import { TRACES } from '../../../hardware/trace.ts';
import { NvmlSensor } from '../../../../src/core/sensors/nvidia/nvml.ts';
import type { DeviceUse } from '../../../../src/core/sensors/sensor.ts';
import { until } from './until.ts';

describe('Who uses a GPU, by NVML,', () => {
  let machine: NvmlMachine;
  let sensor: NvmlSensor;
  let proc: ProcTree;

  beforeEach(() => (proc = new ProcTree()));

  afterEach(() => {
    sensor.release();
    machine.remove();
    proc.remove();
  });

  async function useOf(...gpus: readonly Partial<SimulatedGpu>[]): Promise<DeviceUse | undefined> {
    machine = new NvmlMachine({ trace: TRACES.steady, gpus });
    sensor = new NvmlSensor({ sysfs: '/sys', procfs: proc.root, environment: machine.environment });
    await sensor.probe();
    return useNow();
  }

  async function useNow(): Promise<DeviceUse | undefined> {
    return (await sensor.read())[0]?.use;
  }

  it('is told by each process with its part of the time', async () => {
    const processes = [
      { pid: 50, busyShare: 0.5 },
      { pid: 60, busyShare: 0.25 },
    ];
    const use = await useOf({ processes, busyShare: 0.75, minor: 3, uuid: 'GPU-0a1b' });
    assert.deepEqual(use, {
      ...{ index: 0, uuid: 'GPU-0a1b', drmDevice: null, deviceFile: '/dev/nvidia3', hasUnlike: false },
      ...{ busyShare: 0.75, processes },
    });
  });

  it('is the one process where there is one, which the driver need not measure', async () => {
    assert.deepEqual((await useOf({ processes: [{ pid: 50 }] }))?.processes, [{ pid: 50, busyShare: null }]);
  });

  it('is nobody on a GPU that rests', async () => {
    const use = await useOf({});
    assert.deepEqual([use?.processes, use?.busyShare], [[], 0]);
  });

  it('is followed as processes come and go', async () => {
    await useOf({ processes: [{ pid: 50 }] });
    const many = Array.from({ length: 60 }, (_, index) => ({ pid: 100 + index, busyShare: 0.01 }));
    machine.change(0, { processes: many });
    await until(async () => (await useNow())?.processes?.length === 60);
    assert.deepEqual((await useNow())?.processes, many);
    machine.change(0, { processes: [] });
    await until(async () => (await useNow())?.processes?.length === 0);
  });

  it('keeps its processes where what the driver measured of them is nonsense', async () => {
    machine = new NvmlMachine({ trace: TRACES.steady, gpus: [{ processes: [{ pid: 50 }, { pid: 60 }] }] });
    machine.fail(0, 'garbage', 'nvmlDeviceGetProcessUtil');
    machine.fail(0, 'garbage', 'nvmlDeviceGetUtil');
    sensor = new NvmlSensor({ sysfs: '/sys', procfs: proc.root, environment: machine.environment });
    await sensor.probe();
    const use = await useNow();
    assert.equal(use?.busyShare, null);
    assert.deepEqual(use?.processes, [
      { pid: 50, busyShare: null },
      { pid: 60, busyShare: null },
    ]);
  });

  it('is unknown where the list is longer than any can be', async () => {
    machine = new NvmlMachine({ trace: TRACES.steady, gpus: [{ processes: [{ pid: 50 }] }] });
    machine.fail(0, 'garbage', 'nvmlDeviceGetCompute');
    sensor = new NvmlSensor({ sysfs: '/sys', procfs: proc.root, environment: machine.environment });
    await sensor.probe();
    assert.equal((await useNow())?.processes, null);
  });

  it('are the clients of the multi-process service, not its server', async () => {
    proc.process({ pid: 70 });
    proc.write('70/comm', 'nvidia-cuda-mps\n');
    const processes = [
      { pid: 70, busyShare: 0.9 },
      { pid: 50, isMps: true },
      { pid: 60, isMps: true },
      { pid: 80 },
    ];
    assert.deepEqual((await useOf({ processes, busyShare: 0.9 }))?.processes, [
      { pid: 80, busyShare: null },
      { pid: 50, busyShare: null },
      { pid: 60, busyShare: null },
    ]);
  });

  it('are those on its MIG devices where it is divided, and how busy it is stays unknown', async () => {
    const processes = [
      { pid: 50, instance: 0 },
      { pid: 60, instance: 1 },
    ];
    const use = await useOf({ instances: ['MIG-11', 'MIG-22', 'MIG-33'], processes, busyShare: 0.5 });
    assert.equal(use?.busyShare, null);
    assert.deepEqual(use?.instances, ['MIG-11', 'MIG-22', 'MIG-33']);
    assert.deepEqual(
      use?.processes?.map(({ pid }) => pid),
      [50, 60],
    );
  });

  it('says that GPUs are unlike, so that CUDA may count them in another order', async () => {
    assert.equal((await useOf({}, PASCAL))?.hasUnlike, true);
  });
});
