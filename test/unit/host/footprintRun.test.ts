import assert from 'node:assert/strict';
import { footprintRun } from '../../../src/host/api/footprintRun.ts';
import { snapshot } from '../runs/snapshots.ts';

const TOTAL = { median: 3, low: 2, high: 4 };

describe('A run as other extensions see it', () => {
  it('has the fields of version 1, no more and no less', () => {
    const run = footprintRun(snapshot());
    assert.deepEqual(Object.keys(run).sort(), [
      ...['assumptions', 'command', 'components', 'cwd', 'durationSeconds', 'emissions', 'endedAtMillis'],
      ...['energy', 'exitCode', 'id', 'isPaused', 'label', 'notes', 'origin', 'power', 'progress'],
      ...['project', 'projection', 'startedAtMillis', 'state'],
    ]);
    assert.deepEqual(Object.keys(run.progress).sort(), [
      ...['epoch', 'epochsCompleted', 'step', 'stepsOf', 'totalEpochs', 'totalSource', 'totalSteps'],
    ]);
  });

  it('tells with each figure how it is known', () => {
    const run = footprintRun(snapshot({ powerWatts: 12 }));
    assert.deepEqual(run.energy, {
      energyJoules: 36_000,
      machineEnergyJoules: 72_000,
      howKnown: 'measured',
      uncertainty: 0.05,
    });
    assert.deepEqual(run.components[0], {
      ...{ component: 'cpu', device: 'package-0', source: 'rapl', ...run.energy },
    });
    assert.deepEqual(run.power, { powerWatts: 12, howKnown: 'measured' });
    assert.deepEqual(run.emissions, {
      emissionsGrams: 4.1088,
      howKnown: 'estimated',
      intensityGramsPerKwh: 342.4,
      intensitySource: 'yearly average, by hand',
      place: 'Germany',
      isPlaceGuessed: false,
      pue: 1.2,
    });
  });

  it('is null where something is unknown, never zero', () => {
    const run = footprintRun(snapshot({ howKnown: 'unknown', uncertainty: 0, exitCode: null }));
    assert.deepEqual(
      [run.energy.uncertainty, run.power, run.projection, run.exitCode],
      [null, null, null, null],
    );
  });

  it('carries the projection with its intervals', () => {
    const projection = { totalEnergyJoules: TOTAL, remainingSeconds: TOTAL, basis: '3 epochs' };
    const run = footprintRun(snapshot({ projection, projectedEmissionsGrams: TOTAL }));
    assert.deepEqual(run.projection, {
      ...{ howKnown: 'projected', basis: '3 epochs' },
      ...{ totalEnergyJoules: TOTAL, totalEmissionsGrams: TOTAL, remainingSeconds: TOTAL },
    });
  });

  it('cannot be changed, and shares nothing with ours', () => {
    const ours = snapshot({ notes: ['one'] });
    const run = footprintRun(ours);
    const change = (what: object, key: string) => () => Object.assign(what, { [key]: 0 });
    for (const part of [run, run.energy, run.components, run.components[0], run.progress, run.notes])
      assert.throws(change(part ?? {}, '0'), TypeError);
    (ours.notes as string[]).push('two');
    assert.deepEqual(run.notes, ['one']);
    assert.equal(Object.isFrozen(ours.components[0]), false);
  });
});
