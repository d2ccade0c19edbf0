import type { Quantity } from '../../src/core/projection/cost.ts';
import { carbontracker } from './carbontracker.ts';
import { replay, type Answer, type Moment, type Replay, type Said } from './replay.ts';
import type { Trace } from './trace.ts';

export const RULES = ['ours', 'carbontracker', 'elapsed / fraction'] as const;
export type Rule = (typeof RULES)[number];

/** One figure that one rule told of one training at one moment. */
export interface Figure {
  readonly trace: Trace;
  readonly rule: Rule;
  readonly moment: Moment;
  readonly quantity: Quantity;
  /** Said over true, less 1. */
  readonly error: number;
  /** Whether the 80 % interval holds the truth; null where there is none. */
  readonly holds: boolean | null;
}

export interface Evaluation {
  readonly traces: readonly Trace[];
  readonly figures: readonly Figure[];
  readonly carbontrackerVersion: string;
  /** Share of the planned work that was done at our first projection, by trace. */
  readonly firstShares: ReadonlyMap<Trace, number | null>;
}

const QUANTITIES: readonly Quantity[] = ['energyJoules', 'timeSeconds'];

/**
 * Asks all rules of all trainings. What we and `elapsed / fraction` say is compared with the whole run from the start
 * of its process, what Carbontracker says with the sum of its epochs, which is all that it means to tell.
 */
export function evaluate(traces: readonly Trace[], python: string): Evaluation {
  const withEpochs = traces.filter(({ unit, workToDo }) => unit === 'epoch' && workToDo > 1);
  const { version, totals } = carbontracker(withEpochs, python);
  const replays = new Map(traces.map((trace) => [trace, replay(trace)]));
  const figures = [...replays].flatMap(([trace, { answers }]) =>
    answers.flatMap((each) => told(trace, each)),
  );
  const theirs = withEpochs.flatMap((trace, index): Figure[] =>
    QUANTITIES.map((quantity) => {
      const truth = trace.epochs.reduce((sum, epoch) => sum + epoch[quantity], 0);
      const error = (totals[index]?.[quantity] ?? NaN) / truth - 1;
      return { trace, rule: 'carbontracker', moment: 'first epoch', quantity, error, holds: null };
    }),
  );
  return {
    traces,
    figures: [...figures, ...theirs],
    carbontrackerVersion: version,
    firstShares: new Map([...replays].map(([trace, { firstShare }]: [Trace, Replay]) => [trace, firstShare])),
  };
}

function told(trace: Trace, { moment, ours, elapsedOverFraction }: Answer): readonly Figure[] {
  const of = (rule: Rule, said: Said | null) =>
    QUANTITIES.flatMap((quantity): Figure[] => {
      if (!said) return [];
      const truth = trace.end[quantity];
      const interval = said.intervals?.[quantity];
      const holds = interval ? truth >= interval.low && truth <= interval.high : null;
      return [{ trace, rule, moment, quantity, error: said[quantity] / truth - 1, holds }];
    });
  return [...of('ours', ours), ...of('elapsed / fraction', elapsedOverFraction)];
}

/** Of the errors' sizes; null where there are none. */
export function quantile(figures: readonly Figure[], share: number): number | null {
  const sorted = figures.map(({ error }) => Math.abs(error)).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
}

/** How many of the intervals hold the truth; null where there are none. */
export function coverage(figures: readonly Figure[]): number | null {
  const told = figures.filter(({ holds }) => holds !== null);
  return told.length === 0 ? null : told.filter(({ holds }) => holds).length / told.length;
}
