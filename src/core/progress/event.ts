/** What a text of the terminal's output said about the training's progress. */
export interface ProgressEvent {
  /** The family that recognised it: `keras`, `tqdm`, `epoch-line`, `pattern`. */
  readonly family: string;
  /** What it belongs to; of what is no training the phase is told, and its own steps. */
  readonly phase: Phase;
  /** The epoch it speaks of, by the script's own count; null where it names none. */
  readonly epoch: number | null;
  /** Where the format's own count begins; null where it is the script's choice. */
  readonly countsFrom: 0 | 1 | null;
  readonly totalEpochs: number | null;
  /** True when it says that `epoch` is over. */
  readonly epochFinished: boolean;
  /** How many epochs are done, with fractions, where the output counts so: 1.53. */
  readonly epochsDone: number | null;
  /** Steps done, of the epoch or of the run by `stepsOf`; null where unknown. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  /** Share done in percent, where the output shows no count. */
  readonly percent: number | null;
  /** What `step` counts, where the format says so; else it is found out by what it does when an epoch ends. */
  readonly stepsOf: 'epoch' | 'run' | null;
  /** Tells the bars of one training apart: training, validation. Null for what is no bar. */
  readonly bar: string | null;
  /** The epoch stands beside the bar, not in its name: the bar may be one of the run. */
  readonly isBeside: boolean;
  /** The number of a fold, trial or fit whose epochs begin anew. */
  readonly stage: number | null;
  readonly totalStages: number | null;
  /** One more step is done, of output that only tells the ends. */
  readonly isOneMore: boolean;
  /** The epoch may be a step where other output numbers epochs. */
  readonly isUnsure: boolean;
  /** Its steps are the training's only where epochs are numbered: an evaluation by itself looks the same. */
  readonly needsEpochs: boolean;
  /** The training goes on from an earlier one's checkpoint. */
  readonly resumes: boolean;
  /** The training was stopped by its number of steps, within an epoch or at its end. */
  readonly isCutOff: boolean;
  /** Other work than training was announced, by a line of its own. */
  readonly beginsPhase: boolean;
  /** The training says that it is through. */
  readonly isEnd: boolean;
}

/** An event that says nothing, to be filled in. */
export const NOTHING: ProgressEvent = {
  family: '',
  phase: 'train',
  epoch: null,
  countsFrom: null,
  totalEpochs: null,
  epochFinished: false,
  epochsDone: null,
  step: null,
  totalSteps: null,
  percent: null,
  stepsOf: null,
  bar: null,
  isBeside: false,
  stage: null,
  totalStages: null,
  isOneMore: false,
  isUnsure: false,
  needsEpochs: false,
  resumes: false,
  beginsPhase: false,
  isEnd: false,
  isCutOff: false,
};

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
  /** Share done in percent, of what `stepsOf` says, where the output shows no steps; else null. */
  readonly percent: number | null;
  /** Whether steps are counted anew in each epoch or through the run; null while no step is known. */
  readonly stepsOf: 'epoch' | 'run' | null;
  /** Steps of the run that an earlier run had done when this one resumed; 0 where steps are those of an epoch. */
  readonly stepsBefore: number;
  /** Steps of earlier fits of this run, where their count begins anew. */
  readonly stepsInEarlierStages: number;
  /** The fold, trial or fit in progress, from 1; null while there is but one. */
  readonly stage: number | null;
  readonly totalStages: number | null;
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
  percent: null,
  stepsOf: null,
  stepsBefore: 0,
  stepsInEarlierStages: 0,
  stage: null,
  totalStages: null,
  phase: null,
  family: null,
  isStale: false,
};
