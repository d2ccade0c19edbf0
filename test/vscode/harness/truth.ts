import assert from 'node:assert/strict';
import type { RunSnapshot, SamplePoint } from '../../../src/core/runs/snapshot.ts';
import type { Session } from './session.ts';

/**
 * Holds a run's processor energy against the simulated machine's: from first to last sample, without a hole, by the
 * share of the processor that trainings have there.
 *
 * @param trainingEndSeconds monotonic
 * @param tolerance relative
 */
export function assertEnergyIsTrue(
  { driver, mirror }: Session,
  run: RunSnapshot,
  points: readonly SamplePoint[],
  trainingEndSeconds: number,
  tolerance: number,
): void {
  const [start, end] = spanOf(run, points);
  const machine = driver.joulesBetween(start, end);
  const until = endOfSample(points, start, trainingEndSeconds);
  const training = driver.joulesBetween(start, Math.min(end, until)) * mirror.share;
  const cpu = run.components.find(({ component }) => component === 'cpu');
  assert.equal(cpu?.quality, 'measured');
  assertWithin(cpu.machineEnergyJoules, machine, tolerance, 'the machine’s energy');
  assertWithin(cpu.energyJoules, training, tolerance, 'the run’s energy');
}

/** A sample is shared as a whole, so that what came after the training's end within its last sample is shared, too. */
function endOfSample(points: readonly SamplePoint[], start: number, seconds: number): number {
  const cpu = points.filter(({ component }) => component === 'cpu');
  const first = Math.min(...cpu.map((point) => point.startSeconds));
  const ends = cpu.map((point) => start + point.startSeconds - first + point.durationSeconds);
  return Math.min(...ends.filter((end) => end >= seconds));
}

/** The run's time on the monotonic clock. */
function spanOf(run: RunSnapshot, points: readonly SamplePoint[]): [number, number] {
  const bootedMillis = Date.now() - Number(process.hrtime.bigint()) / 1e6;
  const start = (run.startedAtMillis - bootedMillis) / 1000;
  const cpu = points.filter(({ component }) => component === 'cpu');
  const first = Math.min(...cpu.map((point) => point.startSeconds));
  assert(first < 0.5, `the first sample begins ${first} s after the run`);
  return [start + first, start + run.durationSeconds];
}

function assertWithin(value: number | null, truth: number, tolerance: number, what: string): void {
  const error = value === null ? NaN : value / truth - 1;
  assert(Math.abs(error) <= tolerance, `${what}: ${value} J of ${truth} J, ${(error * 100).toFixed(2)} %`);
}
