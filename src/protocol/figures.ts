/** How a figure is known. `mixed`: partly measured, partly estimated. */
export type HowKnown = 'measured' | 'estimated' | 'mixed' | 'unknown';

/** One labelled figure, formatted for people. */
export interface Figure {
  readonly id: string;
  readonly label: string;
  /** For example `12.4 Wh`, or `unknown`. */
  readonly value: string;
  /** One short line under the value, for example `±5 %, RAPL` or `set the number of epochs to see it`. */
  readonly note?: string;
  readonly howKnown?: HowKnown;
}
