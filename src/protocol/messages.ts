/**
 * Everything that crosses between the extension host and the webview. Texts arrive ready to be shown: the host
 * formats, the webview draws. Adding a message without a handler does not compile on either side.
 */

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

export interface ChartData {
  readonly runId: string;
  /** Seconds since the run started, ascending. */
  readonly timeSeconds: readonly number[];
  readonly power: readonly PowerSeries[];
  /** Energy of the run so far, one for each entry of `timeSeconds`. */
  readonly energyWattHours: readonly number[];
  readonly projection: ProjectionBand | null;
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
  /** Label and text pairs: place, intensity and source, sensors, assumptions, directory, exit code. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** Plain sentences about what happened to the figures, for example a bridged gap. */
  readonly notes: readonly string[];
  readonly chart: ChartData;
  /** One sentence on a greener time for the rest of it; missing or null where there is nothing to offer. */
  readonly greenerOffer?: string | null;
}

export type HistoryColumn = 'started' | 'name' | 'state' | 'duration' | 'energy' | 'emissions' | 'epochs';

/** One row of the history table: a text for each column. */
export interface HistoryRow {
  readonly id: string;
  readonly cells: Readonly<Record<HistoryColumn, string>>;
  readonly state: RunView['state'];
  readonly howKnown: HowKnown;
}

export interface HistoryView {
  readonly rows: readonly HistoryRow[];
  readonly sort: { readonly column: HistoryColumn; readonly descending: boolean };
  /** For example `37 runs · 1.2 kWh · 310 g CO2e`. */
  readonly summary: string;
}

/** The whole page. `selected` is the run whose detail is shown: a live one or one from the history. */
export interface PanelState {
  readonly live: readonly { readonly id: string; readonly title: string }[];
  readonly selected: RunView | null;
  readonly history: HistoryView;
  /** A message about the page as a whole, for example a history that cannot be written; null when all is well. */
  readonly warning: string | null;
}

/** From the host to the webview. */
export interface ToWebview {
  state: PanelState;
}

/** From the webview to the host. */
export interface ToHost {
  ready: Record<string, never>;
  selectRun: { readonly runId: string };
  sortHistory: { readonly column: HistoryColumn };
  showReport: { readonly runId: string };
  deleteRun: { readonly runId: string };
  pauseRun: { readonly runId: string };
  resumeRun: { readonly runId: string };
  stopTracking: { readonly runId: string };
  findGreenerTime: { readonly runId: string };
  revealTerminal: { readonly runId: string };
  runTraining: Record<string, never>;
  exportRuns: Record<string, never>;
  checkSensors: Record<string, never>;
}

export type Message<Map> = {
  [Type in keyof Map]: { readonly type: Type; readonly body: Map[Type] };
}[keyof Map];
/** One handler for every message: a missing one is a compile error. */
export type Handlers<Map> = { readonly [Type in keyof Map]: (body: Map[Type]) => void };
