import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Meter } from '../../../../src/core/metering/meter.ts';
import { EnergyMeterSensor } from '../../../../src/core/sensors/windows/energyMeter.ts';
import { assertClose } from '../../metering/readings.ts';
import { instancesOf } from './instances.ts';
import { WindowsLibrary } from './windowsLibrary.ts';

const CONTEXT = { sysfs: '/sys', procfs: '/proc', platform: 'win32' } as const;

describe('Energy meter of Windows', () => {
  let library: WindowsLibrary;
  let sensor: EnergyMeterSensor;

  before(() => (library = new WindowsLibrary()));
  after(() => library.remove());

  beforeEach(() => {
    library.clear();
    sensor = new EnergyMeterSensor(CONTEXT, library.file);
  });

  afterEach(async () => {
    sensor.release();
    while (library.openQueries > 0) await turn(); // fails by the time limit where a query is left open
  });

  it('reads the package through pdh.dll', async () => {
    library.set(instancesOf('energy-meter-intel.tsv'));
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['cpu']);
    assert.equal(probe.message, 'Measures package-0 cpu.');
    const [reading, ...others] = await sensor.read();
    assert.deepEqual(others, []);
    assert.equal(reading?.channel, 'energy-meter/RAPL_Package0_PKG');
    assertClose(reading?.energyJoules ?? 0, 7.92e6, 1e-12); // 2.2 kWh
  });

  it('tells the true joules between two looks', async () => {
    library.set(instancesOf('energy-meter-intel.tsv'));
    await sensor.probe();
    const meter = new Meter();
    meter.add(await sensor.read());
    library.set([{ instance: 'RAPL_Package0_PKG', value: 2.2e15 + 5.19e9 }]);
    const [part] = meter.add(await sensor.read())?.parts ?? [];
    assertClose(part?.energyJoules ?? 0, 18.684, 1e-6);
  });

  it('leaves out a rail whose value is not good', async () => {
    const items = [
      { instance: 'RAPL_Package0_PKG', value: 5e12 },
      { instance: 'RAPL_Package0_DRAM', value: 2e12 },
    ];
    library.set(items);
    assert.deepEqual((await sensor.probe()).components, ['cpu', 'dram']);
    library.set(items.slice(1), 0xc0000bba);
    assert.deepEqual(
      (await sensor.read()).map(({ component }) => component),
      ['cpu'],
    );
  });

  it('tells nothing while the counters cannot be collected, and goes on when they can', async () => {
    library.set(instancesOf('energy-meter-intel.tsv'));
    await sensor.probe();
    library.fail({ collect: 0x800007d5 });
    assert.deepEqual(await sensor.read(), []);
    library.fail({});
    assert.equal((await sensor.read()).length, 1);
  });

  it('can be released while it reads, and read again afterwards', async () => {
    library.set(instancesOf('energy-meter-intel.tsv'));
    await sensor.probe();
    const reading = sensor.read();
    sensor.release();
    assert.equal((await reading).length, 1);
    assert.equal((await sensor.read()).length, 1);
  });

  it('is not there where Windows has no such counters', async () => {
    library.fail({ noCounterSet: true });
    const probe = await sensor.probe();
    assert.equal(probe.state, 'absent');
    assert.match(probe.message, /0xC0000BB8/);
    library.fail({});
    assert.equal((await sensor.probe()).state, 'absent'); // the set is there, but has no instances
  });

  it('says how to get the right where this user has none', async () => {
    library.fail({ collect: 0xc0000bdb });
    library.set(instancesOf('energy-meter-intel.tsv'));
    const probe = await sensor.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /S-1-5-32-558/);
  });

  it('says which rails there are where it knows none of them', async () => {
    library.set(instancesOf('energy-meter-qualcomm.tsv'));
    const probe = await sensor.probe();
    assert.equal(probe.state, 'absent');
    assert.match(probe.message, /CPU_CLUSTER_0, .*PSU_USB/);
  });

  it('says that the library is missing', async () => {
    const probe = await new EnergyMeterSensor(CONTEXT, '/nowhere/pdh.dll').probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /cannot be read \(.*shared.*\)\.$/);
  });

  it('loads nothing on another system', async () => {
    const elsewhere = new EnergyMeterSensor({ ...CONTEXT, platform: 'darwin' }, '/nowhere/pdh.dll');
    assert.equal((await elsewhere.probe()).message, 'Only on Windows.');
    assert.deepEqual(await elsewhere.read(), []);
  });
});
