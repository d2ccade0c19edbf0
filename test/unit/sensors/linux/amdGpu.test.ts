import assert from 'node:assert/strict';
import { HwmonTree, type SimulatedChip } from '../../../hardware/hwmonTree.ts';
import { powerOf } from '../../../hardware/sysfsTree.ts';
import { constant, joulesBetween, steps, triangle } from '../../../hardware/trace.ts';
import { AmdGpuSensor } from '../../../../src/core/sensors/linux/amdGpu.ts';
import type { Probe } from '../../../../src/core/sensors/sensor.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { runChild } from '../../children/runChild.ts';
import { contextOf, figures, follow, readUntil, scattered } from './following.ts';

/** A Radeon 7900 XTX as amdgpu shows it. */
const CARD = {
  ...{ device: 'pci0000:00/0000:00:01.1/0000:03:00.0', number: 3, name: 'amdgpu' },
  values: { power1_average: '87000000', power1_cap: '303000000', power1_label: 'PPT', in0_input: '762' },
  about: {
    ...{ vendor: '0x1002', device: '0x744c', unique_id: '7b1c2d3e4f5a6978', gpu_busy_percent: '75' },
    'power/runtime_status': 'active',
  },
} as const satisfies SimulatedChip;

const SECOND = { ...CARD, device: 'pci0000:00/0000:00:01.2/0000:07:00.0', number: 4 };

/** The graphics of a Ryzen: its power is that of the whole processor, and it tells the northbridge's voltage. */
const APU = {
  ...{ ...CARD, device: 'pci0000:00/0000:00:08.1/0000:c1:00.0', number: 5 },
  values: { power1_input: '25000000', in0_input: '900', in1_input: '700' },
  about: { vendor: '0x1002', device: '0x15bf', gpu_busy_percent: '3' },
};

