/** How runs are compared, as the person chose it; null for what suits them best. */
export interface ComparedBy {
  readonly alignment: 'time' | 'epoch' | null;
  readonly measure: string | null;
  /** Results by hand, by run. */
  readonly given: Readonly<Record<string, number>>;
  readonly isLowerBetter: boolean;
}

/** A line of the overlaid chart, or the points of the quality chart. */
export interface ComparedLine {
  readonly runId: string;
  readonly label: string;
  /** One for each entry of the chart's `x`; null where it has none there. */
  readonly values: readonly (number | null)[];
}

/** Cumulative energy of all runs over one axis. */
export interface OverlayChart {
  /** What `x` counts: seconds since each run's start, or its epochs. */
  readonly unit: 'seconds' | 'epochs';
  readonly x: readonly number[];
  /** In watt-hours. */
  readonly lines: readonly ComparedLine[];
}

/** Energy against a metric. */
export interface QualityChart {
  /** Energy that the run had used, in watt-hours. */
  readonly x: readonly number[];
  readonly lines: readonly ComparedLine[];
  /** The best for so much energy, of all runs; null where it has no corner. */
  readonly front: readonly (number | null)[];
}

/** A figure of a run, and by how much it differs from the first run's. */
export interface ComparedCell {
  /** For example `12.4 Wh`, or `unknown`. */
  readonly value: string;
  /** For example `12 % more`; empty where there is nothing to say. */
  readonly difference: string;
  readonly trend: 'more' | 'less' | 'same' | null;
}

export interface ComparedRunRow {
  readonly id: string;
  readonly title: string;
  /** When it was started and how it ended. */
  readonly note: string;
  /** One for each of the view's columns. */
  readonly cells: readonly ComparedCell[];
  /** What a person gave as its result; null where a metric of the output is shown. */
  readonly given: string | null;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface QualityView {
  /** Metrics that the output told, and a result given by hand. */
  readonly measures: readonly Choice[];
  readonly chosen: string;
  readonly chart: QualityChart;
  /** What quality cost, in plain sentences. */
  readonly sentences: readonly string[];
  /** Why there is nothing to see, null where there is. */
  readonly missing: string | null;
  /** Of a result given by hand: whether less is better. */
  readonly isLowerBetter: boolean | null;
}

/** Two to six runs beside each other, the first as what the others are held against. */
export interface CompareView {
  readonly columns: readonly string[];
  readonly runs: readonly ComparedRunRow[];
  readonly alignment: 'time' | 'epoch';
  /** Why they are not aligned as asked; null where they are. */
  readonly alignmentNote: string | null;
  readonly overlay: OverlayChart;
  readonly quality: QualityView;
}

export interface CompareToWebview {
  compare: CompareView;
}

export interface CompareToHost {
  /** Shows these runs in the view Compare, the first as what the others are held against. */
  compareRuns: { readonly runIds: readonly string[] };
  /** Lets the person choose runs from a list. */
  pickComparison: Record<string, never>;
  /** Holds the others against this one. */
  putFirst: { readonly runId: string };
  alignRuns: { readonly alignment: 'time' | 'epoch' };
  chooseMeasure: { readonly id: string };
  /** A result by hand, as typed; empty takes it back. */
  giveResult: { readonly runId: string; readonly text: string };
  giveDirection: { readonly isLowerBetter: boolean };
}
