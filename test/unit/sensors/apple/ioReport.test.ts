import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Meter } from '../../../../src/core/metering/meter.ts';
import { IoReportSensor } from '../../../../src/core/sensors/apple/ioReport.ts';
import { AppleLibrary } from './appleLibrary.ts';
import { channelsOf } from './channels.ts';

const CONTEXT = { sysfs: '/sys', procfs: '/proc', platform: 'darwin' } as const;

describe('IOReport sensor', () => {
  let library: AppleLibrary;
  let sensor: IoReportSensor;

  before(() => (library = new AppleLibrary()));
  after(() => library.remove());

  beforeEach(() => {
    library.clear();
    sensor = new IoReportSensor(CONTEXT, library.files);
  });

  afterEach(async () => {
    sensor.release();
    while (library.liveObjects > 0) await turn(); // each test fails by its time limit where something leaks
    assert.equal(library.faults, 0);
  });

  it('reads processor, GPU, Neural Engine and memory through the libraries', async () => {
    library.set(channelsOf('ioreport-m1-ultra.tsv'));
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['cpu', 'gpu', 'dram']);
    const readings = await sensor.read();
    assert.deepEqual(
      readings.map(({ channel, energyJoules }) => [channel, Math.round(energyJoules * 1e6) / 1e6]),
      [
        ['ioreport/cpu package-0', 50],
        ['ioreport/gpu Apple GPU', 31.234568],
        ['ioreport/gpu Apple Neural Engine', 1.5],
        ['ioreport/dram package-0', 11],
      ],
    );
  });

  it('tells the true joules between two looks', async () => {
    library.set(channelsOf('ioreport-m4.tsv'));
    await sensor.probe();
    const meter = new Meter();
    meter.add(await sensor.read());
    library.set([
      { name: 'CPU Energy', unit: 'mJ', value: 9000 + 12_500 },
      { name: 'GPU Energy', unit: 'nJ', value: 4_123_456_789 + 7e9 },
    ]);
    const parts = meter.add(await sensor.read())?.parts ?? [];
    assert.deepEqual(
      parts.map(({ device, component, energyJoules }) => [
        component,
        device,
        Math.round(energyJoules * 1e6) / 1e6,
      ]),
      [
        ['cpu', 'package-0', 12.5],
        ['gpu', 'Apple GPU', 7],
        ['gpu', 'Apple Neural Engine', 0],
        ['dram', 'package-0', 0],
      ],
    );
  });

  it('holds nothing after a hundred reads but its subscription', async () => {
    library.set(channelsOf('ioreport-m4.tsv'));
    await sensor.probe();
    const before = library.liveObjects;
    for (let count = 0; count < 100; count++) await sensor.read();
    assert.equal(library.liveObjects, before);
  });

  it('can be released while it reads, and read again afterwards', async () => {
    library.set(channelsOf('ioreport-m4.tsv'));
    await sensor.probe();
    const reading = sensor.read();
    sensor.release();
    assert.equal((await reading).length, 4);
    assert.equal((await sensor.read()).length, 4);
  });

  it('is not there on a Mac without these counters', async () => {
    library.fail({ noGroup: true });
    assert.equal((await sensor.probe()).state, 'absent');
    library.fail({});
    library.set([{ name: 'PCIe Port 0 Energy', unit: 'uJ', value: 5 }]);
    assert.equal((await sensor.probe()).state, 'absent');
  });

  for (const fault of ['noSubscription', 'noSamples'] as const) {
    it(`says that it cannot read (${fault})`, async () => {
      library.fail({ [fault]: true });
      library.set(channelsOf('ioreport-m4.tsv'));
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, /cannot be read \(IOReport .*\)\./);
    });
  }

  it('tells nothing while no sample is given, and goes on when one is', async () => {
    library.set(channelsOf('ioreport-m4.tsv'));
    await sensor.probe();
    library.fail({ noSamples: true });
    assert.deepEqual(await sensor.read(), []);
    library.fail({});
    assert.equal((await sensor.read()).length, 4);
  });

  it('leaves the processor to another source while its counter is stuck', async () => {
    library.set(channelsOf('ioreport-m4.tsv'));
    sensor = new IoReportSensor(CONTEXT, library.files, 0);
    const components = async () => (await sensor.read()).map(({ component }) => component);
    assert.deepEqual(await components(), ['cpu', 'gpu', 'gpu', 'dram']);
    assert.deepEqual(await components(), ['gpu', 'gpu', 'dram']);
    library.set([{ name: 'CPU Energy', unit: 'mJ', value: 9001 }]);
    assert.deepEqual(await components(), ['cpu', 'gpu', 'gpu', 'dram']);
  });

  it('says that the libraries are missing', async () => {
    const missing = { ...library.files, ioReport: '/nowhere/libIOReport.dylib' };
    const probe = await new IoReportSensor(CONTEXT, missing).probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /^The energy counters cannot be read \(.*shared.*\)\.$/);
  });

  it('loads nothing on another system', async () => {
    const elsewhere = new IoReportSensor({ ...CONTEXT, platform: 'linux' }, library.files);
    assert.equal((await elsewhere.probe()).message, 'Only on macOS.');
    assert.equal(library.liveObjects, 0);
  });
});
