import type { RunView } from './run.ts';

/** What trains now; where nothing does, the run that ended last. */
export interface NowView {
  readonly live: readonly { readonly id: string; readonly title: string }[];
  /** What there is to say before the run, for example that it is over; null where nothing is. */
  readonly hint: string | null;
  /** Null where there was no run yet. */
  readonly run: RunView | null;
}

export interface NowToWebview {
  now: NowView;
}

export interface NowToHost {
  /** Of several that train, this one is looked at. */
  selectLive: { readonly runId: string };
}
