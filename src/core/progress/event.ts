/** What a piece of terminal output said about the training's progress. */
export interface ProgressEvent {
  /** The epoch in progress, counted from 1; null where the output names none. */
  readonly epoch: number | null;
  readonly totalEpochs: number | null;
  /** The step within the epoch (of the run where there are no epochs); null where unknown. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  /** True when this output says that `epoch` is over. */
  readonly epochFinished: boolean;
  /** The family that recognised it: `keras`, `tqdm`, `epoch-line`, `pattern`. */
  readonly family: string;
}

/** Where the training stands. */
export interface Progress {
  readonly epoch: number | null;
  /** How many epochs this run has finished. */
  readonly epochsCompleted: number;
  readonly totalEpochs: number | null;
  /** Where the total comes from. */
  readonly totalSource: 'output' | 'task' | 'setting' | 'command' | null;
  readonly step: number | null;
  readonly totalSteps: number | null;
  readonly family: string | null;
}
