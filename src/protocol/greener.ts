/** What crosses between the extension host and the page of *Find a Greener Time*. Texts arrive ready to be shown. */

export type GreenerAction =
  | 'runLater'
  | 'pauseRun'
  | 'compareLocations'
  | 'changeLength'
  | 'allowNetwork'
  | 'chooseSource'
  | 'setLocation'
  | 'refresh';

export interface GreenerButton {
  readonly action: GreenerAction;
  readonly label: string;
  readonly isPrimary: boolean;
}

/** The forecast, held between its entries: each figure holds to the next time. */
export interface GreenerChart {
  /** Seconds since the chart's beginning, ascending. */
  readonly timeSeconds: readonly number[];
  /** What each of those times is called, for example `tomorrow at 02:30`. */
  readonly timeTexts: readonly string[];
  /** gCO2e/kWh; null in a gap. */
  readonly gramsPerKwh: readonly (number | null)[];
  /** The same within a run that starts now, null outside; empty where nothing is forecast for that. */
  readonly now: readonly (number | null)[];
  /** The same within the best one; empty where that is now, too. */
  readonly best: readonly (number | null)[];
  readonly nowLabel: string;
  readonly nowText: string;
  readonly bestLabel: string;
  readonly bestText: string;
  /** The full hours, for the axis. */
  readonly hours: readonly { readonly seconds: number; readonly hour: number; readonly text: string }[];
  /** Hour by hour in words, for those who do not see the chart. */
  readonly rows: readonly { readonly time: string; readonly intensity: string }[];
}

export interface GreenerView {
  /** Which run it is about, for example `A greener time for train.py`. */
  readonly title: string;
  /** Its length, and how that is known. */
  readonly about: string;
  /** One sentence: what to do, or why nothing can be recommended. */
  readonly headline: string;
  /** A recommendation, none because nothing is better, or none because nothing is known. */
  readonly kind: 'better' | 'same' | 'unknown';
  readonly details: readonly string[];
  readonly buttons: readonly GreenerButton[];
  readonly chart: GreenerChart | null;
  /** Whose forecast it is; empty where there is none. */
  readonly source: string;
}

/** From the host to the page. */
export interface GreenerToWebview {
  /** Null while the forecast is on its way. */
  greener: GreenerView | null;
}

/** From the page to the host. */
export interface GreenerToHost {
  ready: Record<string, never>;
  act: { readonly action: GreenerAction };
}
