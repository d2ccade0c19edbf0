import assert from 'node:assert/strict';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { allSensors } from '../../../src/core/sensors/index.ts';
import { probeSensors } from '../../../src/core/sensors/probing.ts';
import { speak } from '../../../src/language.ts';
import { Programs } from '../../hardware/programs.ts';

const FOREIGN = ['energy-meter', 'ioreport', 'powermetrics', 'apple-battery', 'windows-battery'];

describe('Sensors of other systems', () => {
  let programs: Programs;

  beforeEach(() => (programs = new Programs()));
  afterEach(() => {
    speak('en', {});
    programs.remove();
  });

  it('have names of their own, and the estimate comes last', () => {
    const ids = allSensors({ sysfs: '/sys', procfs: '/proc' }).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.at(-1), 'estimate');
    for (const id of FOREIGN) assert(ids.includes(id), id);
  });

  it('are named, and say why they cannot, in the language that is spoken', async () => {
    speak('de', german);
    const { environment } = programs;
    const sensors = allSensors({ sysfs: '/nowhere', procfs: '/proc', environment, platform: 'linux' });
    const probed = await probeSensors(sensors.filter(({ id }) => id === 'apple-battery'));
    assert.deepEqual(
      probed.map(({ sensor, probe }) => [sensor.title, probe.message]),
      [['Akku des MacBooks', 'Nur unter macOS.']],
    );
  });

  for (const [platform, expected] of [
    ['linux', ['Windows', 'macOS', 'macOS', 'macOS', 'Windows']],
    ['win32', [null, 'macOS', 'macOS', 'macOS', null]],
    ['darwin', ['Windows', null, null, null, 'Windows']],
  ] as const) {
    it(`say so at once where they are not at home (${platform}), and the others say why they cannot`, async () => {
      const { environment } = programs;
      const sensors = allSensors({ sysfs: '/nowhere', procfs: '/proc', environment, platform });
      const probed = await probeSensors(sensors.filter(({ id }) => FOREIGN.includes(id)));
      probed.forEach(({ probe }, index) => {
        const system = expected[index];
        if (system) assert.equal(probe.message, `Only on ${system}.`);
        else assert.doesNotMatch(probe.message, /Only on/);
        assert.notEqual(probe.state, 'ready'); // this is neither a Mac nor Windows
      });
    });
  }
});
