import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { firstOutput } from '../../hardware/driverProcess.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { ensurePython } from '../../setup/python.ts';
import type { RunJson } from '../../../src/core/reports/runJson.ts';
import { allSensors } from '../../../src/core/sensors/index.ts';
import { sensorRoots } from '../../../src/core/sensors/probing.ts';

const CLI = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.mjs');
const TERMINAL = path.join(import.meta.dirname, 'terminal.py');

const TRAINING = `
for epoch in (1, 2, 3):
    sum(range(2000000))
    print(f"Epoch {epoch}/3 - loss: 0.5", flush=True)
`;

describe('training-footprint', function () {
  this.timeout(180_000);
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(() => {
    ensurePython();
    folder = tempFolder('cli');
    env = { ...process.env, TRAINING_FOOTPRINT_DATA: folder };
  });

  after(() => removeFolder(folder));

  function call(...args: readonly string[]) {
    return spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  }

  it('runs a training and writes what it used', () => {
    const file = path.join(folder, 'run.json');
    const { status, stdout, stderr } = call(
      'run',
      '--json',
      file,
      '--country',
      'DK',
      '--',
      'python3',
      '-c',
      TRAINING,
    );
    assert.equal(status, 0);
    assert.equal(stdout.split('\n')[0], 'Epoch 1/3 - loss: 0.5');
    assert.match(stderr, /Training Footprint: .*Wh ±\d+ %, .*CO2e, finished/);
    const run = JSON.parse(readFileSync(file, 'utf8')) as RunJson;
    assert(run.energyJoules > 0 && run.energyJoules <= (run.machineEnergyJoules ?? 0));
    assert(run.emissionsGrams > 0 && run.durationSeconds > 0 && run.components.length > 0);
    assert.deepEqual([run.exitCode, run.epochsCompleted, run.totalEpochs], [0, 3, 3]);
    assert.equal(run.carbonIntensity.place, 'Denmark');
    assert.equal(run.idlePower, 'proportional');
    assert((run.uncertainty ?? 0) > 0);
  });

  it('lists and reports it', () => {
    const { runs } = JSON.parse(call('history', '--json').stdout) as { runs: RunJson[] };
    assert.equal(runs.length, 1);
    assert.match(call('history').stdout, /finished/);
    assert.match(call('report', 'last').stdout, /## Energy by component/);
    const report = JSON.parse(call('report', runs[0]?.id.slice(0, 8) ?? '', '--json').stdout) as RunJson;
    assert.equal(report.id, runs[0]?.id);
  });

  it('tells about sensors', () => {
    const { sensors } = JSON.parse(call('sensors', '--json').stdout) as {
      sensors: { id: string; state: string; inUse: string[] }[];
    };
    assert.deepEqual(
      sensors.map(({ id }) => id),
      allSensors(sensorRoots({})).map(({ id }) => id),
    );
    assert(sensors.some(({ inUse }) => inUse.includes('cpu')));
    assert.match(call('sensors').stdout, /Estimate from load/);
  });

  it('takes from the environment what is said of the hardware, and from a flag what becomes of idle power', () => {
    const said = { TRAINING_FOOTPRINT_CPU_FULL_WATTS: '123', TRAINING_FOOTPRINT_SYSFS_ROOT: folder };
    const file = path.join(folder, 'idle.json');
    const args = ['run', '--idle-power', 'none', '--json', file, '--', 'true'];
    const { status } = spawnSync(process.execPath, [CLI, ...args], { env: { ...env, ...said } });
    assert.equal(status, 0);
    const run = JSON.parse(readFileSync(file, 'utf8')) as RunJson;
    assert.equal(run.idlePower, 'none');
    assert.match(run.assumptions.join('\n'), /123 W at full load \(your setting\)/);
    for (const command of [['sensors'], ['run', '--', 'true']]) {
      const wrong = { ...env, TRAINING_FOOTPRINT_CPU_FULL_WATTS: 'many' };
      const { status, stderr } = spawnSync(process.execPath, [CLI, ...command], {
        env: wrong,
        encoding: 'utf8',
      });
      assert.equal(status, 2);
      assert.match(stderr, /TRAINING_FOOTPRINT_CPU_FULL_WATTS: The processor’s full power must be a number/);
    }
  });

  it('mirrors exit codes and signals', () => {
    assert.equal(call('run', '--', 'sh', '-c', 'exit 7').status, 7);
    assert.equal(call('run', '--', 'sh', '-c', 'kill -9 $$').status, 137);
  });

  it('says what is wrong, with a shell’s exit codes', () => {
    const missing = call('run', '--', 'no-such-trainer');
    assert.equal(missing.status, 127);
    assert.match(missing.stderr, /no program “no-such-trainer”/);
    assert.equal(call('run', '--', path.join(import.meta.dirname, 'cli.test.ts')).status, 126);
    for (const wrong of [
      ['run'],
      ['fly'],
      ['run', '--epochs', 'many', '--', 'true'],
      ['run', '--country', 'Atlantis', '--', 'true'],
      ['run', '--idle-power', 'some', '--', 'true'],
    ]) {
      assert.equal(call(...wrong).status, 2, wrong.join(' '));
    }
    assert.equal(
      call('run', '--json', '/no/such/folder/x.json', '--', 'touch', path.join(folder, 'ran')).status,
      1,
    );
    assert.equal(existsSync(path.join(folder, 'ran')), false);
  });

  it('passes SIGTERM and SIGINT on, once', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const count = 'import signal, sys, time\nseen = []\n';
      const handle = `signal.signal(signal.${signal}, lambda *_: seen.append(1))\nprint("ready", flush=True)\n`;
      const wait =
        'end = time.time() + 1.5\nwhile time.time() < end: time.sleep(0.05)\nsys.exit(40 + len(seen))';
      const child = spawn(process.execPath, [CLI, 'run', '--', 'python3', '-c', count + handle + wait], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await firstOutput(child);
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 41, signal);
    }
  });

  it('keeps the terminal: size, keys, Ctrl-C once, exit code', () => {
    const { status, stdout, stderr } = spawnSync('python3', [TERMINAL, process.execPath, CLI], {
      env,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout + stderr);
  });
});
