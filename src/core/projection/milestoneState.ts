import type { Phase } from '../progress/event.ts';
import type { WorkUnit } from '../progress/fraction.ts';
import { NOTHING, type Cost, type Milestone } from './cost.ts';

/** The training's way so far. Plain data of bounded size. */
export interface MilestoneState {
  readonly version: 2;
  readonly unit: WorkUnit | null;
  /** From the first progress on, by work ascending, what the steps alone had cost: breaks are taken out. */
  readonly points: readonly Milestone[];
  /** Work between two points, at least. */
  readonly spacing: number;
  /** What came at which work that was no step: validation, checkpoints. */
  readonly breaks: readonly Milestone[];
  /** All breaks together, those no longer kept included. */
  readonly aside: Cost;
  /** The furthest that was seen, with all that the run had used then. */
  readonly mark: Milestone;
  /** Of `mark`, what the steps alone had cost. */
  readonly trained: Cost;
  /** Work between the mark and the one before it. */
  readonly stride: number;
  /** Epochs that are over, their validation included. */
  readonly epochsCompleted: number;
  /** The break at the mark, if there was one, is over, and part of what the mark had used. */
  readonly isRested: boolean;
  /** What was used when the output was last looked at, and what it showed then. */
  readonly last: Cost & { readonly phase: Phase | null };
  /** Seconds per unit of work of the latest steps within an epoch. */
  readonly paces: readonly number[];
}

/** What an earlier version wrote: the ends of epochs and the furthest that was seen. */
export interface OldMilestoneState {
  readonly ends: readonly (Cost & { readonly epochs: number })[];
  readonly mark: Cost & { readonly epochs: number };
}

const START: Milestone = { work: 0, ...NOTHING };

export const NOTHING_SEEN: MilestoneState = {
  version: 2,
  unit: null,
  points: [],
  spacing: 0,
  breaks: [],
  aside: NOTHING,
  mark: START,
  trained: NOTHING,
  stride: 0,
  epochsCompleted: 0,
  isRested: false,
  last: { ...NOTHING, phase: null },
  paces: [],
};

/** What an earlier version wrote, in today's form. Its epochs show no steps and no breaks. */
export function fromOld({ ends, mark }: OldMilestoneState): MilestoneState {
  const points = ends.map(({ epochs, energyJoules, timeSeconds }) => ({
    work: epochs,
    energyJoules,
    timeSeconds,
  }));
  const { epochs: work, energyJoules, timeSeconds } = mark;
  const used = { energyJoules, timeSeconds };
  return {
    ...NOTHING_SEEN,
    unit: 'epoch',
    points: points.length > 0 ? points : [START],
    mark: { work, ...used },
    trained: used,
    stride: 1,
    epochsCompleted: Math.floor(work),
    last: { ...used, phase: null },
  };
}
