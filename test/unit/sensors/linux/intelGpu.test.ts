import assert from 'node:assert/strict';
import { HwmonTree, type SimulatedChip } from '../../../hardware/hwmonTree.ts';
import { energyOf } from '../../../hardware/sysfsTree.ts';
import { constant, joulesBetween, steps, type Channel } from '../../../hardware/trace.ts';
import { IntelGpuSensor } from '../../../../src/core/sensors/linux/intelGpu.ts';
import { Meter } from '../../../../src/core/metering/meter.ts';
import type { Probe } from '../../../../src/core/sensors/sensor.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { runChild } from '../../children/runChild.ts';
import { contextOf, figures, follow, readUntil, regular } from './following.ts';

/** An Arc A770 as i915 shows it. */
const ARC = {
  ...{ device: 'pci0000:00/0000:00:01.0/0000:03:00.0', number: 2, name: 'i915' },
  values: { energy1_input: energyOf(constant(100), 4321), power1_max: '190000000', in0_input: '737' },
  about: { vendor: '0x8086', device: '0x56a0', 'power/runtime_status': 'active' },
  links: ['class/drm/card0/device'],
} as const satisfies SimulatedChip;

/** A Battlemage as xe shows it: first the card, then its chip. */
const BATTLEMAGE = {
  ...{ ...ARC, device: 'pci0000:00/0000:00:01.1/0000:07:00.0', number: 4, name: 'xe' },
  values: { energy1_input: energyOf(constant(150), 10), energy2_input: energyOf(constant(110), 10) },
  links: ['class/drm/card1/device'],
};

/** Graphics inside a Meteor Lake. */
const BUILT_IN = { ...ARC, device: 'pci0000:00/0000:00:02.0', number: 1, links: ['class/drm/card2/device'] };

