import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NvmlMachine, type NvmlMachineOptions } from '../../../hardware/nvml/nvmlMachine.ts';
import { PASCAL } from '../../../hardware/nvml/simulatedGpu.ts';
import { TRACES } from '../../../hardware/trace.ts';
import { monotonicSeconds } from '../../../../src/core/metering/clock.ts';
import { MachineEnergy } from '../../../../src/core/metering/machineEnergy.ts';
import { NvmlSensor } from '../../../../src/core/sensors/nvidia/nvml.ts';
import type { Reading } from '../../../../src/core/sensors/sensor.ts';
import { FakeSensor } from '../../metering/fakeSensor.ts';
import { assertClose } from '../../metering/readings.ts';
import { until } from './until.ts';

const LOST = 15;
const RAMP_WATTS_PER_SECOND = (350 - 60) / 2;
const CHILD = fileURLToPath(new URL('../../children/leaveHanging.ts', import.meta.url));

describe('NVML sensor', () => {
  let machine: NvmlMachine;
  let sensor: NvmlSensor;

  function build(options: Partial<NvmlMachineOptions> = {}): NvmlSensor {
    machine = new NvmlMachine({ trace: TRACES.bursts, ...options });
    sensor = new NvmlSensor({ sysfs: '/sys', procfs: '/proc', environment: machine.environment });
    return sensor;
  }

  afterEach(() => {
    sensor.release();
    machine.remove();
  });

  async function ready(options: Partial<NvmlMachineOptions> = {}): Promise<void> {
    const probe = await build(options).probe();
    assert.equal(probe.state, 'ready', probe.message);
  }

  /** Readings with the seconds between which they were taken. */
  async function read(): Promise<{ from: number; readings: readonly Reading[]; to: number }> {
    const from = monotonicSeconds();
    const readings = await sensor.read();
    return { from, readings, to: monotonicSeconds() };
  }

  async function devices(): Promise<readonly string[]> {
    return (await sensor.read()).map(({ device }) => device);
  }

  function energy(reading: Reading | undefined): number {
    assert(reading?.kind === 'counter');
    return reading.energyJoules;
  }

  describe('measures', () => {
    it('by the energy counter, to 0.3 % of the truth over bursts of 100 ms', async () => {
      await ready({ startSeconds: monotonicSeconds() - 1000, gpus: [{ offsetJoules: 500 }] });
      const [reading] = await sensor.read();
      assert(reading?.kind === 'counter');
      const truth = machine.joulesBetween(machine.startSeconds, reading.timeSeconds);
      assertClose(reading.energyJoules - 500, truth, 0.003);
      assert.equal(reading.rangeJoules, null);
      assert.equal(reading.quality, 'measured');
      assert.equal(sensor.powerPeriodSeconds, undefined, 'a counter misses nothing');
    });

    it('each GPU for itself, neither more nor less than it drew between two reads', async () => {
      const trace = { channels: { ...TRACES.bursts.channels, 'gpu-1': TRACES.ramp.channels.gpu } };
      await ready({ trace, gpus: [{}, {}] });
      const before = await read();
      await sleep(300);
      const after = await read();
      for (const gpu of [0, 1]) {
        const joules = energy(after.readings[gpu]) - energy(before.readings[gpu]);
        const least = machine.joulesBetween(before.to, after.from, gpu);
        const most = machine.joulesBetween(before.from, after.to, gpu);
        assert(joules >= least - 0.002 && joules <= most + 0.002, `${least} ≤ ${joules} ≤ ${most}`);
      }
    });

    it('a GPU without a counter by its power, so often that bursts are seen', async () => {
      await ready({ gpus: [PASCAL], trace: TRACES.ramp });
      assert.equal(sensor.powerPeriodSeconds, 0.02);
      for (let count = 0; count < 20; count++) {
        const { from, readings, to } = await read();
        assert(readings[0]?.kind === 'power');
        const seconds = to - from + 1e-3;
        const truth = machine.joulesBetween(from - 1e-3, to) / seconds;
        assert(Math.abs(readings[0].powerWatts - truth) <= RAMP_WATTS_PER_SECOND * seconds);
      }
    });

    it('counters beside such a GPU still seldom', async () => {
      await ready({ gpus: [{}, PASCAL] });
      const first = await read();
      const second = await read();
      assert.equal(first.readings.length, 2);
      if (second.to - first.from < 0.09)
        assert.deepEqual(
          second.readings.map(({ kind }) => kind),
          ['power'],
        );
    });

    it('the power of the moment where the usual one is a mean, and the counter fails', async () => {
      await ready({ gpus: [{ hasCounter: false }], trace: TRACES.steady });
      await sleep(20); // so that the mean of a second is still far off
      const [reading] = await sensor.read();
      assert(reading?.kind === 'power');
      assert(Math.abs(reading.powerWatts - 300) < 1, `${reading.powerWatts} W`);
    });

    it('every one of sixteen GPUs of one name', async () => {
      await ready({ gpus: Array.from({ length: 16 }, () => ({})) });
      const readings = await sensor.read();
      assert.equal(new Set(readings.map(({ channel }) => channel)).size, 16);
      assert.equal(new Set(readings.map(({ device }) => device)).size, 16);
      assert.equal(readings[15]?.device, 'NVIDIA H100 80GB HBM3 #15');
      assert.equal(readings[15]?.use?.index, 15);
    });

    it('GPUs that claim to be the same one only once', async () => {
      await ready({ gpus: [{ uuid: 'GPU-1' }, { uuid: 'GPU-1' }] });
      assert.equal((await sensor.read()).length, 1);
    });

    it('GPUs of hostile names, which are cut and cleaned', async () => {
      await ready({
        gpus: [
          { name: '\x1b[31mred\x07\tGPU', uuid: '../../etc\x1b' },
          { name: '' },
          { name: 'é'.repeat(47) },
        ],
      });
      const [first, second, third] = await sensor.read();
      assert.equal(first?.device, '[31mred GPU #0');
      assert.equal(first?.channel, 'nvml/0');
      assert.equal(first?.use?.uuid, null);
      assert.equal(second?.device, 'NVIDIA GPU #1');
      assert.equal(third?.device, `${'é'.repeat(47)} #2`);
    });
  });

  describe('when it is probed', () => {
    it('says what it measures', async () => {
      const probe = await build({ gpus: [{}, PASCAL, { instances: ['MIG-1'] }] }).probe();
      assert.deepEqual(probe.components, ['gpu']);
      assert.equal(probe.uncertainty, 0.05);
      assert.match(
        probe.message,
        /^Measures NVIDIA H100 80GB HBM3 #0, NVIDIA GeForce GTX 1080 Ti #1 and .* #2:/,
      );
      assert.match(probe.message, /\(MIG\).*#2/);
      assert.match(probe.message, /want of an energy counter: NVIDIA GeForce GTX 1080 Ti #1/);
    });

    for (const [code, message, fix] of [
      [4, /may not ask/, /\/dev\/nvidia|--gpus/],
      [12, /missing/, /Install/],
      [18, /different versions/, /Restart/],
      [999, /does not name/, /dmesg/],
      [777, /error 777/, null],
    ] as const) {
      it(`explains that the library cannot be opened: ${code}`, async () => {
        build();
        machine.fail(null, { code }, 'nvmlInit');
        const procfs = path.join(machine.root, 'proc'); // as if the driver were loaded
        mkdirSync(path.join(procfs, 'driver', 'nvidia'), { recursive: true });
        writeFileSync(path.join(procfs, 'driver', 'nvidia', 'version'), '');
        const probe = await new NvmlSensor({
          sysfs: '/sys',
          procfs,
          environment: machine.environment,
        }).probe();
        assert.equal(probe.state, 'refused');
        assert.match(probe.message, message);
        if (fix) assert.match(probe.fix ?? '', fix);
        else assert.equal(probe.fix, null);
      });
    }

    it('is absent where the library is but no driver and no card, as in images that people train in', async () => {
      build();
      machine.fail(null, { code: 9 }, 'nvmlInit');
      const { root } = machine;
      const probe = await new NvmlSensor({
        sysfs: root,
        procfs: root,
        environment: machine.environment,
      }).probe();
      assert.equal(probe.state, 'absent');
    });

    it('is absent where there is no GPU', async () => {
      assert.equal((await build({ gpus: [] }).probe()).state, 'absent');
    });

    it('explains GPUs that do not answer, and leaves them out', async () => {
      build({ gpus: [{}, {}] });
      machine.fail(1, { code: LOST });
      const probe = await sensor.probe();
      assert.match(probe.message, /Without NVIDIA GPU #1: the GPU has fallen off the bus/);
      assert.equal((await sensor.read()).length, 1);
      machine.fail(0, { code: LOST });
      const lost = await sensor.probe();
      assert.equal(lost.state, 'refused');
      assert.match(lost.fix ?? '', /gpu-reset/);
    });

    it('refuses a GPU that tells neither energy nor power', async () => {
      build({ gpus: [{ hasCounter: false }] });
      machine.fail(0, { code: 3 }, 'nvmlDeviceGetPower');
      machine.fail(0, { code: 3 }, 'nvmlDeviceGetField');
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, /does not tell/);
    });

    it('does not believe a number of GPUs that no machine has', async () => {
      build();
      machine.fail(null, 'garbage', 'nvmlDeviceGetCount');
      assert.equal((await sensor.probe()).state, 'ready');
      assert.equal((await sensor.read()).length, 1);
    });

    it('says that the named library is not there, is no library, or not NVIDIA’s', async () => {
      build();
      const noLibrary = path.join(machine.root, 'no.so');
      writeFileSync(noLibrary, 'no library at all');
      for (const [file, message] of [
        [path.join(machine.root, 'nowhere.so'), /There is no file .*nowhere/],
        [noLibrary, /cannot be used \(.*no\.so: .+\)/],
        ['libm.so.6', /has not the functions of NVML/],
      ] as const) {
        const environment = { TRAINING_FOOTPRINT_NVML: file };
        const other = new NvmlSensor({ sysfs: '/sys', procfs: '/proc', environment });
        const probe = await other.probe();
        assert.equal(probe.state, 'refused', file);
        assert.match(probe.message, message);
        assert.deepEqual(await other.read(), []);
      }
    });
  });

  describe('when something fails in mid-run', () => {
    it('reads on from the other GPUs, and from a lost one when it is back', async () => {
      await ready({ gpus: [{}, {}] });
      machine.fail(0, { code: LOST });
      assert.deepEqual(await devices(), ['NVIDIA H100 80GB HBM3 #1']);
      assert.deepEqual(await devices(), ['NVIDIA H100 80GB HBM3 #1'], 'opened anew, and it is still lost');
      machine.mend();
      await until(async () => (await sensor.read()).length === 2);
    });

    it('opens the library anew after the driver was reloaded, and sees that counters began at 0', async () => {
      await ready();
      const before = energy((await sensor.read())[0]);
      machine.reloadDriver();
      assert.deepEqual(await sensor.read(), [], 'handles of before are worth nothing');
      const after = energy((await sensor.read())[0]);
      assert(after < before, `${after} J after ${before} J`);
    });

    it('serves two users of one library, whoever opens it anew', async () => {
      await ready();
      const other = new NvmlSensor({ sysfs: '/sys', procfs: '/proc', environment: machine.environment });
      await other.probe();
      machine.reloadDriver();
      await sensor.read();
      assert.equal((await sensor.read()).length, 1);
      await until(async () => (await other.read()).length === 1);
      other.release();
      assert.equal((await sensor.read()).length, 1, 'the other one has left');
    });

    for (const [what, fault] of [
      ['a refusal', { code: 4 }],
      ['what is not supported any more', { code: 3 }],
      ['numbers that no GPU has', 'garbage'],
      ['an error that has no name', { code: 999 }],
    ] as const) {
      it(`gives no reading for ${what}, until it is over`, async () => {
        await ready({ gpus: [{}, PASCAL] });
        machine.fail(null, fault, 'nvmlDeviceGetTotalEnergy');
        machine.fail(null, fault, 'nvmlDeviceGetPower');
        machine.fail(null, fault, 'nvmlDeviceGetField');
        assert.deepEqual(await sensor.read(), []);
        machine.mend();
        await until(async () => new Set(await devices()).size === 2 || (await sensor.read()).length === 2);
      });
    }

    it('reads the energy though nobody tells who uses it', async () => {
      await ready();
      for (const call of ['nvmlDeviceGetUtil', 'nvmlDeviceGetCompute', 'nvmlDeviceGetProcess'])
        machine.fail(0, { code: 3 }, call);
      const [reading] = await sensor.read();
      assert.equal(reading?.use?.busyShare, null);
      assert.equal(reading?.use?.processes, null);
    });
  });

  describe('when the driver hangs', () => {
    it('holds up neither others nor the event loop, and goes on when it answers again', async () => {
      build();
      const other = new FakeSensor('rapl', ['cpu']);
      other.answer = () => Promise.resolve([other.counter(1)]);
      const energyOfAll = new MachineEnergy([sensor, other]);
      await energyOfAll.open();
      await energyOfAll.look(2000);
      machine.fail(null, 'hang');
      const { readings } = await energyOfAll.look(10);
      assert.deepEqual(
        readings.map(({ source }) => source),
        ['rapl'],
      );
      machine.mend();
      await until(async () => (await energyOfAll.look(10)).readings.some(({ source }) => source === 'nvml'));
      energyOfAll.close();
    });

    it('is released and used again', async () => {
      await ready();
      machine.fail(null, 'hang');
      const late = sensor.read();
      await sleep(20);
      sensor.release();
      machine.mend();
      assert.equal((await late).length, 1);
      assert.equal((await sensor.read()).length, 1);
    });

    it('is told to others who ask, who do not add to the calls that hang', async () => {
      await ready();
      machine.fail(null, 'hang');
      const late = sensor.read();
      await sleep(2100);
      const other = new NvmlSensor({ sysfs: '/sys', procfs: '/proc', environment: machine.environment });
      const probe = await other.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, /has not answered for 2 s/);
      machine.mend();
      await late;
    });

    it('lets Node end, with the exit code that was meant', async () => {
      build();
      const child = spawn(process.execPath, [CHILD], {
        env: machine.environment,
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      machine.fail(null, 'hang');
      child.stdin.write('go\n');
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 7);
    });
  });
});
