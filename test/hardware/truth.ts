import { channelOf, joulesBetween, type Trace } from './trace.ts';

/** What a RAPL driver does, and since when: `truth.json`. */
export interface Truth {
  /** Seconds of CLOCK_MONOTONIC at which the trace began. */
  readonly startSeconds: number;
  readonly trace: Trace;
  readonly packages: number;
  readonly hasDram: boolean;
}

/** True joules of packages and memory, or of one of the two, between two seconds of CLOCK_MONOTONIC. */
export function trueJoules(
  truth: Truth,
  fromSeconds: number,
  toSeconds: number,
  only?: 'package' | 'dram',
): number {
  const kinds = ['package', ...(truth.hasDram ? ['dram'] : [])].filter((kind) => !only || kind === only);
  let sum = 0;
  for (let socket = 0; socket < truth.packages; socket++) {
    for (const kind of kinds) {
      const channel = channelOf(truth.trace, `${kind}-${socket}`);
      if (channel)
        sum += joulesBetween(channel, fromSeconds - truth.startSeconds, toSeconds - truth.startSeconds);
    }
  }
  return sum;
}
