import { runJson, type RunJson } from '../runJson.ts';
import type { Figures } from '../../compare/perEpoch.ts';
import type { Comparison, Difference } from './comparison.ts';

/**
 * A comparison as JSON, version 1; see `schemas/comparison.schema.json`. Each run is a `RunJson`; differences are
 * against the first. Fields may be added within a version; none changes its meaning.
 */
export interface ComparisonJson {
  readonly schema: 'training-footprint/comparison';
  readonly version: 1;
  readonly runs: readonly {
    readonly run: RunJson;
    /** Null where no epoch was finished. */
    readonly perEpoch: Figures | null;
    /** Null for the first. */
    readonly difference: Difference | null;
  }[];
  /** Sentences for people: why figures beside each other may not mean the same. */
  readonly cautions: readonly string[];
}

export function comparisonJson({ runs, cautions }: Comparison): ComparisonJson {
  return {
    ...{ schema: 'training-footprint/comparison', version: 1 },
    runs: runs.map(({ run, perEpoch, difference }) => ({ run: runJson(run), perEpoch, difference })),
    cautions,
  };
}
