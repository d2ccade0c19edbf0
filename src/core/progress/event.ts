/** What a line of terminal output said about the training's progress. */
export interface ProgressEvent {
  /** The family that recognised it: `keras`, `tqdm`, `epoch-line`, `pattern`. */
  readonly family: string;
  /** The epoch it speaks of, by the script's own count; null where it names none. */
  readonly epoch: number | null;
  readonly totalEpochs: number | null;
  /** True when it says that `epoch` is over. */
  readonly epochFinished: boolean;
  /** Steps done of the epoch; null where unknown. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  /** Tells the bars of one training apart: training, validation. Null for what is no bar. */
  readonly bar: string | null;
}

/** Where a total number of epochs comes from. */
export type TotalSource = 'output' | 'task' | 'setting' | 'command';

/** Where the training stands. */
export interface Progress {
  /** The epoch in progress, counted from 1 unless the script resumes; null while unknown. */
  readonly epoch: number | null;
  /** How many epochs this run has finished. */
  readonly epochsCompleted: number;
  /** How many epochs an earlier run had trained when this one resumed; null while that is unclear. */
  readonly epochsBefore: number | null;
  readonly totalEpochs: number | null;
  readonly totalSource: TotalSource | null;
  readonly step: number | null;
  readonly totalSteps: number | null;
  readonly family: string | null;
  /** The output could not be read to its end (the editor was reloaded): the training may be further. */
  readonly isStale: boolean;
}

export const NO_PROGRESS: Progress = {
  epoch: null,
  epochsCompleted: 0,
  epochsBefore: 0,
  totalEpochs: null,
  totalSource: null,
  step: null,
  totalSteps: null,
  family: null,
  isStale: false,
};
