import type { Figure, HowKnown } from './figures.ts';

/** The run against its machine: one device by one source, or all of them together. */
export interface ComponentRow {
  readonly id: string;
  /** For example `cpu`; the webview chooses the colour by it. Null for the sum. */
  readonly component: string | null;
  /** For example `GPU` or, where there are several, the device's name with it. */
  readonly label: string;
  /** For example `RAPL counters, ±5 %`; empty where there is nothing to say. */
  readonly source: string;
  readonly howKnown: HowKnown;
  /** Of the run, formatted. */
  readonly energy: string;
  /** Of the whole machine over the same time, formatted. */
  readonly machineEnergy: string;
  /** The run's part of it, 0 to 1; null where unknown. */
  readonly share: number | null;
  readonly shareText: string;
}

/** One line of the power chart. */
export interface PowerSeries {
  /** For example `cpu`; the webview chooses the colour by it. */
  readonly component: string;
  readonly label: string;
  readonly howKnown: HowKnown;
  /** Watts attributed to the run, one for each entry of `ChartData.timeSeconds`; null where unknown. */
  readonly powerWatts: readonly (number | null)[];
}

/** A straight band from the last sample to the projected end. */
export interface ProjectionBand {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly startWattHours: number;
  readonly endWattHours: number;
  readonly lowWattHours: number;
  readonly highWattHours: number;
}

/** The grid's intensity over the run's time: steps from one entry of `timeSeconds` to the next. */
export interface IntensityStrip {
  readonly timeSeconds: readonly number[];
  /** gCO2e/kWh by which energy was counted; null where it is not. */
  readonly counted: readonly (number | null)[];
  /** The same where a better figure may still come, and of the time to come as it is forecast. */
  readonly expected: readonly (number | null)[];
  /** The entry that holds now, or held at the end; null where there is none. */
  readonly now: number | null;
}

export interface ChartData {
  /** What stands in place of charts without samples. */
  readonly emptyText: string;
  readonly runId: string;
  /** Seconds since the run started, ascending. */
  readonly timeSeconds: readonly number[];
  readonly power: readonly PowerSeries[];
  /** Energy of the run so far, one for each entry of `timeSeconds`. */
  readonly energyWattHours: readonly number[];
  readonly projection: ProjectionBand | null;
  readonly intensity: IntensityStrip;
}

/** What one epoch used, or several that are kept together. */
export interface EpochRow {
  readonly id: string;
  /** `3`, `3–7`, `8, so far`. */
  readonly label: string;
  readonly energy: string;
  /** In joules. */
  readonly energyTitle: string;
  readonly emissions: string;
  readonly duration: string;
  /** One text for each of the table's metrics. */
  readonly metrics: readonly string[];
  /** Of an epoch's energy, of the most that one used: 0 to 1. */
  readonly share: number;
}

/** A run epoch by epoch, the newest first. */
export interface EpochTable {
  /** `Epochs`, or `Steps` for a run without any. */
  readonly title: string;
  /** What a row is of: `Epoch` or `Step`. */
  readonly rowTitle: string;
  /** Names as the output printed them. */
  readonly metrics: readonly string[];
  readonly rows: readonly EpochRow[];
  /** What there is to say of the table as a whole, for example why it is empty. */
  readonly note: string | null;
}

/** One run on the page: live or from the history. */
export interface RunView {
  readonly id: string;
  readonly title: string;
  readonly command: string;
  readonly state: 'running' | 'finished' | 'failed' | 'stopped' | 'interrupted';
  readonly isPaused: boolean;
  /** For example `running for 2 min 3 s` or `finished with exit code 0`. */
  readonly stateText: string;
  readonly figures: readonly Figure[];
  /** 0 to 1 of the whole training, null where unknown. */
  readonly progress: number | null;
  readonly progressText: string;
  readonly components: readonly ComponentRow[];
  /** Null for a run that shows none. */
  readonly epochs: EpochTable | null;
  /** Label and text pairs: place, intensity and source, sensors, assumptions, directory, exit code. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** Plain sentences about what happened to the figures, for example a bridged gap. */
  readonly notes: readonly string[];
  readonly chart: ChartData;
  /** One sentence on a greener time for the rest of it; missing or null where there is nothing to offer. */
  readonly greenerOffer?: string | null;
}

/** What the buttons of a run ask for, wherever they are. */
export interface RunToHost {
  showReport: { readonly runId: string };
  deleteRun: { readonly runId: string };
  deleteRuns: { readonly runIds: readonly string[] };
  /** The same command in the same folder, in a Training terminal. */
  runAgain: { readonly runId: string };
  pauseRun: { readonly runId: string };
  resumeRun: { readonly runId: string };
  stopTracking: { readonly runId: string };
  findGreenerTime: { readonly runId: string };
  revealTerminal: { readonly runId: string };
}
