/** Two to six runs beside each other. */
export interface CompareView {
  readonly runs: readonly { readonly id: string; readonly title: string }[];
}

export interface CompareToWebview {
  compare: CompareView;
}

export interface CompareToHost {
  /** Shows these runs in the view Compare, the first as what the others are held against. */
  compareRuns: { readonly runIds: readonly string[] };
  /** Lets the person choose runs from a list. */
  pickComparison: Record<string, never>;
}