describe('Intel GPU sensor', () => {
  let tree: HwmonTree;

  beforeEach(() => (tree = new HwmonTree()));
  afterEach(() => tree.remove());

  function build(...chips: readonly SimulatedChip[]): IntelGpuSensor {
    for (const chip of chips) tree.add(chip);
    return new IntelGpuSensor(contextOf(tree));
  }

  function drawing(channel: Channel, chip: SimulatedChip = ARC): SimulatedChip {
    return { ...chip, values: { energy1_input: energyOf(channel, 55) } };
  }

  const energy = ({ device, number }: SimulatedChip, name = 'energy1_input') =>
    `devices/${device}/hwmon/hwmon${number}/${name}`;

  it('tells a card’s energy and the address by which its users are found', async () => {
    const sensor = build(ARC);
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.match(probe.message, /Measures Intel GPU 56a0/);
    tree.set(10);
    const [reading] = await sensor.read();
    assert(reading);
    assert.equal(reading.energyJoules, 5321);
    assert.equal(reading.channel, 'intel-gpu/0000:03:00.0/energy1');
    assert.equal(reading.rangeJoules, null);
    assert.equal(reading.use?.drmDevice, '0000:03:00.0');
  });

  for (const name of ['i915', 'xe'])
    it(`finds the true joules (${name})`, async () => {
      const channel = steps([20, 0.7], [220, 1.1], [90, 0.4]);
      const sensor = build({ ...drawing(channel), name });
      await sensor.probe();
      const samples = await follow(sensor, tree, regular(0.37, 60.37, 0.5));
      assertClose(sumJoules(samples), joulesBetween(channel, 0.37, 60.37), 0.003);
    });

  it('takes the whole card where it is told, and its chip where the card’s counter stays at zero', async () => {
    const whole = build(BATTLEMAGE);
    await whole.probe();
    tree.set(1);
    assert.deepEqual(figures(await whole.read()), { 'Intel GPU 56a0': 160 });
    tree.write(energy(BATTLEMAGE), '0');
    const chip = new IntelGpuSensor(contextOf(tree));
    await chip.probe();
    const [reading] = await chip.read();
    assert.equal(reading?.energyJoules, 120);
    assert.equal(reading.channel, 'intel-gpu/0000:07:00.0/energy2');
  });

  it('does not go over to the chip’s counter in mid-run', async () => {
    const sensor = build(BATTLEMAGE);
    await sensor.probe();
    tree.write(energy(BATTLEMAGE), '0');
    assert.deepEqual(await sensor.read(), []);
    tree.fail(energy(BATTLEMAGE), 'refuse');
    assert.deepEqual(await sensor.read(), []);
  });

  it('leaves out graphics inside a processor, whose energy is the processor’s, and says so', async () => {
    const probe = await build(BUILT_IN).probe();
    assert.equal(probe.state, 'absent');
    assert.match(probe.message, /built into a processor/);
    const sensor = build(ARC);
    assert.equal((await sensor.probe()).state, 'ready');
    assert.equal((await sensor.read()).length, 1);
  });

  it('says that there is no card', async () => {
    const sensor = build({ ...ARC, name: 'nvme', about: { vendor: '0x144d' } });
    const probe = await sensor.probe();
    assert.equal(probe.state, 'absent');
    assert.match(probe.message, /No Intel graphics card/);
    assert.deepEqual(await sensor.read(), []);
  });

  it('does not wake a card that is switched off, and counts what it used meanwhile when it is on again', async () => {
    const sensor = build(ARC);
    const status = `devices/${ARC.device}/power/runtime_status`;
    await sensor.probe();
    const meter = new Meter();
    meter.add(await sensor.read());
    tree.write(status, 'suspended');
    tree.fail(energy(ARC), 'hang');
    tree.answer(energy(ARC), '99000000');
    assert.deepEqual(await sensor.read(), []);
    assert.equal((await sensor.probe()).state, 'ready');
    assert(tree.isUnread(energy(ARC)), 'nobody asked it');
    tree.set(3);
    tree.mend(energy(ARC));
    tree.write(status, 'active');
    assertClose(sumJoules([meter.add(await sensor.read())]), 300, 1e-6);
  });

  it('explains a refusal for want of rights, with the udev rule that mends it', async () => {
    build(ARC);
    tree.fail(energy(ARC), 'deny');
    const probe = await runChild<Probe>('probeAsNobody.ts', tree.root, 'intel-gpu');
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /ATTR\{name\}=="i915".*energy1_input"/);
  });

  it('tells another error by its code, and a counter that never rises as no data', async () => {
    const sensor = build(ARC);
    tree.fail(energy(ARC), 'refuse');
    const probe = await sensor.probe();
    assert.match(probe.message, /does not tell its energy \(EISDIR\)/);
    assert.equal(probe.fix, null);
    tree.mend(energy(ARC));
    tree.write(energy(ARC), '0');
    assert.match((await sensor.probe()).message, /ENODATA/);
  });

  for (const fault of ['vanish', 'refuse', 'hang', 'N/A', 'NaN', '', '-12000000'] as const) {
    it(`loses nothing of a card that fails in mid-run (${fault || 'empty'})`, async () => {
      const sensor = build(ARC, BATTLEMAGE);
      await sensor.probe();
      const meter = new Meter();
      meter.add(await sensor.read());
      const file = energy(ARC);
      if (fault === 'vanish' || fault === 'refuse' || fault === 'hang') tree.fail(file, fault);
      else tree.write(file, fault);
      tree.set(2);
      const during = await sensor.read();
      assert.deepEqual(
        during.map(({ channel }) => channel),
        ['intel-gpu/0000:07:00.0/energy1'],
      );
      tree.mend(file);
      tree.write(file, energyOf(constant(100), 4321));
      tree.set(5);
      const back = await readUntil(sensor, (readings) => readings.length === 2);
      const samples = [meter.add(during), meter.add(back)];
      assertClose(sumJoules(samples), 5 * (100 + 150), 1e-6);
    });
  }

  it('bridges the reset of a driver that is loaded again, under another hwmon number, and says so', async () => {
    const sensor = build(ARC);
    await sensor.probe();
    const meter = new Meter();
    const look = async (second: number) => {
      tree.set(second);
      const readings = await readUntil(sensor, (found) => found.length > 0);
      return meter.add(readings.map((reading) => ({ ...reading, timeSeconds: second })));
    };
    const samples = [await look(0), await look(2)];
    tree.unload(ARC);
    tree.add({ ...ARC, number: 8, values: { energy1_input: energyOf(constant(100), 0.5) } });
    samples.push(await look(4));
    assertClose(sumJoules(samples), 400, 1e-6);
    assert.deepEqual(samples.at(-1)?.notes, [
      'The counter of intel-gpu Intel GPU 56a0 gpu was reset; 2.0 s are bridged by the power before it.',
    ]);
  });

  describe('whose register wraps unseen when nobody reads it', () => {
    it('asks to be read well before', async () => {
      const sensor = build(ARC);
      await sensor.probe();
      const meter = new Meter();
      meter.add(await sensor.read());
      assert.equal(meter.safePeriodSeconds(), 2 ** 18 / 500 / 2);
    });

    it('has the rounds that went by unseen counted by the power before, and says so', async () => {
      const sensor = build(ARC);
      const beforeGap = energyOf(constant(200), 55);
      const afterGap = energyOf(constant(200), 55 - 2 * 2 ** 18); // the driver missed two rounds
      tree.write(energy(ARC), (seconds) => (seconds > 10 ? afterGap : beforeGap)(seconds));
      await sensor.probe();
      const samples = await follow(sensor, tree, [...regular(0, 10, 1), 3610]);
      assertClose(sumJoules(samples), 200 * 3610, 1e-6);
      assert.match(samples.at(-1)?.notes.join() ?? '', /went 2 more/);
    });
  });
});