describe('AMD GPU sensor', () => {
  let tree: HwmonTree;

  beforeEach(() => (tree = new HwmonTree()));
  afterEach(() => tree.remove());

  function build(...chips: readonly SimulatedChip[]): AmdGpuSensor {
    for (const chip of chips) tree.add(chip);
    return new AmdGpuSensor(contextOf(tree));
  }

  /** A card whose power follows a trace. */
  function powered(chip: SimulatedChip, channel = constant(100)): SimulatedChip {
    return { ...chip, values: { ...chip.values, power1_average: powerOf(channel) } };
  }

  const power = (chip: SimulatedChip) => `devices/${chip.device}/hwmon/hwmon${chip.number}/power1_average`;

  it('tells a card’s power, its load and the names by which its users are found', async () => {
    const sensor = build(CARD);
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.match(probe.message, /Measures AMD GPU 744c/);
    const [reading] = await sensor.read();
    assert(reading);
    assert.equal(reading.powerWatts, 87);
    assert.equal(reading.channel, 'amdgpu/0000:03:00.0');
    assert.equal(reading.quality, 'measured');
    assert.deepEqual(reading.use, {
      ...{ index: null, uuid: 'GPU-7b1c2d3e4f5a6978', busyShare: 0.75 },
      ...{ processes: null, drmDevice: '0000:03:00.0' },
    });
  });

  it('reads what newer cards call power1_input, under the card’s own name where it has one', async () => {
    const sensor = build({
      ...CARD,
      values: { power1_input: '41000000' },
      about: { ...CARD.about, product_name: 'Radeon PRO W7900' },
    });
    assert.match((await sensor.probe()).message, /Measures Radeon PRO W7900:/);
    assert.deepEqual(figures(await sensor.read()), { 'Radeon PRO W7900': 41 });
  });

  it('finds the true joules of a power that changes', async () => {
    const channel = triangle(20, 300, 4);
    const sensor = build(powered(CARD, channel));
    await sensor.probe();
    const samples = await follow(sensor, tree, scattered(0.3, 30.3, 0.05));
    assertClose(sumJoules(samples), joulesBetween(channel, 0.3, 30.3), 0.003);
  });

  it('finds the true joules of bursts of 100 ms, read as often as it asks for', async () => {
    for (const rest of [0.17, 0.1, 0.9]) {
      const channel = steps([300, 0.1], [20, rest]);
      const sensor = build(powered(CARD, channel));
      await sensor.probe();
      const times = scattered(0, 60, sensor.powerPeriodSeconds);
      assertClose(
        sumJoules(await follow(sensor, tree, times)),
        joulesBetween(channel, 0, 60),
        0.03,
        `${rest}`,
      );
      tree.unload(CARD);
    }
  });

  it('leaves out a GPU inside a processor, whose power is the processor’s, and says so', async () => {
    const alone = await build(APU).probe();
    assert.equal(alone.state, 'absent');
    assert.match(alone.message, /AMD GPU 15bf.*part of the processor/);
    const sensor = build(CARD);
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.match(probe.message, /Not read: AMD GPU 15bf/);
    assert.deepEqual(figures(await sensor.read()), { 'AMD GPU 744c': 87 });
  });

  it('takes an Instinct MI300A for the processor that it is', async () => {
    assert.equal((await build({ ...CARD, about: { device: '0x74a0' } }).probe()).state, 'absent');
  });

  describe('on which processes compute through ROCm', () => {
    /** As amdkfd lists it: node 0 is the processor. */
    function computing(...queues: readonly (readonly [pid: number, gpu: number])[]): void {
      const kfd = 'devices/virtual/kfd/kfd';
      tree.folder(kfd);
      tree.link('class/kfd/kfd', kfd);
      const gpus = [
        [0, 0],
        [21947, 0x0300],
        [51200, 0x0700],
      ];
      gpus.forEach(([id, location], node) => {
        tree.write(`${kfd}/topology/nodes/${node}/gpu_id`, String(id));
        const properties = `cpu_cores_count 0\nsimd_count 192\nlocation_id ${location}\ndomain 0\nunique_id 7`;
        tree.write(`${kfd}/topology/nodes/${node}/properties`, properties);
      });
      queues.forEach(([pid, gpu], number) =>
        tree.write(`${kfd}/proc/${pid}/queues/${number}/gpuid`, String(gpu)),
      );
      tree.write(`${kfd}/proc/4000/pasid`, '32770');
    }

    it('tells who has a queue on which card, each once', async () => {
      computing([4711, 21947], [4711, 21947], [4712, 51200], [4713, 21947], [4714, 99]);
      const sensor = build(CARD, SECOND);
      await sensor.probe();
      const pids = (await sensor.read()).map(({ use }) => use?.processes?.map(({ pid }) => pid));
      assert.deepEqual(pids, [[4711, 4713], [4712]]);
    });

    it('leaves it to the kernel’s other account where nobody has a queue', async () => {
      computing([4711, 21947]);
      const sensor = build(SECOND);
      await sensor.probe();
      assert.equal((await sensor.read())[0]?.use?.processes, null);
    });
  });

  it('does not wake a card that is switched off, and reads it when it is on again', async () => {
    const sensor = build(powered(CARD), powered(SECOND));
    const status = `devices/${SECOND.device}/power/runtime_status`;
    tree.write(status, 'suspended');
    tree.fail(power(SECOND), 'hang');
    tree.answer(power(SECOND), '99000000');
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.match(probe.message, /Switched off while nobody uses it, and left so: .*0000:07:00.0/);
    for (let look = 0; look < 3; look++) assert.equal((await sensor.read()).length, 1);
    assert(tree.isUnread(power(SECOND)), 'nobody asked it');
    tree.mend(power(SECOND));
    tree.write(status, 'active');
    assert.equal((await sensor.read()).length, 2);
  });

  it('is ready where the only card sleeps', async () => {
    const sensor = build({ ...CARD, about: { ...CARD.about, 'power/runtime_status': 'suspended' } });
    assert.equal((await sensor.probe()).state, 'ready');
    assert.deepEqual(await sensor.read(), []);
  });

  it('tells cards of one make apart, and names the one that does not answer', async () => {
    const sensor = build(CARD, SECOND);
    tree.fail(power(SECOND), 'refuse');
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.match(probe.message, /Without AMD GPU 744c \(0000:07:00.0\), which does not answer \(EISDIR\)/);
    assert.deepEqual(figures(await sensor.read()), { 'AMD GPU 744c (0000:03:00.0)': 87 });
  });

  it('says that there is no card, whatever else is watched', async () => {
    const sensor = build({ ...CARD, name: 'nvme' });
    assert.equal((await sensor.probe()).state, 'absent');
    assert.deepEqual(await sensor.read(), []);
  });

  it('explains a refusal for want of rights, with the udev rule that mends it', async () => {
    build(CARD);
    tree.fail(power(CARD), 'deny');
    const probe = await runChild<Probe>('probeAsNobody.ts', tree.root, 'amdgpu');
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /may not read/);
    assert.match(probe.fix ?? '', /ATTR\{name\}=="amdgpu".*chmod a\+r \/sys%p\/power1_average"/);
  });

  it('tells another error by its code, without advice that would not help', async () => {
    const sensor = build(CARD);
    tree.fail(power(CARD), 'refuse');
    const probe = await sensor.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /EISDIR/);
    assert.equal(probe.fix, null);
  });

  for (const fault of ['vanish', 'refuse', 'hang', 'N/A', 'NaN', '', '-12000000', 'garbage'] as const) {
    it(`leaves a card out while it fails in mid-run, and takes it up again (${fault || 'empty'})`, async () => {
      const sensor = build(CARD, SECOND);
      await sensor.probe();
      const file = power(CARD);
      if (fault === 'vanish' || fault === 'refuse' || fault === 'hang') tree.fail(file, fault);
      else tree.write(file, fault);
      assert.deepEqual(figures(await sensor.read()), { 'AMD GPU 744c (0000:07:00.0)': 87 });
      tree.mend(file);
      tree.write(file, '55000000');
      const back = await readUntil(sensor, (readings) => readings.length === 2);
      assert.equal(figures(back)['AMD GPU 744c (0000:03:00.0)'], 55);
    });
  }

  it('loses nothing but the card’s own figure where its load is not told', async () => {
    for (const load of ['N/A', '-1', '101', '']) {
      const sensor = build(CARD);
      tree.write(`devices/${CARD.device}/gpu_busy_percent`, load);
      await sensor.probe();
      const [reading] = await sensor.read();
      assert.equal(reading?.powerWatts, 87);
      assert.equal(reading.use?.busyShare, null, load);
      tree.unload(CARD);
    }
  });

  it('finds a card again under another hwmon number', async () => {
    const sensor = build(powered(CARD));
    await sensor.probe();
    tree.unload(CARD);
    assert.deepEqual(await sensor.read(), []);
    tree.add({ ...powered(CARD, constant(120)), number: 9 });
    const [reading] = await readUntil(sensor, (readings) => readings.length > 0);
    assert(reading?.kind === 'power');
    assert.equal(reading.powerWatts, 120);
    assert.equal(reading.channel, 'amdgpu/0000:03:00.0');
  });

  it('does not take one card for another when they swap their hwmon numbers', async () => {
    const sensor = build(powered(CARD, constant(100)), powered(SECOND, constant(200)));
    await sensor.probe();
    tree.unload(CARD);
    tree.unload(SECOND);
    tree.add({ ...powered(CARD, constant(100)), number: SECOND.number });
    tree.add({ ...powered(SECOND, constant(200)), number: CARD.number });
    const seen: Record<string, number>[] = [];
    await readUntil(sensor, (readings) => {
      seen.push(figures(readings));
      return readings.length === 2;
    });
    for (const powers of seen)
      for (const [device, watts] of Object.entries(powers))
        assert.equal(watts, device.includes('0000:03:00.0') ? 100 : 200, device);
  });

  it('takes up a card that is plugged in while another one is away', async () => {
    const sensor = build(CARD);
    await sensor.probe();
    tree.unload(CARD);
    tree.add(SECOND);
    const [reading] = await readUntil(sensor, (readings) => readings.length > 0);
    assert.equal(reading?.channel, 'amdgpu/0000:07:00.0');
  });
});
