import type { ProgressEvent } from './event.ts';

/** The id of what counts trials, by a bar or by lines: it has none within. */
export const TRIALS = 'trials';

/** What tells the bar of an event from others. */
export function barIdOf({ bar, family }: ProgressEvent): string {
  return bar ?? family;
}

/** A bar or counter as it was just drawn. */
export interface Sighting {
  readonly id: string;
  readonly step: number;
  total: number | null;
  /** Of the terminal, counted by line feeds. */
  readonly row: number;
  /** The bar's own name tells the epoch. */
  readonly isNamedByEpoch: boolean;
}

/** A bar as it is known. */
export interface Bar {
  readonly id: string;
  readonly row: number;
  readonly isNamedByEpoch: boolean;
  total: number | null;
  step: number;
  /** The step it was first drawn with since it started. */
  first: number;
  starts: number;
  /** The epochs' serial when it started, or was last seen to go on. */
  startSerial: number;
  isOfRun: boolean;
  countsEpochs: boolean;
  /** It started a second time within an epoch, which is no training: until it starts again. */
  isSuspended: boolean;
}

/** Processes that print the same bar are seldom further apart: 2 steps, or a tenth of the bar. Engineering judgement. */
const APART_STEPS = 2;
const APART_SHARE = 0.1;

/** Whether a sighting is of a known bar; a total may become known. */
export function isSame(bar: Pick<Bar, 'id' | 'total'>, seen: Sighting): boolean {
  if (bar.id !== seen.id) return false;
  return bar.total === seen.total || bar.total === null || seen.total === null;
}

/** Whether a bar began anew, more than processes that print the same one are apart. */
export function restarts(bar: Pick<Bar, 'step' | 'first' | 'total'>, seen: Sighting): boolean {
  if (seen.step >= bar.step) return false;
  if (seen.step <= bar.first) return true;
  return bar.step - seen.step > Math.max(APART_STEPS, APART_SHARE * (bar.total ?? bar.step));
}
