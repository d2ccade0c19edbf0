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

/** Where a total comes from. `history`: a guess, from earlier runs of the same command. */
export type TotalSource = 'output' | 'task' | 'setting' | 'command' | 'config' | 'history';

/** What the output shows going on now. `other`: what is neither, such as a download or a test. */
export type Phase = 'train' | 'validate' | 'other';

/** Where the training stands. */
export interface Progress {
  /** The epoch in progress, counted from 1 unless the script resumes; null while unknown. */
  readonly epoch: number | null;
  /** How many epochs this run has finished. */
  readonly epochsCompleted: number;
  /** How many epochs an earlier run had trained when this one resumed; null while that is unclear. */
  readonly epochsBefore: number | null;
  readonly totalEpochs: number | null;
  /** Of `totalEpochs`, or of `totalSteps` where the steps are those of the run. */
  readonly totalSource: TotalSource | null;
  /** Finished steps, of the epoch or of the run by `stepsOf`. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  /** Whether steps are counted anew in each epoch or through the run; null while no step is known. */
  readonly stepsOf: 'epoch' | 'run' | null;
  /** Steps of the run that an earlier run had done when this one resumed; 0 where steps are those of an epoch. */
  readonly stepsBefore: number;
  /** Null while the output says nothing of it. */
  readonly phase: Phase | null;
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
  stepsOf: null,
  stepsBefore: 0,
  phase: null,
  family: null,
  isStale: false,
};
