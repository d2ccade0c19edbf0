import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import german from '../../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { Meter } from '../../../../src/core/metering/meter.ts';
import { PowermetricsSensor } from '../../../../src/core/sensors/apple/powermetrics.ts';
import type { PowerReading } from '../../../../src/core/sensors/sensor.ts';
import { speak } from '../../../../src/language.ts';
import { Programs } from '../../../hardware/programs.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { fixture } from './channels.ts';

const NEEDS_ROOT = 'echo "powermetrics must be invoked as the superuser" >&2; exit 1';

describe('powermetrics sensor', () => {
  let programs: Programs;
  let sensor: PowermetricsSensor;

  function build({ isRoot = true, platform = 'darwin' as NodeJS.Platform } = {}): PowermetricsSensor {
    const { environment } = programs;
    sensor = new PowermetricsSensor({ sysfs: '/sys', procfs: '/proc', environment, platform }, isRoot);
    return sensor;
  }

  /** A powermetrics that insists on its arguments and then does that. */
  function install(script: string): void {
    const isRight = '[ "$*" = "--samplers cpu_power,gpu_power -i 1000" ]';
    programs.add('powermetrics', `${isRight} || { echo "bad arguments: $*" >&2; exit 64; }\n${script}`);
  }

  function print(name: string): string {
    return `cat <<'END'\n${fixture(name)}\nEND`;
  }

  async function readUntil(isEnough: (readings: readonly PowerReading[]) => boolean) {
    const all: PowerReading[] = [];
    while (!isEnough(all)) {
      all.push(...(await sensor.read()));
      await sleep(5);
    }
    return all;
  }

  beforeEach(() => (programs = new Programs()));

  afterEach(() => {
    speak('en', {});
    sensor.release();
    programs.remove();
  });

  it('reads an Apple chip', async () => {
    install(`${print('powermetrics-apple-silicon.txt')}; exec sleep 60`);
    const probe = await build().probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['cpu', 'gpu', 'dram']);
    assert.match(probe.message, /Apple GPU, Apple Neural Engine/);
  });

  it('promises no GPU on a Mac with a processor by Intel', async () => {
    install(`${print('powermetrics-intel.txt')}; exec sleep 60`);
    assert.deepEqual((await build().probe()).components, ['cpu']);
    assert.deepEqual(
      (await sensor.read()).map(({ channel, powerWatts }) => [channel, powerWatts]),
      [['powermetrics/cpu package-0', 48.61]],
    );
  });

  it('brings the true joules through a real process', async () => {
    const sample = [
      '*** Sampled system activity (now) (20.1ms elapsed) ***',
      'CPU Power: 5000 mW',
      'GPU Power: 2500 mW',
      'Combined Power (CPU + GPU + ANE): 7500 mW',
    ].join('\n');
    install(`while :; do echo "${sample}"; sleep 0.02; done`);
    await build().probe();
    const meter = new Meter();
    const readings = await readUntil((all) => new Set(all.map(({ timeSeconds }) => timeSeconds)).size >= 10);
    const interval = meter.add(readings);
    assert(interval);
    assertClose(sumJoules([interval]), 7.5 * (interval.endSeconds - interval.startSeconds), 1e-6);
  });

  it('gives the last sample again while the next has not come, so that it does not count as silent', async () => {
    install(`${print('powermetrics-intel.txt')}; exec sleep 60`);
    await build().probe();
    const first = await sensor.read();
    assert.deepEqual(await sensor.read(), first);
  });

  it('says how to get the right, and what it opens, where it may not run', async () => {
    install(NEEDS_ROOT);
    programs.add('sudo', 'echo "sudo: a password is required" >&2; exit 1');
    const probe = await build({ isRoot: false }).probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /visudo/);
    const rule = 'NOPASSWD: /usr/bin/powermetrics --samplers cpu_power\\,gpu_power -i 1000\n';
    assert(probe.fix?.includes(rule), probe.fix ?? '');
    assert.match(probe.fix ?? '', /opens nothing else/);
  });

  it('says so where there is no sudo, too, in the language that is spoken', async () => {
    install(NEEDS_ROOT);
    speak('de', german);
    const environment = { PATH: programs.folder };
    sensor = new PowermetricsSensor(
      { sysfs: '/sys', procfs: '/proc', environment, platform: 'darwin' },
      false,
    );
    const probe = await sensor.probe();
    assert.equal(probe.message, 'powermetrics ist da, aber dieser Benutzer darf es nicht ausführen.');
    assert.match(probe.fix ?? '', /visudo/);
  });

  it('runs by a sudo that asks for no password', async () => {
    install(`[ "$BY_SUDO" ] || { ${NEEDS_ROOT}; }\n${print('powermetrics-intel.txt')}; exec sleep 60`);
    programs.add('sudo', '[ "$1" = -n ] && shift && BY_SUDO=1 exec "$@"');
    assert.equal((await build({ isRoot: false }).probe()).state, 'ready');
  });

  it('says why it tells nothing where it is not for want of rights', async () => {
    install('echo "unrecognized sampler: gpu_power" >&2; exit 64');
    const probe = await build().probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /unrecognized sampler/);
    assert.equal(probe.fix, null);
  });

  it('starts it again when it dies', async () => {
    install(`${print('powermetrics-intel.txt')}; sleep 0.01`);
    await build().probe();
    const readings = await readUntil((all) => new Set(all.map(({ timeSeconds }) => timeSeconds)).size >= 2);
    assert(readings.every(({ powerWatts }) => powerWatts === 48.61));
  });

  it('leaves nothing running when it is released', async () => {
    install(`echo $$ > "${programs.folder}/pid"; ${print('powermetrics-intel.txt')}; exec sleep 60`);
    await build().probe();

    const pid = Number(readFileSync(`${programs.folder}/pid`, 'utf8'));
    assert(isAlive(pid));
    sensor.release();
    while (isAlive(pid)) await sleep(5);
  });

  it('is not there where it is not installed, and starts nothing on another system', async () => {
    assert.match((await build().probe()).message, /not installed/);
    install(`touch "${programs.folder}/started"; exec sleep 60`);
    assert.equal((await build({ platform: 'linux' }).probe()).message, 'Only on macOS.');
    assert.deepEqual(await sensor.read(), []);

    assert.equal(existsSync(`${programs.folder}/started`), false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
