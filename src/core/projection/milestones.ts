import type { Phase } from '../progress/event.ts';
import type { WorkUnit } from '../progress/fraction.ts';
import { minus, NOTHING, plus, times, type Cost, type Milestone } from './cost.ts';
import { fromOld, NOTHING_SEEN, type MilestoneState, type OldMilestoneState } from './milestoneState.ts';
import { median } from '../robust.ts';

/** Points that are kept of the way: of more, each second one goes. */
const MOST_POINTS = 128;

/** The latest pauses between the training's steps that are kept. */
export const MOST_BREAKS = 64;

/** Sights that wait for their energy: of more, each second one goes. */
const MOST_PENDING = 256;

/** The pace of the steps is taken from so many of the latest, and told from so many on. */
const PACES = 16;
const LEAST_PACES = 3;

/** What the output shows at a moment. */
export interface Sight {
  readonly unit: WorkUnit;
  /** Done, with the fraction of the epoch in progress. */
  readonly work: number;
  /** Whole epochs that are over, their validation included; 0 where there are none. */
  readonly epochsCompleted: number;
  readonly phase: Phase | null;
}

/** Writes down what the training had used at each of its steps and epochs, and what was used between them. */
export class MilestoneRecorder {
  #state: MilestoneState;
  #pending: (Sight & { readonly timeSeconds: number })[] = [];
  #seen: Sight | null = null;
  #sampled: Cost;

  /** Goes on from what an earlier recorder knew; what happened since then nobody saw. */
  constructor(state: MilestoneState | OldMilestoneState = NOTHING_SEEN) {
    const known = 'version' in state ? state : fromOld(state);
    const { energyJoules, timeSeconds } = known.last;
    this.#sampled = { energyJoules, timeSeconds };
    this.#state = { ...known, last: { ...this.#sampled, phase: null } };
  }

  /** The output shows this now. Its energy is known with the next sample: see `sample`. */
  see(sight: Sight, timeSeconds: number): void {
    this.#pending.push({ ...sight, timeSeconds });
    if (this.#pending.length > MOST_PENDING)
      this.#pending = this.#pending.filter((_, index) => index % 2 === 1);
  }

  /**
   * Energy was measured: what was seen since the last sample gets its energy from the straight line between the two.
   *
   * @param used by the whole run up to now
   */
  sample(used: Cost): void {
    const before = this.#sampled;
    const span = used.timeSeconds - before.timeSeconds;
    for (const { timeSeconds, ...sight } of this.#pending) {
      const share = span > 0 ? Math.min(1, Math.max(0, (timeSeconds - before.timeSeconds) / span)) : 1;
      this.record(sight, plus(before, times(minus(used, before), share)));
      this.#seen = sight;
    }
    if (this.#seen) this.record(this.#seen, used);
    this.#pending = [];
    this.#sampled = { energyJoules: used.energyJoules, timeSeconds: used.timeSeconds };
  }

  /** What was used at the last sample: what the state is of. */
  get sampled(): Cost {
    return this.#sampled;
  }

  /** @param used by the whole run up to now */
  record({ unit, work, epochsCompleted, phase }: Sight, { energyJoules, timeSeconds }: Cost): void {
    const used = { energyJoules, timeSeconds };
    if (unit !== this.#state.unit) this.#begin(unit, work, used);
    const { last, mark } = this.#state;
    // while the output shows a validation, what is used is the validation's
    if (isBreak(last.phase)) this.#putAside(mark.work, minus(used, last));
    if (work > mark.work) this.#advance(work, used);
    else if (isBreak(last.phase) && !isBreak(phase)) this.#endBreak(used, NOTHING);
    else if (epochsCompleted > this.#state.epochsCompleted && epochsCompleted === mark.work)
      this.#endBreak(used, this.#sinceMark(used));
    const most = Math.max(epochsCompleted, this.#state.epochsCompleted);
    this.#change({ last: { ...used, phase }, epochsCompleted: most });
  }

  state(): MilestoneState {
    return this.#state;
  }

  #change(change: Partial<MilestoneState>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** What was there before the training showed itself, imports and data, is no part of its pace. */
  #begin(unit: WorkUnit, work: number, used: Cost): void {
    // a bar of the run may turn out to be an epoch's: its beginning stays
    const start = { ...(this.#state.points[0] ?? (work === 0 ? used : NOTHING)), work: 0 };
    const { energyJoules, timeSeconds } = start;
    const trained = { energyJoules, timeSeconds };
    this.#state = {
      ...NOTHING_SEEN,
      unit,
      points: [start],
      mark: start,
      trained,
      last: { ...used, phase: null },
    };
  }

  #putAside(work: number, cost: Cost): void {
    const { breaks, aside } = this.#state;
    const before = breaks.at(-1);
    const isSame = before?.work === work;
    const whole = { work, ...(isSame ? plus(before, cost) : cost) };
    const kept = isSame ? breaks.slice(0, -1) : breaks.slice(1 - MOST_BREAKS);
    this.#change({ breaks: [...kept, whole], aside: plus(aside, cost) });
  }

  /**
   * The output shows no validation any more, or says that the epoch is over whose last step was seen before: what came
   * since then was no step.
   */
  #endBreak(used: Cost, cost: Cost): void {
    const { work } = this.#state.mark;
    this.#putAside(work, cost);
    this.#change({ mark: { work, ...used }, isRested: true });
  }

  /** What the steps alone had cost since the furthest that was seen. */
  #sinceMark(used: Cost): Cost {
    return minus(minus(used, this.#state.aside), this.#state.trained);
  }

  #advance(work: number, used: Cost): void {
    const { mark, paces, unit, spacing } = this.#state;
    const stride = work - mark.work;
    const cost = this.#sinceMark(used);
    const end = unit === 'epoch' ? Math.floor(work) : 0;
    if (end < 1 || end < mark.work)
      this.#change({ paces: [...paces, cost.timeSeconds / stride].slice(-PACES) });
    else if (stride < 1) this.#takeGap(end, stride, cost);
    const steps = minus(used, this.#state.aside);
    const isDue = work - (this.#state.points.at(-1)?.work ?? 0) >= spacing;
    if (isDue) this.#addPoint({ work, ...steps });
    this.#change({ mark: { work, ...used }, trained: steps, stride, isRested: false });
  }

  /** At an epoch's end: what lies beyond the pace of the steps is a validation, a checkpoint, the next epoch's start. */
  #takeGap(end: number, stride: number, cost: Cost): void {
    const { paces } = this.#state;
    if (paces.length < LEAST_PACES || cost.timeSeconds <= 0) return;
    const share = 1 - (stride * median(paces)) / cost.timeSeconds;
    if (share > 0) this.#putAside(end, times(cost, share));
  }

  #addPoint(point: Milestone): void {
    const points = [...this.#state.points, point];
    if (points.length <= MOST_POINTS) return this.#change({ points });
    const kept = points.filter((_, index) => index % 2 === 0);
    this.#change({ points: kept, spacing: (point.work - (kept[0]?.work ?? 0)) / (kept.length - 1) });
  }
}

function isBreak(phase: Phase | null): boolean {
  return phase === 'validate' || phase === 'other';
}
