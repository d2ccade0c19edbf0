import assert from 'node:assert/strict';
import { EpochRecorder, type EpochRecord } from '../../../src/core/runs/epochs.ts';
import { epochUses } from '../../../src/core/runs/epochUse.ts';
import { snapshot } from './snapshots.ts';

const moment = (seconds: number) => ({ activeSeconds: seconds, atSeconds: seconds });
/** A machine of 10 W. */
const used = (seconds: number) => ({ energyJoules: 10 * seconds, activeSeconds: seconds });

function recorded(epochs: number, secondsEach = 2): EpochRecord {
  const recorder = new EpochRecorder();
  recorder.see('epoch', 0, null, moment(1));
  for (let epoch = 1; epoch <= epochs; epoch++) {
    recorder.see('epoch', epoch, { loss: 1 / epoch }, moment(1 + epoch * secondsEach));
    recorder.sample(used(1 + epoch * secondsEach));
  }
  assert.ok(recorder.record);
  return recorder.record;
}

describe('Energy of each epoch', () => {
  it('is what was used from the first epoch’s beginning, and from one end to the next', () => {
    const { start, ends } = recorded(3);
    assert.equal(start.energyJoules, 10);
    assert.deepEqual(
      ends.map(({ done, energyJoules, metrics }) => [done, energyJoules, metrics?.loss]),
      [
        [1, 30, 1],
        [2, 50, 1 / 2],
        [3, 70, 1 / 3],
      ],
    );
  });

  it('is taken from the straight line between two samples', () => {
    const recorder = new EpochRecorder();
    recorder.sample(used(2));
    recorder.see('epoch', 1, null, moment(3));
    recorder.sample(used(6));
    assert.equal(recorder.record?.ends[0]?.energyJoules, 30);
  });

  it('stays small over thousands of epochs, and loses no joule', () => {
    const { start, ends } = recorded(10_000);
    assert.ok(ends.length <= 256, `${ends.length} ends`);
    assert.ok(ends.length > 100, `${ends.length} ends`);
    assert.equal(ends.at(-1)?.done, 10_000);
    assert.equal(ends.at(-1)?.energyJoules, 10 * (1 + 20_000));
    assert.equal(start.done, 0);
    const spans = ends.slice(1, -1).map((end, index) => end.done - (ends[index]?.done ?? 0));
    assert.ok(Math.max(...spans) <= 2 * Math.min(...spans), 'evenly spread');
  });

  it('is that of several where their ends came at once', () => {
    const recorder = new EpochRecorder();
    recorder.see('epoch', 4, null, moment(8));
    recorder.sample(used(8));
    assert.deepEqual(
      recorder.record?.ends.map(({ done, energyJoules }) => [done, energyJoules]),
      [[4, 80]],
    );
  });

  it('forgets an end that turned out to be none', () => {
    const recorder = new EpochRecorder();
    recorder.see('epoch', 1, null, moment(2));
    recorder.sample(used(2));
    recorder.see('epoch', 0, null, moment(3));
    recorder.see('epoch', 1, null, moment(4));
    recorder.sample(used(4));
    assert.deepEqual(
      recorder.record?.ends.map(({ energyJoules }) => energyJoules),
      [40],
    );
  });

  it('takes a metric that is told after the end', () => {
    const recorder = new EpochRecorder();
    recorder.see('epoch', 1, { loss: 0.5 }, moment(2));
    recorder.sample(used(2));
    recorder.see('epoch', 1, { loss: 0.5, val_acc: 0.9 }, moment(3));
    assert.deepEqual(recorder.record?.ends[0]?.metrics, { loss: 0.5, val_acc: 0.9 });
    assert.equal(recorder.record?.ends[0]?.energyJoules, 20);
  });

  it('goes on after the editor was reloaded', () => {
    const before = JSON.parse(JSON.stringify(recorded(3))) as EpochRecord;
    const recorder = new EpochRecorder(before, used(7));
    recorder.see('epoch', 4, null, moment(9));
    recorder.sample(used(9));
    assert.equal(recorder.record?.ends.at(-1)?.energyJoules, 90);
    assert.equal(recorder.record?.ends.length, 4);
  });

  it('is of epochs once the output shows that its steps are those of one', () => {
    const recorder = new EpochRecorder();
    recorder.see('step', 10, { loss: 1 }, moment(1));
    recorder.sample(used(1));
    recorder.see('epoch', 1, null, moment(2));
    recorder.see('step', 20, { loss: 1 }, moment(3));
    recorder.sample(used(3));
    assert.equal(recorder.record?.unit, 'epoch');
    assert.deepEqual(
      recorder.record?.ends.map(({ done }) => done),
      [1],
    );
  });
});

describe('Use of each epoch', () => {
  const startedAtMillis = Date.UTC(2026, 0, 1);
  const segment = { pue: 1, source: 'grid', isFinal: true };
  const run = snapshot({
    startedAtMillis,
    energyJoules: 70,
    emissionsGrams: 7,
    epochs: recorded(3),
    intensitySegments: [
      {
        ...segment,
        fromMillis: startedAtMillis,
        toMillis: startedAtMillis + 3000,
        energyJoules: 30,
        gramsPerKwh: 100,
      },
      {
        ...{ ...segment, fromMillis: startedAtMillis + 3000, toMillis: startedAtMillis + 7000 },
        ...{ energyJoules: 40, gramsPerKwh: 400 },
      },
    ],
  });

  it('counts each epoch’s grams by the intensity of its time, and all together what the run emitted', () => {
    const uses = epochUses(run) ?? [];
    const gramsOf = (joules: number, gramsPerKwh: number) => (joules / 3.6e6) * gramsPerKwh;
    assert.deepEqual(
      uses.map(({ from, to, energyJoules, durationSeconds }) => [from, to, energyJoules, durationSeconds]),
      [
        [1, 1, 20, 2],
        [2, 2, 20, 2],
        [3, 3, 20, 2],
      ],
    );
    [gramsOf(20, 100), gramsOf(20, 400), gramsOf(20, 400)].forEach((grams, index) =>
      assert.ok(Math.abs((uses[index]?.emissionsGrams ?? 0) - grams) < 1e-9),
    );
    const all = gramsOf(30, 100) + gramsOf(40, 400);
    assert.ok(Math.abs((uses.at(-1)?.gramsSoFar ?? 0) - all) < 1e-9);
  });

  it('spreads the grams of a run that kept no intensities by energy', () => {
    const uses = epochUses({ ...run, intensitySegments: undefined } as unknown as typeof run) ?? [];
    assert.ok(Math.abs((uses[0]?.emissionsGrams ?? 0) - 2) < 1e-9);
    assert.ok(Math.abs((uses.at(-1)?.gramsSoFar ?? 0) - 7) < 1e-9);
  });

  it('is unknown for an older run', () => assert.equal(epochUses(snapshot()), null));
});
