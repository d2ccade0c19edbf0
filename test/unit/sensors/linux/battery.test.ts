import assert from 'node:assert/strict';
import { PowerSupplyTree } from '../../../hardware/powerSupplyTree.ts';
import { powerOf } from '../../../hardware/sysfsTree.ts';
import { joulesBetween, triangle } from '../../../hardware/trace.ts';
import { BatterySensor } from '../../../../src/core/sensors/linux/battery.ts';
import type { Probe } from '../../../../src/core/sensors/sensor.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { runChild } from '../../children/runChild.ts';
import { contextOf, figures, follow, readUntil, scattered } from './following.ts';

const BATTERY = { type: 'Battery', present: 1, status: 'Discharging', power_now: 15_500_000 };

describe('Battery sensor', () => {
  let tree: PowerSupplyTree;
  let sensor: BatterySensor;

  beforeEach(() => {
    tree = new PowerSupplyTree();
    tree.supply('AC', { type: 'Mains', online: 0 });
    tree.supply('BAT0', BATTERY);
    sensor = new BatterySensor(contextOf(tree));
  });

  afterEach(() => tree.remove());

  it('measures the whole machine while it runs on its battery', async () => {
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['machine']);
    assert.match(probe.message, /by BAT0, while it is unplugged/);
    const [reading] = await sensor.read();
    assert.equal(reading?.powerWatts, 15.5);
    assert.equal(reading.component, 'machine');
  });

  it('finds the true joules of a power that changes', async () => {
    const channel = triangle(8, 45, 20);
    tree.supply('BAT0', { power_now: powerOf(channel) });
    await sensor.probe();
    const samples = await follow(sensor, tree, scattered(0, 120, sensor.powerPeriodSeconds));
    assertClose(sumJoules(samples), joulesBetween(channel, 0, 120), 0.01);
  });

  it('takes a power below zero for what it is: drawn from the battery', async () => {
    tree.supply('BAT0', { power_now: -15_500_000 });
    assert.deepEqual(figures(await sensor.read()), { machine: 15.5 });
  });

  it('multiplies current and voltage where the battery tells no power', async () => {
    tree.fail(tree.file('BAT0', 'power_now'), 'vanish');
    tree.supply('BAT0', { current_now: -1_250_000, voltage_now: 12_000_000 });
    assert.equal((await sensor.probe()).state, 'ready');
    assert.deepEqual(figures(await sensor.read()), { machine: 15 });
  });

  it('adds two batteries that run the machine together, and leaves out one that rests', async () => {
    tree.supply('BAT1', { ...BATTERY, power_now: 4_500_000 });
    assert.match((await sensor.probe()).message, /BAT0 and BAT1/);
    assert.deepEqual(figures(await sensor.read()), { machine: 20 });
    tree.supply('BAT1', { status: 'Unknown' });
    assert.deepEqual(figures(await sensor.read()), { machine: 15.5 });
    tree.takeOut('BAT1');
    assert.deepEqual(figures(await sensor.read()), { machine: 15.5 });
  });

  it('tells nothing where one of two batteries that run the machine does not answer: the rest is not the whole', async () => {
    tree.supply('BAT1', { ...BATTERY, power_now: 'N/A' });
    assert.deepEqual(await sensor.read(), []);
  });

  for (const [what, files] of [
    ['the mains', { type: 'Mains', online: 1 }],
    ['a programmable supply', { type: 'Mains', online: 2 }],
    ['USB-C', { type: 'USB', online: 1 }],
  ] as const)
    it(`tells nothing while the machine runs on ${what}, whatever the battery says, and how to change that`, async () => {
      tree.supply('AC', files);
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, /only while the machine runs on it: it is on mains now/);
      assert.match(probe.fix ?? '', /unplug/);
      assert.deepEqual(await sensor.read(), []);
    });

  for (const status of ['Charging', 'Not charging', 'Full', 'Unknown'])
    it(`tells nothing while the battery says “${status}”`, async () => {
      tree.supply('BAT0', { status });
      assert.match((await sensor.probe()).message, new RegExp(`“${status.toLowerCase()}”`));
      assert.deepEqual(await sensor.read(), []);
    });

  it('stops when the machine is plugged in, and goes on when it is unplugged', async () => {
    await sensor.probe();
    assert.equal((await sensor.read()).length, 1);
    tree.supply('AC', { online: 1 });
    assert.deepEqual(await sensor.read(), []);
    tree.supply('AC', { online: 0 });
    assert.equal((await sensor.read()).length, 1);
  });

  it('does not take the battery of a mouse or of an uninterruptible supply for the machine’s', async () => {
    tree.takeOut('BAT0');
    tree.supply('hidpp_battery_0', { ...BATTERY, scope: 'Device' });
    tree.supply('ups', { ...BATTERY, type: 'UPS' });
    const probe = await sensor.probe();
    assert.equal(probe.state, 'absent');
    assert.deepEqual(await sensor.read(), []);
  });

  it('says that there is none', async () => {
    const empty = new PowerSupplyTree();
    const probe = await new BatterySensor(contextOf(empty)).probe();
    empty.remove();
    assert.equal(probe.state, 'absent');
    assert.equal(probe.fix, null);
  });

  it('tells why a battery does not answer', async () => {
    tree.supply('BAT0', { power_now: 0 });
    const probe = await sensor.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /does not tell its power \(ENODATA\)/);
    tree.fail(tree.file('BAT0', 'power_now'), 'deny');
    const denied = await runChild<Probe>('probeAsNobody.ts', tree.root, 'battery');
    assert.match(denied.message, /EACCES/);
  });

  for (const fault of ['vanish', 'refuse', 'hang', 'N/A', '', '0'] as const) {
    it(`tells nothing while it fails in mid-run, and goes on afterwards (${fault || 'empty'})`, async () => {
      await sensor.probe();
      const file = tree.file('BAT0', 'power_now');
      if (fault === 'vanish' || fault === 'refuse' || fault === 'hang') tree.fail(file, fault);
      else tree.write(file, fault);
      assert.deepEqual(await sensor.read(), []);
      tree.mend(file);
      tree.write(file, '20000000');
      const back = await readUntil(sensor, (readings) => readings.length > 0);
      assert.deepEqual(figures(back), { machine: 20 });
    });
  }
});
