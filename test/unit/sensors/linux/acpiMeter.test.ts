import assert from 'node:assert/strict';
import { HwmonTree, type SimulatedChip } from '../../../hardware/hwmonTree.ts';
import { powerOf } from '../../../hardware/sysfsTree.ts';
import { constant, joulesBetween, steps } from '../../../hardware/trace.ts';
import { AcpiMeterSensor } from '../../../../src/core/sensors/linux/acpiMeter.ts';
import type { Probe } from '../../../../src/core/sensors/sensor.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { runChild } from '../../children/runChild.ts';
import { contextOf, figures, follow, readUntil, scattered } from './following.ts';

const VALUES = { power1_average: 412_000_000, power1_average_interval: 1000, power1_is_battery: 0 };

/** A server's meter as the kernel shows it now. */
const SERVER = {
  ...{ device: 'LNXSYSTM:00/LNXSYBUS:00/ACPI000D:00', number: 2, name: 'power_meter' },
  values: { ...VALUES, power1_accuracy: '95.0%', power1_oem_info: '' },
} as const satisfies SimulatedChip;

function numbered(number: number, values: SimulatedChip['values']): SimulatedChip {
  return { ...SERVER, device: `LNXSYSTM:00/LNXSYBUS:00/ACPI000D:0${number}`, number: number + 2, values };
}

/** The meters of a Grace superchip with two sockets, in watts. */
function grace(watts: Readonly<Record<string, number>>): SimulatedChip[] {
  return Object.entries(watts).map(([power1_oem_info, value], index) =>
    numbered(index, { ...VALUES, power1_average: value * 1e6, power1_average_interval: 50, power1_oem_info }),
  );
}

const ONE_GRACE = {
  'Module Power Socket 0': 700,
  'Grace Power Socket 0': 250,
  'CPU Power Socket 0': 150,
  'SysIO Power Socket 0': 40,
};

