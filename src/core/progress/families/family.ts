import type { ProgressEvent } from '../event.ts';

/** How one kind of output tells its progress. */
export interface Family {
  readonly id: string;
  /** @returns null for a line that is not of this family */
  parse(line: string): ProgressEvent | null;
}

/** An event that says nothing, to be filled in. */
export function event(family: string, told: Partial<ProgressEvent>): ProgressEvent {
  return {
    epoch: null,
    totalEpochs: null,
    epochFinished: false,
    step: null,
    totalSteps: null,
    bar: null,
    ...told,
    family,
  };
}

/** A count out of a match, null where the group is missing or no count. */
export function count(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return null;
  return Number(text);
}
