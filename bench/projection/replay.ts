import type { Cost, Quantity } from '../../src/core/projection/cost.ts';
import { MilestoneRecorder } from '../../src/core/projection/milestones.ts';
import { project } from '../../src/core/projection/project.ts';
import type { Interval } from '../../src/core/projection/projection.ts';
import { usedAt, type Trace, type TraceEvent } from './trace.ts';

/** How often sensors are read, the extension's own default. */
const PERIOD_SECONDS = 1;

/** When the projection is asked for: shares of the planned work done, and the end of the first epoch. */
export const MOMENTS = [0.02, 0.05, 0.1, 'first epoch', 0.25, 0.5] as const;
export type Moment = (typeof MOMENTS)[number];

/** What one rule said at a moment; null where it says nothing yet. */
export interface Said extends Cost {
  readonly intervals: Readonly<Record<Quantity, Interval>> | null;
}

export interface Answer {
  readonly moment: Moment;
  readonly ours: Said | null;
  readonly elapsedOverFraction: Said | null;
}

export interface Replay {
  readonly answers: readonly Answer[];
  /** Share of the planned work that was done at our first projection; null where there was none. */
  readonly firstShare: number | null;
}

/** The training as the extension would have seen it: output when it came, energy at each sample; asked at samples. */
export function replay(trace: Trace): Replay {
  const watcher = new Watcher(trace);
  const answers: Answer[] = [];
  let firstShare: number | null = null;
  let waiting: readonly Moment[] = MOMENTS;
  let next = 0;
  for (let seconds = PERIOD_SECONDS; seconds < trace.end.timeSeconds; seconds += PERIOD_SECONDS) {
    for (let event = trace.events[next]; event && event.timeSeconds <= seconds; event = trace.events[++next])
      watcher.see(event);
    watcher.sample(seconds);
    if (firstShare === null && watcher.ours()) firstShare = watcher.work / trace.workToDo;
    const due = waiting.filter((moment) => isReached(trace, moment, watcher));
    waiting = waiting.filter((moment) => !due.includes(moment));
    for (const moment of due)
      answers.push({ moment, ours: watcher.ours(), elapsedOverFraction: watcher.elapsedOverFraction() });
  }
  return { answers, firstShare };
}

interface Reached {
  readonly work: number;
  readonly epochsCompleted: number;
}

function isReached({ unit, workToDo }: Trace, moment: Moment, { work, epochsCompleted }: Reached): boolean {
  if (moment === 'first epoch') return unit === 'epoch' && workToDo > 1 && epochsCompleted >= 1;
  return work / workToDo >= moment;
}

/** What run.ts does with samples and output. */
class Watcher {
  readonly #trace: Trace;
  readonly #recorder = new MilestoneRecorder();
  #event: TraceEvent | null = null;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  get work(): number {
    return this.#event?.work ?? 0;
  }

  get epochsCompleted(): number {
    return this.#event?.epochsCompleted ?? 0;
  }

  see(event: TraceEvent): void {
    this.#event = event;
    const { work, epochsCompleted, phase } = event;
    this.#recorder.see({ unit: this.#trace.unit, work, epochsCompleted, phase }, event.timeSeconds);
  }

  sample(timeSeconds: number): void {
    this.#recorder.sample(usedAt(this.#trace, timeSeconds));
  }

  ours(): Said | null {
    const used = this.#recorder.sampled;
    const projection = project(this.#recorder.state(), {
      used,
      workToDo: this.#trace.workToDo,
      samplingSeconds: PERIOD_SECONDS,
    });
    if (!projection) return null;
    const { median, low, high } = projection.remainingSeconds;
    const after = (seconds: number) => used.timeSeconds + seconds;
    const time = { median: after(median), low: after(low), high: after(high) };
    const energy = projection.totalEnergyJoules;
    return {
      energyJoules: energy.median,
      timeSeconds: time.median,
      intervals: { energyJoules: energy, timeSeconds: time },
    };
  }

  elapsedOverFraction(): Said | null {
    const share = this.work / this.#trace.workToDo;
    if (share <= 0) return null;
    const { energyJoules, timeSeconds } = this.#recorder.sampled;
    return { energyJoules: energyJoules / share, timeSeconds: timeSeconds / share, intervals: null };
  }
}
