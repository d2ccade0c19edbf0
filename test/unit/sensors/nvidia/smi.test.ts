import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { NvmlMachine, type NvmlMachineOptions, type SmiFault } from '../../../hardware/nvml/nvmlMachine.ts';
import { PASCAL } from '../../../hardware/nvml/simulatedGpu.ts';
import { ProcTree } from '../../../hardware/procTree.ts';
import { TRACES } from '../../../hardware/trace.ts';
import { Procfs } from '../../../../src/core/metering/procfs.ts';
import { NvmlSensor } from '../../../../src/core/sensors/nvidia/nvml.ts';
import { NvidiaSmiSensor } from '../../../../src/core/sensors/nvidia/smi.ts';
import type { PowerReading } from '../../../../src/core/sensors/sensor.ts';
import { until } from './until.ts';

const RAMP_WATTS_PER_SECOND = (350 - 60) / 2;

/** What is said of a machine whose driver is loaded. */
const WITH_DRIVER = { 'driver/nvidia/version': '' };

describe('nvidia-smi sensor', () => {
  let machine: NvmlMachine;
  let sensor: NvidiaSmiSensor;
  let proc: ProcTree;

  beforeEach(() => (proc = new ProcTree()));

  afterEach(() => {
    sensor?.release();
    machine.remove();
    proc.remove();
  });

  function build(options: Partial<NvmlMachineOptions> = {}, mostSilentSeconds?: number): NvidiaSmiSensor {
    machine = new NvmlMachine({ trace: TRACES.steady, ...options });
    const context = { sysfs: machine.root, procfs: proc.root, environment: machine.environment };
    sensor = new NvidiaSmiSensor(context, mostSilentSeconds);
    return sensor;
  }

  async function ready(options: Partial<NvmlMachineOptions> = {}, mostSilentSeconds?: number): Promise<void> {
    const probe = await build(options, mostSilentSeconds).probe();
    assert.equal(probe.state, 'ready', probe.message);
  }

  /** Pids of the nvidia-smi that run for this sensor. */
  function programs(): readonly number[] {
    const procfs = new Procfs();
    return procfs
      .children(process.pid)
      .filter((pid) => procfs.commandLine(pid)?.[0]?.startsWith(machine.root));
  }

  async function some(): Promise<readonly PowerReading[]> {
    let readings: readonly PowerReading[] = [];
    await until(async () => (readings = await sensor.read()).length > 0);
    return readings;
  }

  it('tells all that a lasting process said since the last read, each with its own time', async () => {
    await ready({ trace: TRACES.ramp, gpus: [PASCAL] });
    const readings: PowerReading[] = [];
    const more = async () => {
      // what is told again has its old time
      const last = readings.at(-1)?.timeSeconds ?? 0;
      return readings.push(...(await sensor.read()).filter(({ timeSeconds }) => timeSeconds > last));
    };
    await more();
    const children = programs();
    assert.equal(children.length, 2, 'one for the powers, one for the processes');
    await until(async () => (await more()) > 10);
    assert.deepEqual(programs(), children, 'no other process was started');
    const errors = readings.map(({ timeSeconds, powerWatts }, index) => {
      assert(index === 0 || timeSeconds > (readings[index - 1]?.timeSeconds ?? Infinity));
      return Math.abs(powerWatts - machine.joulesBetween(timeSeconds - 5e-3, timeSeconds + 5e-3) / 10e-3);
    });
    // the program itself may be held up between time and power, so the odd one may be off
    const median = errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)] ?? NaN;
    assert(median < RAMP_WATTS_PER_SECOND * 0.02, `${median} W off`);
  });

  it('gives one device the name and number that NVML gives it', async () => {
    await ready({ gpus: [{ name: 'NVIDIA A, and B' }, PASCAL] });
    const nvml = new NvmlSensor({ sysfs: '/sys', procfs: proc.root, environment: machine.environment });
    await nvml.probe();
    const names = ({
      device,
      use,
    }: {
      device: string;
      use?: { uuid: string | null; index: number | null };
    }) => [device, use?.uuid, use?.index].join(' ');
    const here = new Set((await some()).map(names));
    const there = new Set((await nvml.read()).map(names));
    nvml.release();
    assert.deepEqual(here, there);
    assert.equal(here.size, 2);
  });

  it('takes the power of the moment where the usual one is a mean, and the usual one where it is all there is', async () => {
    await ready({ gpus: [{}, { ...PASCAL, averageSeconds: 0 }] });
    for (const { powerWatts } of await some()) assert(Math.abs(powerWatts - 300) < 0.1, `${powerWatts} W`);
    sensor.release();
    machine.failSmi('old');
    const old = new NvidiaSmiSensor({ sysfs: '/sys', procfs: proc.root, environment: machine.environment });
    assert.equal((await old.probe()).state, 'ready');
    assert.equal((await old.read()).length > 0, true);
    old.release();
  });

  it('says who computes there, and by which file it is held', async () => {
    proc.write(
      'driver/nvidia/gpus/0000:3b:00.0/information',
      'Model: \t\t NVIDIA H100\nGPU UUID: \t GPU-0a1b\nDevice Minor: \t 3\n',
    );
    await ready({ gpus: [{ uuid: 'GPU-0a1b', busyShare: 0.5, processes: [{ pid: 50 }, { pid: 60 }] }] });
    let use = (await some()).at(-1)?.use;
    await until(async () => {
      use = (await sensor.read()).at(-1)?.use ?? use;
      return use?.processes?.length === 2;
    });
    assert.deepEqual(use, {
      ...{ index: 0, uuid: 'GPU-0a1b', busyShare: 0.5, drmDevice: null, hasUnlike: false },
      processes: [
        { pid: 50, busyShare: null },
        { pid: 60, busyShare: null },
      ],
      deviceFile: '/dev/nvidia3',
    });
    machine.change(0, { processes: [] });
    await until(async () => (await sensor.read()).at(-1)?.use?.processes?.length === 0);
  });

  it('does not say who uses a divided GPU', async () => {
    await ready({ gpus: [{ instances: ['MIG-1'], processes: [{ pid: 50, instance: 0 }] }] });
    const use = (await some()).at(-1)?.use;
    assert.deepEqual([use?.processes, use?.busyShare], [null, null]);
  });

  describe('when it is probed', () => {
    for (const [fault, state, message, fix] of [
      ['driver', 'refused', /no NVIDIA driver/, /modprobe/],
      ['mismatch', 'refused', /different versions/, /Restart/],
      ['permission', 'refused', /may not ask/, /\/dev\/nvidia/],
      ['die', 'refused', /nvidia-smi failed/, null],
      ['garbage', 'refused', /no GPU tells/, null],
      ['[N/A]', 'refused', /no GPU tells/, null],
      ['[GPU requires reset]', 'refused', /no GPU tells/, null],
      ['old', 'ready', /^Measures/, null],
      ['late', 'ready', /^Measures/, null],
    ] as const satisfies readonly (readonly [SmiFault, ...unknown[]])[]) {
      it(`is ${state} where nvidia-smi is made to fail by: ${fault}`, async () => {
        for (const [file, text] of Object.entries(WITH_DRIVER)) proc.write(file, text);
        build();
        machine.failSmi(fault);
        const probe = await sensor.probe();
        assert.equal(probe.state, state);
        assert.match(probe.message, message);
        if (fix) assert.match(probe.fix ?? '', fix);
        else assert.equal(probe.fix, null);
        assert.deepEqual(programs(), []);
      });
    }

    it('is absent without a driver and a card, and without the program', async () => {
      build();
      machine.failSmi('driver');
      assert.equal((await sensor.probe()).state, 'absent');
      const nowhere = { sysfs: machine.root, procfs: proc.root, environment: { PATH: machine.root } };
      const other = new NvidiaSmiSensor(nowhere);
      assert.equal((await other.probe()).state, 'absent');
      assert.deepEqual(await other.read(), []);
    });

    it('does not wait for ever', async () => {
      build();
      machine.failSmi('hang');
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, /no answer within 4 s/);
    });
  });

  describe('when something fails in mid-run', () => {
    for (const fault of [
      '[N/A]',
      '[Not Supported]',
      '[Unknown Error]',
      '[GPU requires reset]',
      'garbage',
    ] as const) {
      it(`reads ${fault} as nothing, and figures again when they come`, async () => {
        await ready();
        await some();
        machine.failSmi(fault);
        let silentReads = 0; // every 50 ms, where there is a line each 100 ms
        await until(async () => (silentReads = (await sensor.read()).length > 0 ? 0 : silentReads + 1) > 6);
        machine.mend();
        assert.equal((await some())[0]?.powerWatts, 300);
      });
    }

    it('starts it again when it has died', async () => {
      await ready();
      await some();
      const [first = 0] = programs();
      machine.failSmi('die');
      await until(() => programs().length === 0);
      await sensor.read();
      machine.mend();
      assert.equal((await some())[0]?.powerWatts, 300);
      assert(!programs().includes(first));
    });

    it('ends one that says nothing any more, and starts another', async () => {
      await ready({}, 0.5);
      await some();
      const hanging = programs();
      machine.failSmi('hang');
      await until(async () => {
        await sensor.read();
        return !programs().some((pid) => hanging.includes(pid));
      });
      machine.mend();
      await some();
    });

    it('ends its processes when it is released, also one that hangs, and starts them when it is read again', async () => {
      await ready();
      await some();
      machine.failSmi('hang');
      await sleep(200);
      sensor.release();
      await until(() => programs().length === 0);
      machine.mend();
      await some();
      assert.equal(programs().length, 2);
    });
  });
});
