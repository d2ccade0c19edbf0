import type { Phase } from '../../../src/core/progress/event.ts';
import { plus, times, type Cost } from '../../../src/core/projection/cost.ts';
import { MilestoneRecorder } from '../../../src/core/projection/milestones.ts';
import { project, type Question } from '../../../src/core/projection/project.ts';

export const STEP: Cost = { energyJoules: 100, timeSeconds: 1 };

/** A training whose costs are told to a recorder as they come. */
export class Training {
  recorder: MilestoneRecorder;
  used: Cost = { energyJoules: 0, timeSeconds: 0 };
  readonly unit: 'epoch' | 'step';
  #work = 0;
  #completed = 0;

  constructor(unit: 'epoch' | 'step' = 'epoch', startup: Cost = { energyJoules: 50, timeSeconds: 5 }) {
    this.unit = unit;
    this.recorder = new MilestoneRecorder();
    this.use(startup);
    this.show(null);
  }

  /** Something that is used while the output shows nothing new. */
  use(cost: Cost): this {
    this.used = plus(this.used, cost);
    return this;
  }

  /** The output shows how far it is. */
  show(phase: Phase | null = null): this {
    const epochsCompleted = this.#completed;
    this.recorder.record({ unit: this.unit, work: this.#work, epochsCompleted, phase }, this.used);
    return this;
  }

  advance(work: number, cost: Cost): this {
    this.#work = Math.round((this.#work + work) * 1e9) / 1e9;
    return this.use(cost).show();
  }

  /** An epoch without visible steps. */
  epoch(cost: Cost): this {
    this.#completed += 1;
    return this.advance(1, cost);
  }

  /** An epoch of so many visible steps, then something that is no step. */
  steps(count: number, cost = STEP, after?: Cost): this {
    for (let step = 0; step < count; step++) this.advance(1 / count, cost);
    if (after) this.use(after);
    this.#completed += 1;
    return this.show();
  }

  project(workToDo: number, more: Partial<Question> = {}) {
    return project(this.recorder.state(), { used: this.used, workToDo, ...more });
  }

  restart(): this {
    this.recorder = new MilestoneRecorder(JSON.parse(JSON.stringify(this.recorder.state())));
    return this;
  }
}

export function cost(factor: number): Cost {
  return times(STEP, factor);
}

/** Numbers that look like chance and are the same each time (a linear congruential generator). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
