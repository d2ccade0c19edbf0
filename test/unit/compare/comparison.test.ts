import assert from 'node:assert/strict';
import { compare } from '../../../src/core/compare/comparison.ts';
import { curveOf, energyAt } from '../../../src/core/compare/curve.ts';
import type { RunSnapshot, SamplePoint } from '../../../src/core/runs/snapshot.ts';
import { point, snapshot } from '../runs/snapshots.ts';

/** A run at a steady power, with an epoch every ten seconds from the first second on. */
function steady(id: string, powerWatts: number, epochs: number): { run: RunSnapshot; points: SamplePoint[] } {
  const durationSeconds = 1 + 10 * epochs;
  const mark = (done: number, seconds: number) => ({
    ...{ done, energyJoules: powerWatts * seconds, activeSeconds: seconds, atSeconds: seconds },
  });
  const run = snapshot({
    ...{ id, label: id, durationSeconds, energyJoules: powerWatts * durationSeconds },
    emissionsGrams: powerWatts * durationSeconds * 1e-4,
    epochs: {
      unit: 'epoch',
      start: mark(0, 1),
      ends: Array.from({ length: epochs }, (_, index) => mark(index + 1, 1 + 10 * (index + 1))),
    },
  });
  const points = Array.from({ length: durationSeconds }, (_, second) => point(second, powerWatts));
  return { run, points };
}

const a = steady('a', 10, 4);
const b = steady('b', 5, 6);
const points = ({ id }: RunSnapshot) => (id === 'a' ? a.points : b.points);

function close(actual: number | null | undefined, expected: number): void {
  const error = Math.abs((actual ?? NaN) - expected);
  assert.ok(error < 1e-9 * Math.max(1, Math.abs(expected)), `${actual}`);
}

describe('Compared runs', () => {
  it('differ by their energy, grams and duration from the first', () => {
    const [first, second] = compare([a.run, b.run], points, 'epoch').runs;
    assert.equal(first?.energyJoules.difference, null);
    assert.deepEqual([first?.energyJoules.value, second?.energyJoules.value], [410, 305]);
    close(second?.energyJoules.difference, 305 / 410 - 1);
    close(second?.emissionsGrams.difference, 305 / 410 - 1);
    close(second?.durationSeconds.difference, 61 / 41 - 1);
  });

  it('have means per epoch, without what came before the first', () => {
    const [first, second] = compare([a.run, b.run], points, 'epoch').runs;
    close(first?.energyPerEpochJoules?.value, 100);
    close(second?.energyPerEpochJoules?.value, 50);
    close(second?.energyPerEpochJoules?.difference, -0.5);
    close(second?.secondsPerEpoch?.difference, 0);
    close(first?.gramsPerEpoch?.value, 100e-4);
  });

  it('stand at the last epoch, or the last second, that all of them have', () => {
    const byEpoch = compare([a.run, b.run], points, 'epoch');
    assert.equal(byEpoch.commonEnd, 4);
    close(byEpoch.runs[1]?.energyAtCommonEnd?.value, 205);
    const byTime = compare([a.run, b.run], points, 'time');
    assert.equal(byTime.commonEnd, 41);
    close(byTime.runs[0]?.energyAtCommonEnd?.value, 410);
    close(byTime.runs[1]?.energyAtCommonEnd?.value, 205);
  });

  it('say what is unknown of an older run, and go on', () => {
    const old = { ...b.run, epochs: undefined } as unknown as RunSnapshot;
    const comparison = compare([a.run, old], points, 'epoch');
    assert.equal(comparison.commonEnd, null);
    assert.equal(comparison.runs[1]?.curve, null);
    close(comparison.runs[1]?.energyPerEpochJoules?.value, 305 / old.progress.epochsCompleted);
    close(comparison.runs[1]?.energyJoules.difference, 305 / 410 - 1);
  });

  it('are held against nothing where the first used nothing', () => {
    const idle = { ...a.run, energyJoules: 0 };
    assert.equal(compare([idle, b.run], points, 'time').runs[1]?.energyJoules.difference, null);
  });
});

describe('A curve', () => {
  const curve = { x: [0, 10, 20], energyJoules: [0, 100, 150] };

  it('is read on the straight line between two points, and not beyond its ends', () => {
    assert.deepEqual(
      [0, 5, 10, 15, 20].map((x) => energyAt(curve, x)),
      [0, 50, 100, 125, 150],
    );
    assert.deepEqual([energyAt(curve, 21), energyAt({ ...curve, x: [1, 10, 20] }, 0)], [null, null]);
  });

  it('is none of a run without samples, or with steps alone', () => {
    assert.equal(
      curveOf(a.run, () => [], 'time'),
      null,
    );
    const steps = { ...a.run, epochs: a.run.epochs && { ...a.run.epochs, unit: 'step' as const } };
    assert.equal(
      curveOf(steps as RunSnapshot, () => [], 'epoch'),
      null,
    );
  });
});
