import assert from 'node:assert/strict';
import { HwmonTree, type SimulatedChip } from '../../../hardware/hwmonTree.ts';
import { powerOf, type Shown } from '../../../hardware/sysfsTree.ts';
import { constant, joulesBetween, triangle } from '../../../hardware/trace.ts';
import { JetsonSensor } from '../../../../src/core/sensors/linux/jetson.ts';
import type { Probe, Reading } from '../../../../src/core/sensors/sensor.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { runChild } from '../../children/runChild.ts';
import { contextOf, figures, follow, readUntil, scattered } from './following.ts';

const MILLIVOLTS = 5000;

type Line = readonly [label: string, milliamperes: number | Shown];

/** Voltage and current of each line, as the kernel's ina3221 driver shows them, and the shunts that are no lines. */
function inputs(lines: readonly Line[]): SimulatedChip['values'] {
  const files: Record<string, string | number | Shown> = {
    ...{
      in4_input: 900,
      in5_input: 800,
      in6_input: 700,
      in7_input: 2400,
      in7_label: 'sum of shunt voltages',
    },
    ...{ in4_label: 'VDD_IN', curr4_input: 99_999 },
  };
  lines.forEach(([label, current], index) => {
    files[`in${index + 1}_label`] = label;
    files[`in${index + 1}_input`] = MILLIVOLTS;
    files[`curr${index + 1}_input`] = current;
  });
  return files;
}

function chip(lines: readonly Line[], address = '1-0040', number = 3): SimulatedChip {
  return {
    ...{
      device: `platform/bus@0/c240000.i2c/i2c-1/${address}`,
      number,
      name: 'ina3221',
      values: inputs(lines),
    },
    links: [`bus/i2c/drivers/ina3221/${address}`],
  };
}

/** An Orin Nano: 8 W, of these 3 W processor and GPU together. */
const ORIN_NANO = chip([
  ['VDD_IN', 1600],
  ['VDD_CPU_GPU_CV', 600],
  ['VDD_SOC', 300],
]);

/** An AGX Orin, whose two chips know no line for the whole. */
const AGX_ORIN = [
  chip([
    ['VDD_GPU_SOC', 2000],
    ['VDD_CPU_CV', 1000],
    ['VIN_SYS_5V0', 900],
  ]),
  chip(
    [
      ['NC', 11],
      ['VDDQ_VDD2_1V8AO', 400],
      ['NC', 12],
    ],
    '1-0041',
    4,
  ),
];

