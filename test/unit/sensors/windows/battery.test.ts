import assert from 'node:assert/strict';
import { WindowsBatterySensor } from '../../../../src/core/sensors/windows/battery.ts';
import { WindowsLibrary } from './windowsLibrary.ts';

const CONTEXT = { sysfs: '/sys', procfs: '/proc', platform: 'win32' } as const;

describe('Battery of a laptop with Windows', () => {
  let library: WindowsLibrary;
  let sensor: WindowsBatterySensor;

  before(() => (library = new WindowsLibrary()));
  after(() => library.remove());
  beforeEach(() => (sensor = new WindowsBatterySensor(CONTEXT, library.file)));
  afterEach(() => sensor.release());

  for (const milliwatts of [-24_600, 24_600]) {
    it(`reads the power of the whole machine while it runs on its battery (${milliwatts} mW)`, async () => {
      library.setBattery({ milliwatts });
      const probe = await sensor.probe();
      assert.equal(probe.state, 'ready');
      assert.deepEqual(probe.components, ['machine']);
      assert.deepEqual(
        (await sensor.read()).map(({ powerWatts }) => powerWatts),
        [24.6],
      );
    });
  }

  for (const state of [{ isOnMains: true }, { isCharging: true }]) {
    it(`tells nothing while it is plugged in, and says what to do (${Object.keys(state).join()})`, async () => {
      library.setBattery({ ...state, milliwatts: 30_000 });
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.fix ?? '', /unplug/);
      assert.deepEqual(await sensor.read(), []);
    });
  }

  for (const milliwatts of [0, -(2 ** 31)]) {
    it(`invents no power where the battery tells none (${milliwatts})`, async () => {
      library.setBattery({ milliwatts });
      assert.equal((await sensor.probe()).state, 'refused');
      assert.deepEqual(await sensor.read(), []);
    });
  }

  it('tells nothing while the battery tells an old figure on and on', async () => {
    sensor = new WindowsBatterySensor(CONTEXT, library.file, 0);
    library.setBattery({ milliwatts: -24_600 });
    assert.equal((await sensor.read()).length, 1);
    assert.equal((await sensor.read()).length, 0);
    library.setBattery({ milliwatts: -24_700 });
    assert.equal((await sensor.read()).length, 1);
  });

  it('is not there on a machine without a battery, nor on another system', async () => {
    library.setBattery({ isThere: false });
    assert.equal((await sensor.probe()).state, 'absent');
    const elsewhere = new WindowsBatterySensor({ ...CONTEXT, platform: 'linux' }, '/nowhere/powrprof.dll');
    assert.equal((await elsewhere.probe()).message, 'Only on Windows.');
  });

  it('says that it cannot be asked', async () => {
    library.setBattery({ status: -1073741637 });
    assert.match((await sensor.probe()).message, /CallNtPowerInformation gave -1073741637/);
    const probe = await new WindowsBatterySensor(CONTEXT, '/nowhere/powrprof.dll').probe();
    assert.equal(probe.state, 'refused');
  });
});
