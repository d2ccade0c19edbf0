/** What a figure is about. `cpu` is the processor package, `dram` the memory, `gpu` an accelerator. */
export type Component = 'cpu' | 'dram' | 'gpu';

/** `measured`: read from a power sensor. `estimated`: computed from load and documented assumptions. */
export type Quality = 'measured' | 'estimated';

interface ReadingBase {
  /** Names the source of this figure, the same after a restart: `rapl/intel-rapl:0`. */
  readonly channel: string;
  readonly component: Component;
  /** For example `package-0`. */
  readonly device: string;
  /** The sensor's id. */
  readonly source: string;
  readonly quality: Quality;
  /** Relative uncertainty, 0.05 for ±5 %. */
  readonly uncertainty: number;
  /** Monotonic seconds, see `metering/clock.ts`. */
  readonly timeSeconds: number;
}

/** An energy counter. It never falls but for a wrap at `rangeJoules` (null: it does not wrap) or a reset. */
export interface CounterReading extends ReadingBase {
  readonly kind: 'counter';
  readonly energyJoules: number;
  readonly rangeJoules: number | null;
}

/** A power at one moment. */
export interface PowerReading extends ReadingBase {
  readonly kind: 'power';
  readonly powerWatts: number;
}

export type Reading = CounterReading | PowerReading;

/** What a look at a sensor found, in words for people. */
export interface Probe {
  readonly state: 'ready' | 'refused' | 'absent';
  /** What it measures when it is ready. */
  readonly components: readonly Component[];
  /** One sentence: what it measures, or why it cannot. */
  readonly message: string;
  /** What to type or change so that it works; null where there is nothing to do. */
  readonly fix: string | null;
  /** What an estimate rests on, each with its source. Empty for a measurement. */
  readonly assumptions: readonly string[];
}

/** A source of energy readings. Neither method throws: what fails is told by the probe or left out. */
export interface Sensor {
  readonly id: string;
  readonly title: string;
  readonly quality: Quality;
  probe(): Promise<Probe>;
  /** Reads each counter once. Those that do not answer are missing from the result. */
  read(): Promise<readonly Reading[]>;
}

/** A sensor with what probing it found. */
export interface ProbedSensor {
  readonly sensor: Sensor;
  readonly probe: Probe;
}

/** Where sensors look. Other roots than `/sys` and `/proc` serve containers that mount the host's, and tests. */
export interface SensorRoots {
  readonly sysfs: string;
  readonly procfs: string;
}
