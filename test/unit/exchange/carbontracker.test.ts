import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { epochUses } from '../../../src/core/runs/epochUse.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { fixture, FIXTURES, readRuns } from './fixtures.ts';

const LOGS = path.join(FIXTURES, 'carbontracker');

interface Parsed {
  readonly actual: Figures | null;
  readonly predicted: Figures | null;
  readonly early_stop: boolean;
}

interface Figures {
  readonly 'duration (s)': number;
  readonly 'energy (kWh)': number;
  readonly 'co2eq (g)': number;
}

/** What Carbontracker's own parser finds. */
const PARSED = JSON.parse(fixture('carbontracker', 'parsed.json')) as Readonly<Record<string, Parsed>>;

async function oneRun(...names: readonly string[]): Promise<RunSnapshot> {
  const { runs, skipped } = await readRuns(path.join(LOGS, ...names));
  assert.deepEqual([runs.length, skipped], [1, []], names.join('/'));
  return runs[0] ?? assert.fail();
}

/** Joules that the components have together. */
function sumOf({ components }: RunSnapshot): number {
  return components.reduce((sum, { energyJoules }) => sum + energyJoules, 0);
}

describe('Importing logs of Carbontracker', () => {
  it('gives the totals that its own parser gives, to the last printed digit', async () => {
    const known = Object.entries(PARSED).filter(([, { actual }]) => actual !== null);
    assert(known.length >= 20);
    for (const [file, { actual, early_stop }] of known) {
      const { runs } = await readRuns(path.join(LOGS, file));
      const ofFile = runs.map((run) => ({
        kwh: (run.energyJoules / 3.6e6).toFixed(12),
        grams: run.emissionsGrams.toFixed(12),
        seconds: run.durationSeconds,
        isStopped: run.state === 'stopped',
      }));
      // a log that holds another tracker's total besides tells its own first
      assert.deepEqual(
        ofFile[0],
        {
          kwh: actual?.['energy (kWh)'].toFixed(12),
          grams: actual?.['co2eq (g)'].toFixed(12),
          seconds: actual?.['duration (s)'],
          isStopped: early_stop,
        },
        file,
      );
    }
  });

  it('gives back the digits that are printed', async () => {
    for (const [file, { actual }] of Object.entries(PARSED)) {
      if (!actual) continue;
      const text = /Actual consumption[\s\S]*?Energy:\s+(\S+) kWh\s+CO2eq:\s+(\S+) g/.exec(
        fixture('carbontracker', file),
      );
      const [, kwh = '', grams = ''] = text ?? [];
      const digits = kwh.split('.')[1]?.length ?? 0;
      const [run] = (await readRuns(path.join(LOGS, file))).runs;
      assert.equal(((run?.energyJoules ?? NaN) / 3.6e6).toFixed(digits), kwh, file);
      assert.equal(run?.emissionsGrams.toFixed(digits), grams, file);
    }
  });

  it('knows epochs, devices, place, version and what was measured, where the logs say so', async () => {
    const run = await oneRun('1.1.7', 'gpus');
    assert.deepEqual([run.label, run.origin, run.state], ['resnet_50', 'carbontracker', 'finished']);
    assert.deepEqual([run.progress.epochsCompleted, run.progress.totalEpochs], [3, 3]);
    assert.deepEqual(
      run.components.map(({ component, device, quality }) => [component, device, quality]),
      [
        ['gpu', 'NVIDIA H100 80GB HBM3, NVIDIA H100 80GB HBM3', 'unknown'],
        ['cpu', 'cpu:0', 'measured'],
      ],
    );
    assert(Math.abs(sumOf(run) / run.energyJoules - 1) < 0.01);
    assert.equal(run.howKnown, 'unknown');
    assert.deepEqual(
      [run.machineEnergyJoules, run.uncertainty, run.exitCode, run.command, run.cwd],
      [null, null, null, '', ''],
    );
    assert.equal(run.carbon.intensity.place, 'place unknown');
    assert.equal(Math.round(run.carbon.intensity.gramsPerKwh), 475);
    assert.equal(run.carbon.pueSource, 'Carbontracker 1.1.7’s: 1.55, already in its energy');
    assert.match(run.notes[0] ?? '', /^Imported from Carbontracker 1\.1\.7\.$/);
  });

  it('takes counters for measured, rated power for estimated, and a graphics card for neither', async () => {
    const howKnown = async (...names: string[]) => (await oneRun(...names)).howKnown;
    assert.equal(await howKnown('2.4.7', 'plain'), 'measured');
    assert.equal(await howKnown('2.4.7', 'rated'), 'estimated');
    assert.equal(await howKnown('2.2.0', 'rated'), 'estimated');
    assert.equal(await howKnown('2.4.7', 'gpus'), 'unknown');
    assert.equal(await howKnown('2.4.7', 'simulated'), 'unknown');
  });

  it('knows what each epoch used, which adds up to the total', async () => {
    for (const version of ['1.1.7', '2.0.0', '2.4.7']) {
      const run = await oneRun(version, 'gpus');
      const uses = epochUses(run) ?? assert.fail();
      assert.deepEqual(
        uses.map(({ from, to }) => [from, to]),
        [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
      );
      const last = uses.at(-1) ?? assert.fail();
      assert(Math.abs(last.energySoFarJoules / run.energyJoules - 1) < 0.01, version);
      assert(Math.abs(last.gramsSoFar / run.emissionsGrams - 1) < 0.01, version);
      for (const { durationSeconds } of uses) assert(durationSeconds > 2.5 && durationSeconds < 3);
    }
    assert.equal((await oneRun('1.0.7', 'plain')).epochs, undefined);
  });

  it('leaves out components that do not make up the total', async () => {
    // 1.0 wrote durations in whole seconds, rounded down
    assert.deepEqual((await oneRun('1.0.7', 'plain')).components, []);
  });

  it('counts what was monitored, and notes what was predicted', async () => {
    for (const version of ['1.0.7', '2.4.7']) {
      const run = await oneRun(version, 'partly-monitored');
      assert.deepEqual([run.progress.epochsCompleted, run.progress.totalEpochs], [2, 10]);
      assert(run.notes.some((note) => /^It predicted .*Wh and .* CO2e for 10 epochs\.$/.test(note)));
    }
    const first = await oneRun('1.0.4', 'plain');
    assert.deepEqual([first.progress.epochsCompleted, first.progress.totalEpochs], [1, 3]);
    assert.equal((first.energyJoules / 3.6e6).toFixed(4), /Energy: (\S+) kWh/.exec(early())?.[1]);
  });

  function early(): string {
    return fixture('carbontracker', '1.0.4', 'plain', '2026-11-25T00.46Z_carbontracker_output.log');
  }

  it('knows no epochs of a command, and none beyond those that a stopped one finished', async () => {
    const command = await oneRun('2.4.7', 'command');
    assert.deepEqual([command.progress.epoch, command.state], [null, 'finished']);
    for (const version of ['1.1.0', '1.1.7', '1.2.5', '2.4.7']) {
      const stopped = await oneRun(version, 'stopped');
      assert.deepEqual([stopped.progress.epochsCompleted, stopped.progress.totalEpochs], [2, 5], version);
      assert.equal(stopped.state, 'stopped');
    }
  });

  it('finds each run once where one process had two, whose logs hold each other’s totals', async () => {
    for (const version of ['1.1.0', '1.1.7', '2.4.7']) {
      const { runs, skipped } = await readRuns(path.join(LOGS, version, 'two-in-one'));
      assert.deepEqual([runs.length, skipped], [2, []], version);
    }
  });

  it('makes no run of a training that was killed, and says so', async () => {
    for (const version of ['1.2.5', '2.4.7']) {
      const { runs, skipped } = await readRuns(path.join(LOGS, version, 'killed'));
      assert.deepEqual([runs.length, skipped.length], [0, 1]);
      assert.match(skipped[0]?.reason ?? '', /the training did not come to its end/);
    }
  });

  it('reads a folder of all versions, in any zone the same times', async () => {
    const { runs, skipped } = await readRuns(LOGS);
    const logs = Object.keys(PARSED).filter((file) => !/killed|two-in-one/.test(file));
    assert.equal(runs.length, logs.length + 6);
    assert.equal(skipped.length, 2);
    for (const run of runs) {
      assert.equal(new Date(run.startedAtMillis).getDate(), 25);
      assert(run.startedAtMillis + run.durationSeconds * 1000 <= (run.endedAtMillis ?? 0) + 1000);
    }
  });

  describe('in a folder of their own', () => {
    let folder: string;

    beforeEach(() => (folder = tempFolder('carbontracker')));
    afterEach(() => removeFolder(folder));

    function copy(version: string, scenario: string, rename: (name: string) => string = (name) => name) {
      const from = path.join(LOGS, version, scenario);
      const names = readdirSync(from).sort();
      for (const name of names) copyFileSync(path.join(from, name), path.join(folder, rename(name)));
      return names.map((name) => path.join(folder, rename(name)));
    }

    it('are one run by either of the two, and by both', async () => {
      const [standard = '', output = ''] = copy('2.4.7', 'plain');
      const [a, b, both] = [
        await readRuns(standard),
        await readRuns(output),
        await readRuns(standard, output, folder),
      ];
      assert.deepEqual(a.runs, b.runs);
      assert.deepEqual(both.runs, b.runs);
    });

    it('are the same run under other names', async () => {
      copy('1.0.7', 'plain', (name) => `mnist_1_${name.replace('.46Z', ':46Z')}`);
      const { runs } = await readRuns(folder);
      assert.equal(runs[0]?.id, (await oneRun('1.0.7', 'plain')).id);
      assert.equal(runs[0]?.label, 'mnist');
    });

    it('tell the total alone where the standard log is missing, and nothing where the other one is', async () => {
      const [standard = '', output = ''] = copy('2.4.7', 'gpus');
      mkdirSync(path.join(folder, 'alone'));
      const alone = path.join(folder, 'alone', path.basename(output));
      copyFileSync(output, alone);
      const [run] = (await readRuns(alone)).runs;
      assert.deepEqual([run?.components, run?.howKnown, run?.state], [[], 'unknown', 'finished']);
      assert.equal(run?.energyJoules, (await readRuns(output)).runs[0]?.energyJoules);
      const lonely = path.join(folder, 'lonely_carbontracker.log');
      copyFileSync(standard, lonely);
      const { runs, skipped } = await readRuns(lonely);
      assert.equal(runs.length, 0);
      assert.match(skipped[0]?.reason ?? '', /no log beside it that ends in _output\.log/);
    });

    it('are refused where a figure is none', async () => {
      const text = (energy: string, grams = '1.0', time = '0:00:05') =>
        `2026-11-25 00:47:58 - CarbonTracker: \nActual consumption for 1 epoch(s):\n\tTime:\t${time}\n\tEnergy:\t${energy} kWh\n\tCO2eq:\t${grams} g\n`;
      const cases: [string, string][] = [
        [text('nan'), 'its energy “nan” is no figure of 0 or more'],
        [text('-0.1'), 'its energy “-0.1” is no figure of 0 or more'],
        [text('0.000000'), 'its energy is 0'],
        [text('1.0', 'nan'), 'its CO2eq “nan” is no figure of 0 or more'],
        [text('1.0', '1.0', '-0:00:05'), 'its time “-0:00:05” is no figure of 0 or more'],
        ['2026-11-25 00:47:58 - CarbonTracker: \nActual consumption:\n', 'it has no time'],
        ['nothing of the kind', 'there is no line of Carbontracker’s in it'],
      ];
      for (const [content, reason] of cases) {
        writeFileSync(path.join(folder, 'x_carbontracker_output.log'), content);
        const { runs, skipped } = await readRuns(folder);
        assert.deepEqual([runs, skipped.map((each) => each.reason)], [[], [reason]]);
      }
      writeFileSync(path.join(folder, 'x_carbontracker_output.log'), text('1.0', '2.0', '1 day, 2:03:04'));
      assert.equal((await readRuns(folder)).runs[0]?.durationSeconds, 93_784);
    });
  });
});
