import assert from 'node:assert/strict';
import { AppleBatterySensor } from '../../../../src/core/sensors/apple/battery.ts';
import { AppleLibrary } from './appleLibrary.ts';

const CONTEXT = { sysfs: '/sys', procfs: '/proc', platform: 'darwin' } as const;

describe('Battery of a MacBook', () => {
  let library: AppleLibrary;
  let sensor: AppleBatterySensor;

  before(() => (library = new AppleLibrary()));
  after(() => library.remove());

  beforeEach(() => {
    library.clear();
    sensor = new AppleBatterySensor(CONTEXT, library.files);
  });

  afterEach(() => {
    sensor.release();
    assert.equal(library.liveObjects, 0);
    assert.equal(library.faults, 0);
  });

  it('reads the power of the whole machine while it runs on its battery', async () => {
    library.setBattery(false, -1500, 12_000);
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['machine']);
    assert.deepEqual(
      (await sensor.read()).map(({ powerWatts }) => powerWatts),
      [18],
    );
  });

  it('tells nothing while it is plugged in, and says what to do', async () => {
    library.setBattery(false, -1500, 12_000);
    await sensor.probe();
    library.setBattery(true, 1210, 12_501);
    assert.deepEqual(await sensor.read(), []);
    const probe = await sensor.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /unplug/);
  });

  for (const [what, milliamperes] of [
    ['no current', null],
    ['a current of 0', 0],
    ['that it is being charged while it is unplugged', 40],
  ] as const) {
    it(`invents no power where the battery tells ${what}`, async () => {
      library.setBattery(false, milliamperes, 12_000);
      assert.equal((await sensor.probe()).state, 'refused');
      assert.deepEqual(await sensor.read(), []);
    });
  }

  it('is not there on a Mac without a battery, nor on another system', async () => {
    assert.equal((await sensor.probe()).state, 'absent');
    assert.deepEqual(await sensor.read(), []);
    const elsewhere = new AppleBatterySensor({ ...CONTEXT, platform: 'win32' }, library.files);
    assert.equal((await elsewhere.probe()).message, 'Only on macOS.');
  });

  it('says that it cannot be asked', async () => {
    const missing = { ...library.files, ioKit: '/nowhere/IOKit' };
    const probe = await new AppleBatterySensor(CONTEXT, missing).probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /^The battery cannot be asked \(.*shared.*\)\.$/);
  });
});
