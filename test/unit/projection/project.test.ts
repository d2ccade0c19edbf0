import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MilestoneRecorder } from '../../../src/core/projection/milestones.ts';
import { project } from '../../../src/core/projection/project.ts';

/** A training whose epochs use the given joules and half as many seconds. */
function train(...epochJoules: readonly number[]) {
  const recorder = new MilestoneRecorder();
  let energyJoules = 0;
  epochJoules.forEach((joules, index) => {
    energyJoules += joules;
    recorder.record(index + 1, index + 1, energyJoules, energyJoules / 2);
  });
  return { recorder, now: { energyJoules, timeSeconds: energyJoules / 2 } };
}

/** Numbers that look like chance and are the same each time (a linear congruential generator). */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    yield state / 2 ** 32;
  }
}

describe('The projection', () => {
  it('waits for the first finished epoch', () => {
    const recorder = new MilestoneRecorder();
    recorder.record(0.9, 0, 90, 45);
    assert.equal(project(recorder.state(), { energyJoules: 90, timeSeconds: 45 }, 10), null);
  });

  it('is exact for equal epochs, within 20 % after the first', () => {
    const { recorder, now } = train(100);
    const first = project(recorder.state(), now, 10);
    assert.deepEqual(first?.totalEnergyJoules, { median: 1000, low: 820, high: 1180 });
    assert.deepEqual(first?.remainingSeconds.median, 450);
  });

  it('is not thrown off by a slow first epoch', () => {
    const { recorder, now } = train(300, 100, 100, 100, 100);
    const median = project(recorder.state(), now, 10)?.totalEnergyJoules.median ?? 0;
    assert(Math.abs(median - 1200) < 1, `${median}`);
  });

  it('goes on within an epoch', () => {
    const { recorder, now } = train(100, 100);
    recorder.record(2.5, 2, 260, 130);
    const later = { energyJoules: now.energyJoules + 60, timeSeconds: now.timeSeconds + 30 };
    assert.equal(project(recorder.state(), later, 10)?.totalEnergyJoules.median, 260 + 7.5 * 100);
  });

  it('never lies below what is used, nor below zero time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (joules) => {
          const { recorder, now } = train(...joules);
          const { totalEnergyJoules: total, remainingSeconds: left } = project(
            recorder.state(),
            now,
            joules.length + 3,
          )!;
          assert(total.low >= now.energyJoules && total.low <= total.median && total.median <= total.high);
          assert(left.low >= 0 && left.low <= left.median && left.median <= left.high);
        },
      ),
    );
  });

  it('does not grow while the output is unseen and the energy is as projected', () => {
    const { recorder } = train(100, 100);
    const now = { energyJoules: 700, timeSeconds: 350 };
    assert.equal(project(recorder.state(), now, 10, true)?.totalEnergyJoules.median, 1000);
  });

  it('holds the total in about 80 of 100 trainings', () => {
    const random = chance(7);
    const epoch = () =>
      100 * (0.8 + 0.4 * ((random.next().value + random.next().value + random.next().value) / 3));
    let held = 0;
    for (let count = 0; count < 400; count++) {
      const epochs = Array.from({ length: 20 }, epoch);
      const { recorder, now } = train(...epochs.slice(0, 6));
      const { low, high } = project(recorder.state(), now, 20)!.totalEnergyJoules;
      const truth = epochs.reduce((sum, joules) => sum + joules, 0);
      if (truth >= low && truth <= high) held += 1;
    }
    assert(held / 400 > 0.7 && held / 400 < 0.95, `${held} of 400`);
  });

  it('keeps a long training small', () => {
    const { recorder } = train(...Array.from({ length: 5000 }, () => 1));
    assert(recorder.state().ends.length <= 400);
    assert.equal(recorder.state().mark.epochs, 5000);
  });
});