describe('ACPI power meter', () => {
  let tree: HwmonTree;

  beforeEach(() => (tree = new HwmonTree()));
  afterEach(() => tree.remove());

  function build(...chips: readonly SimulatedChip[]): AcpiMeterSensor {
    for (const chip of chips) tree.add(chip);
    return new AcpiMeterSensor(contextOf(tree));
  }

  const file = `devices/${SERVER.device}/hwmon/hwmon2/power1_average`;

  for (const isOld of [false, true])
    it(`measures the whole machine${isOld ? ', also as older kernels show it' : ''}`, async () => {
      const sensor = build({ ...SERVER, isOld });
      const probe = await sensor.probe();
      assert.equal(probe.state, 'ready');
      assert.deepEqual(probe.components, ['machine']);
      assert.equal(probe.uncertainty, 0.05);
      const [reading] = await sensor.read();
      assert.equal(reading?.powerWatts, 412);
      assert.equal(reading.component, 'machine');
      assert.equal(reading.channel, 'acpi-meter/ACPI000D:00');
    });

  it('finds the true joules of a power that changes', async () => {
    const channel = steps([300, 7], [500, 5]);
    const sensor = build({ ...SERVER, values: { ...SERVER.values, power1_average: powerOf(channel) } });
    await sensor.probe();
    const samples = await follow(sensor, tree, scattered(0, 600, sensor.powerPeriodSeconds));
    assertClose(sumJoules(samples), joulesBetween(channel, 0, 600), 0.01);
  });

  it('is read as often as the firmware has something new, within reason', async () => {
    for (const [interval, seconds] of [
      ['1000', 1],
      ['50', 0.05],
      ['1', 0.05],
      ['600000', 10],
      ['0', 1],
      ['N/A', 1],
    ] as const) {
      const sensor = build({ ...SERVER, values: { ...SERVER.values, power1_average_interval: interval } });
      await sensor.probe();
      assert.equal(sensor.powerPeriodSeconds, seconds, interval);
      tree.unload(SERVER);
    }
  });

  it('takes the accuracy that the firmware states, where that makes sense', async () => {
    for (const [accuracy, uncertainty] of [
      ['99.0%', 0.01],
      ['90.5%', 0.095],
      ['0.0%', 0.05],
      ['100.0%', 0.05],
      ['good', 0.05],
    ] as const) {
      const probe = await build({
        ...SERVER,
        values: { ...SERVER.values, power1_accuracy: accuracy },
      }).probe();
      assert.equal(probe.uncertainty, uncertainty, accuracy);
      tree.unload(SERVER);
    }
  });

  it('takes of several meters the one that shows most, for the others may be inside it', async () => {
    const sensor = build(
      numbered(0, { ...VALUES, power1_average: 90e6 }),
      numbered(1, { ...VALUES, power1_average: 410e6 }),
    );
    assert.match((await sensor.probe()).message, /Of 2 meters the one that shows most/);
    const readings = await sensor.read();
    assert.deepEqual(
      readings.map(({ channel, powerWatts }) => [channel, powerWatts]),
      [['acpi-meter/ACPI000D:01', 410]],
    );
  });

  it('takes no battery for the machine’s supply', async () => {
    const sensor = build({ ...SERVER, values: { ...SERVER.values, power1_is_battery: '1' } });
    assert.equal((await sensor.probe()).state, 'absent');
  });

  it('reads processor and memory of an NVIDIA Grace, and not the module, which spans the GPU', async () => {
    const sensor = build(...grace(ONE_GRACE));
    const probe = await sensor.probe();
    assert.deepEqual(probe.components, ['cpu', 'dram']);
    assert.match(probe.message, /processor and memory of 1 NVIDIA Grace/);
    const readings = await sensor.read();
    assert.deepEqual(
      readings.map(({ component, device, powerWatts }) => [component, device, powerWatts]),
      [
        ['cpu', 'package-0', 190],
        ['dram', 'package-0', 60],
      ],
    );
  });

  it('leaves a Grace out whose parts are more than the whole, or of which a part is not told', async () => {
    const sensor = build(...grace({ ...ONE_GRACE, 'Grace Power Socket 0': 180 }));
    await sensor.probe();
    assert.deepEqual(await sensor.read(), []);
    const other = new HwmonTree();
    for (const chip of grace(ONE_GRACE).slice(0, 3)) other.add(chip);
    const probe = await new AcpiMeterSensor(contextOf(other)).probe();
    other.remove();
    assert.equal(probe.state, 'absent');
    assert.match(probe.message, /neither the machine nor a part that is known: Module Power Socket 0/);
  });

  it('says that there is no meter', async () => {
    const sensor = build({ ...SERVER, name: 'coretemp' });
    assert.equal((await sensor.probe()).state, 'absent');
    assert.deepEqual(await sensor.read(), []);
  });

  for (const [what, value] of [
    ['nothing', '0'],
    ['that it does not know', '4294967295000'],
    ['less than nothing', '-5'],
  ] as const)
    it(`does not measure where the firmware tells ${what}`, async () => {
      const sensor = build({ ...SERVER, values: { ...SERVER.values, power1_average: value } });
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, /ENODATA/);
      assert.equal(probe.fix, null);
      assert.deepEqual(await sensor.read(), []);
    });

  for (const isOld of [false, true])
    it(`explains a refusal for want of rights, with the udev rule that mends it${isOld ? ' (older kernels)' : ''}`, async () => {
      const folder = tree.add({ ...SERVER, isOld });
      tree.fail(`${folder}/power1_average`, 'deny');
      const probe = await runChild<Probe>('probeAsNobody.ts', tree.root, 'acpi-meter');
      assert.equal(probe.state, 'refused');
      const [attribute, target] = isOld
        ? ['device/name', 'device/power1_average']
        : ['name', 'power1_average'];
      assert(
        probe.fix?.includes(`ATTR{${attribute}}=="power_meter", RUN+="/bin/chmod a+r /sys%p/${target}"`),
      );
    });

  for (const fault of ['vanish', 'refuse', 'hang', 'N/A', '', '0', '4294967295000', '-5'] as const) {
    it(`tells nothing while it fails in mid-run, and goes on afterwards (${fault || 'empty'})`, async () => {
      const sensor = build(SERVER);
      await sensor.probe();
      if (fault === 'vanish' || fault === 'refuse' || fault === 'hang') tree.fail(file, fault);
      else tree.write(file, fault);
      assert.deepEqual(await sensor.read(), []);
      tree.mend(file);
      tree.write(file, '300000000');
      const back = await readUntil(sensor, (readings) => readings.length > 0);
      assert.deepEqual(figures(back), { machine: 300 });
    });
  }

  it('finds the meter again under another hwmon number', async () => {
    const sensor = build({ ...SERVER, values: { ...VALUES, power1_average: powerOf(constant(200)) } });
    await sensor.probe();
    tree.unload(SERVER);
    tree.add({ ...SERVER, number: 7, values: { ...VALUES, power1_average: powerOf(constant(250)) } });
    const back = await readUntil(sensor, (readings) => readings.length > 0);
    assert.deepEqual(figures(back), { machine: 250 });
  });
});