describe('Jetson sensor', () => {
  let tree: HwmonTree;

  beforeEach(() => (tree = new HwmonTree()));
  afterEach(() => tree.remove());

  function build(...chips: readonly SimulatedChip[]): JetsonSensor {
    for (const each of chips) tree.add(each);
    return new JetsonSensor(contextOf(tree));
  }

  const file = (name: string, { device, number } = ORIN_NANO) =>
    `devices/${device}/hwmon/hwmon${number}/${name}`;
  const scopes = (readings: readonly Reading[]) =>
    Object.fromEntries(readings.map(({ device, component }) => [device, component]));

  it('reads the module’s supply and its parts, each by its line, and neither shunts nor other lines', async () => {
    const sensor = build(ORIN_NANO);
    const probe = await sensor.probe();
    assert.deepEqual([...probe.components].sort(), ['cpu', 'machine']);
    assert.match(probe.message, /Measures VDD_IN, VDD_CPU_GPU_CV\. Processor and GPU share a line/);
    const readings = await sensor.read();
    assert.deepEqual(figures(readings), { VDD_IN: 8, VDD_CPU_GPU_CV: 3 });
    assert.deepEqual(scopes(readings), { VDD_IN: 'machine', VDD_CPU_GPU_CV: 'cpu' });
    assert.deepEqual(readings.map(({ channel }) => channel).sort(), [
      'jetson/1-0040/VDD_CPU_GPU_CV',
      'jetson/1-0040/VDD_IN',
    ]);
  });

  it('reads the chips of a module without a line for the whole, and leaves out what is not connected', async () => {
    const sensor = build(...AGX_ORIN);
    await sensor.probe();
    const readings = await sensor.read();
    assert.deepEqual(figures(readings), { VDD_GPU_SOC: 10, VDD_CPU_CV: 5, VDDQ_VDD2_1V8AO: 2 });
    assert.deepEqual(scopes(readings), { VDD_GPU_SOC: 'gpu', VDD_CPU_CV: 'cpu', VDDQ_VDD2_1V8AO: 'dram' });
  });

  it('reads the driver of older releases, in milliwatts', async () => {
    const device = 'devices/7000c400.i2c/i2c-1/1-0040';
    const lines = [
      ['POM_5V_IN', '2600'],
      ['POM_5V_GPU', '400'],
      ['POM_5V_CPU', '900'],
    ];
    lines.forEach(([label = '', milliwatts = ''], index) => {
      tree.write(`${device}/iio:device0/rail_name_${index}`, label);
      tree.write(`${device}/iio:device0/in_power${index}_input`, milliwatts);
    });
    tree.link('bus/i2c/drivers/ina3221x/1-0040', device);
    const sensor = build();
    assert.equal((await sensor.probe()).state, 'ready');
    assert.deepEqual(figures(await sensor.read()), { POM_5V_IN: 2.6, POM_5V_GPU: 0.4, POM_5V_CPU: 0.9 });
  });

  it('finds a chip by its driver where the class of hardware monitors is hidden', async () => {
    const sensor = build(ORIN_NANO);
    tree.takeAway('class/hwmon/hwmon3');
    await sensor.probe();
    assert.equal((await sensor.read()).length, 2);
  });

  it('finds the true joules of a power that changes', async () => {
    const channel = triangle(4, 14, 3);
    const sensor = build(chip([['VDD_IN', powerOf(channel, 1e6 / MILLIVOLTS)]]));
    await sensor.probe();
    const samples = await follow(sensor, tree, scattered(0.2, 30.2, sensor.powerPeriodSeconds));
    assertClose(sumJoules(samples), joulesBetween(channel, 0.2, 30.2), 0.003);
  });

  it('tells the GPU’s load, by which its idle power is known', async () => {
    const sensor = build(...AGX_ORIN);
    tree.write('devices/platform/17000000.gpu/load', '250');
    tree.link('class/devfreq/17000000.gpu/device', 'devices/platform/17000000.gpu');
    await sensor.probe();
    const use = async () => (await sensor.read()).find(({ component }) => component === 'gpu')?.use;
    assert.deepEqual(await use(), {
      ...{ index: 0, uuid: null, busyShare: 0.25, processes: null, drmDevice: null },
    });
    for (const load of ['1001', '-1', 'N/A']) {
      tree.write('devices/platform/17000000.gpu/load', load);
      assert.equal((await use())?.busyShare, null, load);
    }
  });

  it('leaves other boards with the same chip alone', async () => {
    const sensor = build(ORIN_NANO);
    tree.write('firmware/devicetree/base/model', 'Texas Instruments AM62P5 SK\0');
    assert.equal((await sensor.probe()).state, 'absent');
    assert.deepEqual(await sensor.read(), []);
    tree.write('firmware/devicetree/base/model', 'NVIDIA Jetson Orin Nano Developer Kit\0');
    assert.equal((await sensor.probe()).state, 'ready');
  });

  it('says that there is nothing here', async () => {
    const sensor = build({ ...ORIN_NANO, name: 'ina226', links: [] });
    assert.equal((await sensor.probe()).state, 'absent');
    assert.deepEqual(await sensor.read(), []);
  });

  it('explains a refusal for want of rights, with the udev rule that mends it', async () => {
    build(chip([['VDD_IN', 1600]]));
    tree.fail(file('curr1_input'), 'deny');
    const probe = await runChild<Probe>('probeAsNobody.ts', tree.root, 'jetson');
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /ATTR\{name\}=="ina3221".*curr1_input"/);
  });

  it('uses the lines that answer and names one that does not', async () => {
    const sensor = build(ORIN_NANO);
    tree.fail(file('curr2_input'), 'refuse');
    const probe = await sensor.probe();
    assert.deepEqual(probe.components, ['machine']);
    assert.match(probe.message, /Without VDD_CPU_GPU_CV, which does not answer \(EISDIR\)/);
    tree.fail(file('curr1_input'), 'refuse');
    const none = await sensor.probe();
    assert.match(none.message, /do not answer \(EISDIR\)/);
    assert.equal(none.fix, null);
  });

  for (const fault of ['vanish', 'hang', 'N/A', '', '-20'] as const) {
    it(`leaves a line out while it fails in mid-run, and takes it up again (${fault || 'empty'})`, async () => {
      const sensor = build(ORIN_NANO);
      await sensor.probe();
      if (fault === 'vanish' || fault === 'hang') tree.fail(file('curr2_input'), fault);
      else tree.write(file('curr2_input'), fault);
      assert.deepEqual(figures(await sensor.read()), { VDD_IN: 8 });
      tree.mend(file('curr2_input'));
      tree.write(file('curr2_input'), '700');
      const back = await readUntil(sensor, (readings) => readings.length === 2);
      assert.equal(figures(back).VDD_CPU_GPU_CV, 3.5);
    });
  }

  it('finds its lines again when the driver is loaded anew', async () => {
    const sensor = build(chip([['VDD_IN', powerOf(constant(8), 200)]]));
    await sensor.probe();
    tree.unload(ORIN_NANO);
    tree.add({ ...chip([['VDD_IN', 2000]]), number: 6 });
    const readings = await readUntil(sensor, (found) => found.length > 0);
    assert.deepEqual(figures(readings), { VDD_IN: 10 });
  });
});
