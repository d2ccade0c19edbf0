/**
 * What a figure is about. `cpu` is the processor package, `dram` the memory, `gpu` an accelerator, `rest` what the
 * whole machine draws besides them: fans, disks, voltage converters, screen.
 */
export type Component = 'cpu' | 'dram' | 'gpu' | 'rest';

/** What a reading is about: a component, or the supply of the whole machine, of which the rest is what remains. */
export type Scope = Exclude<Component, 'rest'> | 'machine';

/** Whose GPUs a sensor reads. Sensors of one family read the same devices, so that only one of them is used. */
export type GpuFamily = 'nvidia' | 'amd' | 'intel' | 'jetson' | 'apple';

/** `measured`: read from a power sensor. `estimated`: computed from load and documented assumptions. */
export type Quality = 'measured' | 'estimated';

/** A process that computes on a device. */
export interface DeviceProcess {
  readonly pid: number;
  /** Share of the last interval's time that it kept the device busy, 0 to 1; null where that is not told. */
  readonly busyShare: number | null;
}

/** What a sensor knows of who uses a device: by this its energy is shared among runs. */
export interface DeviceUse {
  /** The number by which `CUDA_VISIBLE_DEVICES` names it; null where there is none. */
  readonly index: number | null;
  readonly uuid: string | null;
  /** Share of the last interval's time that the device was busy, 0 to 1; null where that is not told. */
  readonly busyShare: number | null;
  /** Everyone who computes on it; null where that is not told. */
  readonly processes: readonly DeviceProcess[] | null;
  /**
   * PCI address (`0000:03:00.0`) by which the kernel's `/proc/PID/fdinfo` names the device's clients, for drivers that
   * tell there what each has used (kernel documentation, gpu/drm-usage-stats.rst); else null.
   */
  readonly drmDevice: string | null;
  /** What a process that computes on it holds open: `/dev/nvidia0`; null or missing where that is not known. */
  readonly deviceFile?: string | null;
  /**
   * Whether there are NVIDIA GPUs of other models, too: CUDA numbers by speed then, not by `index`, unless it is told
   * otherwise (CUDA C++ Programming Guide, environment variables, CUDA_DEVICE_ORDER).
   */
  readonly hasUnlike?: boolean;
  /** UUIDs of the parts into which it is divided (MIG); missing where it is not. */
  readonly instances?: readonly string[];
}

interface ReadingBase {
  /** Names the source of this figure, the same after a restart: `rapl/intel-rapl:0`. */
  readonly channel: string;
  readonly component: Scope;
  /** For example `package-0`. Sensors of one GPU family give one device one name. */
  readonly device: string;
  /** The sensor's id. */
  readonly source: string;
  readonly quality: Quality;
  /** Relative uncertainty, 0.05 for ±5 %. */
  readonly uncertainty: number;
  /** Monotonic seconds, see `metering/clock.ts`. */
  readonly timeSeconds: number;
  readonly use?: DeviceUse;
}

/** An energy counter. It never falls but for a wrap at `rangeJoules` (null: it does not wrap) or a reset. */
export interface CounterReading extends ReadingBase {
  readonly kind: 'counter';
  readonly energyJoules: number;
  readonly rangeJoules: number | null;
  /**
   * Joules after which the register behind a counter wraps, where a driver adds its rounds up but sees them only when
   * it is read: the counter does not fall then, but misses the rounds that nobody looked at.
   */
  readonly unseenRangeJoules?: number;
}

/** A power at one moment. */
export interface PowerReading extends ReadingBase {
  readonly kind: 'power';
  readonly powerWatts: number;
}

export type Reading = CounterReading | PowerReading;

/** One thing that an estimate rests on, in words for people, with its source. */
export interface Assumption {
  readonly component: Scope;
  readonly text: string;
}

/** What a look at a sensor found, in words for people. */
export interface Probe {
  readonly state: 'ready' | 'refused' | 'absent';
  /** What it measures when it is ready. */
  readonly components: readonly Scope[];
  /** One sentence: what it measures, or why it cannot. */
  readonly message: string;
  /** What to type or change so that it works; null where there is nothing to do. */
  readonly fix: string | null;
  /** How fine and how often it tells, for people: `61 µJ, every millisecond`; null where it is not ready. */
  readonly resolution: string | null;
  /** Documented relative uncertainty, 0.05 for ±5 %; null where it is not ready. */
  readonly uncertainty: number | null;
  /** What an estimate rests on. Empty for a measurement. */
  readonly assumptions: readonly Assumption[];
}

/** A source of energy readings. No method throws: what fails is told by the probe or left out. */
export interface Sensor {
  /** Also the `source` of its readings. */
  readonly id: string;
  readonly title: string;
  readonly quality: Quality;
  /** Named by every sensor of GPUs. */
  readonly gpuFamily?: GpuFamily;
  /**
   * Named by every sensor of powers: the seconds between two reads by which no burst worth counting is missed.
   * Counters miss nothing, so they are read once a sample.
   */
  readonly powerPeriodSeconds?: number;
  probe(): Promise<Probe>;
  /**
   * Reads each channel. Those that do not answer are missing from the result. A sensor that is told more than it is
   * asked, a stream, gives all that came since the last read, in the order of time.
   */
  read(): Promise<readonly Reading[]>;
  /** Ends what was started for reading: a child process, a library. A later read starts it again. */
  release?(): void;
}

/** Every sensor, best first; loads them at the first call. */
export type SensorList = () => Promise<readonly Sensor[]>;

/** A sensor with what probing it found. */
export interface ProbedSensor {
  readonly sensor: Sensor;
  readonly probe: Probe;
}

/** What a user says of the hardware where no sensor tells; null where nothing is said. SI units. */
export interface HardwareOverrides {
  /** Full power of all processors together. */
  readonly cpuFullWatts: number | null;
  readonly cpuIdleWatts: number | null;
  readonly dramWattsPerGigabyte: number | null;
  /** Full power of one GPU. */
  readonly gpuFullWatts: number | null;
}

/**
 * Where sensors look. Other roots than `/sys` and `/proc` serve containers that mount the host's, and tests.
 */
export interface SensorContext {
  readonly sysfs: string;
  readonly procfs: string;
  /** Asked when a sensor is probed. */
  readonly overrides?: () => HardwareOverrides;
  /** For the library and the programs that some sensors need: PATH and `TRAINING_FOOTPRINT_NVML`. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The system that sensors are looked for on; this one where it is left out. */
  readonly platform?: NodeJS.Platform;
}
