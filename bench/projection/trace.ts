import type { Phase } from '../../src/core/progress/event.ts';
import type { WorkUnit } from '../../src/core/progress/fraction.ts';
import type { Cost } from '../../src/core/projection/cost.ts';

/** What kind of training it is: the rows of the report. */
export type Shape =
  | 'steady'
  | 'warm-up'
  | 'validation'
  | 'early stopping'
  | 'throttling'
  | 'growing batch'
  | 'noisy'
  | 'short epochs'
  | 'one long epoch'
  | 'no epochs';

/** What the output shows at a moment, and what the training had used. */
export interface TraceEvent extends Cost {
  readonly work: number;
  readonly epochsCompleted: number;
  readonly phase: Phase | null;
}

/**
 * A training from the start of its process to the end of its last epoch, with the energy that it used up to each moment. What a script does
 * afterwards no rule can know, so it is left out of the truth.
 */
export interface Trace {
  readonly name: string;
  readonly shape: Shape;
  readonly source: 'recorded' | 'generated';
  readonly unit: WorkUnit;
  readonly workToDo: number;
  /** Whether it shows steps within its epochs. */
  readonly hasSteps: boolean;
  /** By time, ascending. */
  readonly events: readonly TraceEvent[];
  /** Of each epoch, its validation included: what Carbontracker measures between its two calls. */
  readonly epochs: readonly Cost[];
  /** The truth. */
  readonly end: Cost;
  /** Where early stopping would have ended it; it trained on, so that the cost of the plan is known. */
  readonly stopped: Cost | null;
}

/** What had been used at a time, between the moments in a straight line. */
export function usedAt(trace: Trace, timeSeconds: number): Cost {
  const after = trace.events.findIndex((event) => event.timeSeconds >= timeSeconds);
  const next = after < 0 ? trace.end : (trace.events[after] ?? trace.end);
  const before = (after < 0 ? trace.events.at(-1) : trace.events[after - 1]) ?? {
    energyJoules: 0,
    timeSeconds: 0,
  };
  const span = next.timeSeconds - before.timeSeconds;
  const share = span > 0 ? Math.min(1, (timeSeconds - before.timeSeconds) / span) : 1;
  return {
    energyJoules: before.energyJoules + share * (next.energyJoules - before.energyJoules),
    timeSeconds,
  };
}
