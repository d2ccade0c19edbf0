import type { RunSample } from '../metering/attribution.ts';
import type { Component } from '../sensors/sensor.ts';
import type { SamplePoint } from './snapshot.ts';

/** No chart is so wide that it could show more. */
const MOST_POINTS = 8000;

/** The sample as the run's own points, one a component. */
export function pointsOf(sample: RunSample, runStartSeconds: number): readonly SamplePoint[] {
  const byComponent = new Map<Component, SamplePoint>();
  for (const part of sample.parts) {
    const before = byComponent.get(part.component);
    byComponent.set(part.component, {
      component: part.component,
      startSeconds: Math.max(0, sample.startSeconds - runStartSeconds),
      durationSeconds: sample.endSeconds - sample.startSeconds,
      energyJoules: (before?.energyJoules ?? 0) + part.runEnergyJoules,
      machineEnergyJoules: (before?.machineEnergyJoules ?? 0) + part.energyJoules,
    });
  }
  return [...byComponent.values()];
}

/** Joins points of one component that begin in the same slot of `slotSeconds`. Energy is kept exactly. */
export function thin(points: readonly SamplePoint[], slotSeconds: number): readonly SamplePoint[] {
  const slots = new Map<string, SamplePoint>();
  for (const point of points) {
    const key = `${point.component} ${Math.floor(point.startSeconds / slotSeconds)}`;
    const before = slots.get(key);
    slots.set(key, before ? join(before, point) : point);
  }
  return [...slots.values()];
}

function join(first: SamplePoint, second: SamplePoint): SamplePoint {
  return {
    component: first.component,
    startSeconds: Math.min(first.startSeconds, second.startSeconds),
    durationSeconds: first.durationSeconds + second.durationSeconds,
    energyJoules: first.energyJoules + second.energyJoules,
    machineEnergyJoules: first.machineEnergyJoules + second.machineEnergyJoules,
  };
}

/** The points of a run for its chart, in bounded memory however long it runs. */
export class Series {
  #points: SamplePoint[] = [];
  #slotSeconds = 1;

  add(points: readonly SamplePoint[]): void {
    this.#points.push(...points);
    const last = points.at(-1);
    if (!last || this.#points.length <= MOST_POINTS) return;
    const lengthSeconds = last.startSeconds + last.durationSeconds;
    // only the run's length makes the slots longer, else the oldest points would soon be one
    while (this.#slotSeconds < (lengthSeconds * 4) / MOST_POINTS) this.#slotSeconds *= 2;
    this.#points = [...thin(this.#points, this.#slotSeconds)];
  }

  points(): readonly SamplePoint[] {
    return this.#points;
  }
}
