/** Power that goes evenly from one value to another: a step where both are the same. */
export interface Segment {
  readonly seconds: number;
  readonly fromWatts: number;
  readonly toWatts: number;
}

/** The power of one channel from second 0 on. After its last segment it starts anew (`repeats`) or stays. */
export interface Channel {
  readonly segments: readonly Segment[];
  readonly repeats: boolean;
}

/** A known power of a whole machine: plain data, so that it can be handed to another process. */
export interface Trace {
  /** `package` and `dram` are used for each socket, `gpu` for each GPU, unless it has its own: `package-1`. */
  readonly channels: Readonly<Record<string, Channel>>;
  /** The counters' range in joules; without it, that of a common server: 65 kJ and some. */
  readonly rangeJoules?: number;
}

export function constant(watts: number): Channel {
  return { segments: [{ seconds: 1, fromWatts: watts, toWatts: watts }], repeats: true };
}

/** Repeats the given powers, each for its seconds. */
export function steps(...levels: readonly (readonly [watts: number, seconds: number])[]): Channel {
  const segments = levels.map(([watts, seconds]) => ({ seconds, fromWatts: watts, toWatts: watts }));
  return { segments, repeats: true };
}

/** Up and down again, over and over. */
export function triangle(lowWatts: number, highWatts: number, seconds: number): Channel {
  const up = { seconds: seconds / 2, fromWatts: lowWatts, toWatts: highWatts };
  return { segments: [up, { ...up, fromWatts: highWatts, toWatts: lowWatts }], repeats: true };
}

export const TRACES = {
  idle: {
    channels: {
      ...{ package: constant(12), core: constant(3), dram: constant(2), psys: constant(25) },
      gpu: constant(30),
    },
  },
  steady: {
    channels: {
      ...{ package: constant(80), core: constant(60), dram: constant(6), psys: constant(110) },
      gpu: constant(300),
    },
  },
  ramp: {
    channels: {
      ...{ package: triangle(10, 90, 4), core: triangle(4, 70, 4), dram: triangle(2, 8, 4) },
      gpu: triangle(60, 350, 4),
    },
  },
  steps: {
    channels: {
      package: steps([15, 0.7], [120, 1.1], [40, 0.4]),
      core: steps([5, 0.7], [90, 1.1], [20, 0.4]),
      dram: steps([2, 0.9], [7, 0.6]),
      gpu: steps([60, 0.7], [320, 1.1], [180, 0.4]),
    },
  },
  /** A package counter that wraps every 1.5 s. */
  wrap: { channels: { package: constant(80), core: constant(60), dram: constant(6) }, rangeJoules: 120 },
  /** One that wraps every 12.5 s: real ones take minutes, so that a short run would not see it. */
  slowWrap: { channels: { package: constant(80), core: constant(60), dram: constant(6) }, rangeJoules: 1000 },
  /** A tenth of a second of work, over and over. */
  bursts: {
    channels: {
      package: steps([40, 0.27], [200, 0.1]),
      core: steps([20, 0.27], [160, 0.1]),
      dram: steps([3, 0.27], [9, 0.1]),
      gpu: steps([70, 0.27], [400, 0.1]),
    },
  },
  /** The same in step with the second, as those see it who look once a second. */
  beats: {
    channels: {
      package: steps([40, 0.9], [200, 0.1]),
      core: steps([20, 0.9], [160, 0.1]),
      dram: steps([3, 0.9], [9, 0.1]),
      gpu: steps([70, 0.9], [400, 0.1]),
    },
  },
} as const satisfies Record<string, Trace>;

export type TraceName = keyof typeof TRACES;

/** A preset by its name, or a trace as JSON. */
export function traceOf(nameOrJson: string): Trace {
  if (Object.hasOwn(TRACES, nameOrJson)) return TRACES[nameOrJson as TraceName];
  return JSON.parse(nameOrJson) as Trace;
}

/** The channel that a zone follows, null where the trace has none: `package-1`, else `package`. */
export function channelOf(trace: Trace, name: string): Channel | null {
  return trace.channels[name] ?? trace.channels[name.replace(/-\d+$/, '')] ?? null;
}

/** Exact energy of a channel over seconds of its own clock; nothing is drawn before second 0. */
export function joulesBetween(channel: Channel, fromSeconds: number, toSeconds: number): number {
  return joulesUntil(channel, toSeconds) - joulesUntil(channel, fromSeconds);
}

/** Energy of a channel from second 0. */
export function joulesUntil(channel: Channel, seconds: number): number {
  if (seconds <= 0) return 0;
  const { segments, repeats } = channel;
  const cycleSeconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const cycles = repeats ? Math.floor(seconds / cycleSeconds) : 0;
  let rest = seconds - cycles * cycleSeconds;
  let joules = cycles * segments.reduce((sum, segment) => sum + joulesOf(segment, segment.seconds), 0);
  for (const segment of segments) {
    const part = Math.min(rest, segment.seconds);
    joules += joulesOf(segment, part);
    rest -= part;
  }
  return joules + Math.max(0, rest) * (segments.at(-1)?.toWatts ?? 0);
}

/** Energy of the first `seconds` of a segment: the trapezoid below its line. */
function joulesOf({ seconds: length, fromWatts, toWatts }: Segment, seconds: number): number {
  if (length === 0) return 0;
  const endWatts = fromWatts + ((toWatts - fromWatts) * seconds) / length;
  return ((fromWatts + endWatts) / 2) * seconds;
}
