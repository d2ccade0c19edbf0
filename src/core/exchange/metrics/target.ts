import type { RunSnapshot } from '../../runs/snapshot.ts';

/** Where metrics go. */
export interface MetricsTarget {
  /** For people, at the start of a sentence. */
  readonly name: string;
  /** @throws Error with what is wrong, in words that go on from the name */
  write(runs: readonly RunSnapshot[]): Promise<void>;
}
