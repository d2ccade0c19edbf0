import assert from 'node:assert/strict';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { runJson, runsJson } from '../../../src/core/reports/runJson.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { snapshot } from '../runs/snapshots.ts';
import { readRuns } from './fixtures.ts';

const SEGMENT = {
  fromMillis: Date.UTC(2026, 10, 23, 22, 15),
  toMillis: Date.UTC(2026, 10, 23, 23, 15),
  gramsPerKwh: 342.4,
  source: 'Energy-Charts, measured',
  isFinal: true,
  energyJoules: 36_000,
  pue: 1.2,
};

describe('Importing our own JSON', () => {
  let folder: string;

  before(() => (folder = tempFolder('own-json')));
  after(() => removeFolder(folder));

  function read(document: unknown) {
    const file = path.join(folder, 'runs.json');
    writeFileSync(file, JSON.stringify(document));
    return readRuns(file);
  }

  it('gives back what was exported, marked as imported', async () => {
    const run = snapshot({
      intensitySegments: [SEGMENT],
      marginal: { emissionsGrams: 7, segments: [] },
      idlePower: 'none',
      assumptions: ['The processor draws 65 W.'],
      notes: ['12:00:00 Paused.'],
      exitCode: -9,
      state: 'failed',
      tags: ['paper'],
      comment: 'table 2',
      environment: {
        git: { commit: 'c0ffee', branch: null, isDirty: null },
        python: { name: 'Python 3.12', version: null, executable: '/usr/bin/python3' },
        frameworks: [{ name: 'torch', version: '2.6.0' }],
        hardware: { cpu: null, threads: 8, memoryBytes: 16e9 },
      },
    });
    const { runs, skipped } = await read(runsJson([run]));
    assert.deepEqual(skipped, []);
    const back = runJson(runs[0] ?? assert.fail());
    const { origin, notes } = back;
    assert.deepEqual([origin, notes], ['import', [...run.notes, 'Imported from Training Footprint’s JSON.']]);
    assert.deepEqual(without(back), without(runJson(run)));
    assert.equal((await read(runJson(run))).runs.length, 1);
  });

  it('keeps what is unknown unknown, and whose file a run came from at first', async () => {
    const run = snapshot({
      ...{ origin: 'codecarbon', howKnown: 'unknown', uncertainty: null, machineEnergyJoules: null },
      ...{ exitCode: null, endedAtMillis: null, components: [] },
    });
    const { runs } = await read(runsJson([run]));
    assert.deepEqual(without(runJson(runs[0] ?? assert.fail())), without(runJson(run)));
    assert.equal(runs[0]?.origin, 'codecarbon');
  });

  it('says of each run that it skips which and why', async () => {
    const good = runJson(snapshot());
    const bad: unknown[] = [
      null,
      { ...good, id: '../../etc/passwd' },
      { ...good, energyJoules: -1 },
      { ...good, energyJoules: null },
      { ...good, startedAt: 'today' },
      { ...good, state: 'running' },
      { ...good, components: [{ ...good.components[0], component: 'psu' }] },
      { ...good, label: 'x'.repeat(20_000) },
      { ...good, pue: 0.5 },
      { ...good, epochsCompleted: 1.5 },
    ];
    const { runs, skipped } = await read({ ...runsJson([]), runs: [good, ...bad] });
    assert.equal(runs.length, 1);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      [
        'run 2 of 11: it is no object',
        'run 3 of 11: id is not as ids are',
        'run 4 of 11: energyJoules is no number of 0 or more',
        'run 5 of 11: energyJoules is no number of 0 or more',
        'run 6 of 11: startedAt is no time in UTC',
        'run 7 of 11: it was still running when it was exported',
        'run 8 of 11: components[0].component is none of cpu, dram, gpu, rest',
        'run 9 of 11: label is no text of at most 10000 characters',
        'run 10 of 11: pue is no number of 1 or more',
        'run 11 of 11: epochsCompleted is no whole number',
      ],
    );
  });

  it('refuses a version that it does not know', async () => {
    const { runs, skipped } = await read({ ...runsJson([snapshot()]), version: 2 });
    assert.deepEqual(runs, []);
    assert.match(skipped[0]?.reason ?? '', /version “2”, which this version cannot read; update/);
  });

  it('either takes or refuses a run of which any field is anything', async () => {
    const good: Record<string, unknown> = { ...runJson(snapshot({ intensitySegments: [SEGMENT] })) };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), async (name, value) => {
        const { runs, skipped } = await read({ ...runsJson([]), runs: [{ ...good, [name]: value }] });
        assert.equal(runs.length + skipped.length, 1);
        for (const run of runs) assertSound(run);
      }),
      { numRuns: 300 },
    );
  });
});

/** What an import changes on purpose is left out. */
function without(json: ReturnType<typeof runJson>) {
  return { ...json, origin: null, notes: null };
}

function assertSound(run: RunSnapshot): void {
  for (const figure of [run.energyJoules, run.emissionsGrams, run.durationSeconds, run.startedAtMillis])
    assert(Number.isFinite(figure));
  assert.doesNotThrow(() => JSON.stringify(runJson(run)));
}
