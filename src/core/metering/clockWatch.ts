import os from 'node:os';
import { t } from '../../language.ts';
import { monotonicSeconds } from './clock.ts';

/** Seconds on three clocks. They run alike but for sleep, which only some count, and for clocks that are set. */
export interface Clocks {
  /** Stands still in sleep, on Linux. */
  readonly monotonicSeconds: number;
  /** Since boot, sleep included. */
  readonly bootSeconds: number;
  /** What people read; it may be set. */
  readonly wallSeconds: number;
}

/** Smaller differences are the grain of the clocks, or a clock that is being trimmed. */
const WORTH_A_WORD_SECONDS = 2;

export function readClocks(): Clocks {
  return {
    monotonicSeconds: monotonicSeconds(),
    bootSeconds: os.uptime(),
    wallSeconds: Date.now() / 1000,
  };
}

/** Sees that the machine slept and that its clock was set, by three clocks that no longer agree. */
export class ClockWatch {
  readonly #read: () => Clocks;
  #last: Clocks | null = null;

  constructor(read: () => Clocks = readClocks) {
    this.#read = read;
  }

  /** Plain sentences about what happened since the last look. */
  look(): readonly string[] {
    const now = this.#read();
    const last = this.#last;
    this.#last = now;
    if (!last) return [];
    const ran = now.monotonicSeconds - last.monotonicSeconds;
    const slept = now.bootSeconds - last.bootSeconds - ran;
    const set = now.wallSeconds - last.wallSeconds - ran - Math.max(0, slept);
    const notes: string[] = [];
    if (slept > WORTH_A_WORD_SECONDS)
      notes.push(t('The machine slept for {0} s; nothing is counted for that time.', Math.round(slept)));
    if (set > WORTH_A_WORD_SECONDS)
      notes.push(
        t('The clock was set forward by {0} s; energy and durations do not depend on it.', Math.round(set)),
      );
    if (-set > WORTH_A_WORD_SECONDS)
      notes.push(
        t('The clock was set back by {0} s; energy and durations do not depend on it.', Math.round(-set)),
      );
    return notes;
  }
}
