import type { CarbonContext } from '../carbon/intensity.ts';
import type { IdlePower } from '../metering/attribution.ts';
import type { Progress } from '../progress/event.ts';
import type { Interval, Projection } from '../projection/projection.ts';
import type { Component, Quality } from '../sensors/sensor.ts';

/** `interrupted`: it ended while nobody looked, so that its exit code is unknown. */
export type RunState = 'running' | 'finished' | 'failed' | 'stopped' | 'interrupted';

export type RunOrigin = 'terminal' | 'task' | 'cli';

/** Energy of one device by one source. After a change of source in mid-run a device has an entry for each. */
export interface ComponentEnergy {
  readonly component: Component;
  readonly device: string;
  readonly source: string;
  readonly quality: Quality;
  /** Relative, 0.05 for ±5 %. */
  readonly uncertainty: number;
  /** Attributed to the run. */
  readonly energyJoules: number;
  /** Of the whole machine over the same time. */
  readonly machineEnergyJoules: number;
}

/** What a run was started as. It does not change. */
export interface RunIdentity {
  readonly id: string;
  readonly label: string;
  readonly command: string;
  readonly cwd: string;
  /** Name of the workspace folder or directory. */
  readonly project: string;
  readonly origin: RunOrigin;
  /** Milliseconds since 1970. */
  readonly startedAtMillis: number;
}

/** Everything there is to say about a run at one moment. Views, reports and the store only ever see this. */
export interface RunSnapshot extends RunIdentity {
  readonly state: RunState;
  /** Its processes are stopped; it may go on. */
  readonly isPaused: boolean;
  /** Null while it runs and where it is unknown. */
  readonly exitCode: number | null;
  readonly endedAtMillis: number | null;
  readonly durationSeconds: number;
  /** Attributed to the run. */
  readonly energyJoules: number;
  readonly machineEnergyJoules: number;
  readonly components: readonly ComponentEnergy[];
  readonly howKnown: Quality | 'mixed' | 'unknown';
  /** Relative, of `energyJoules`: of what the sources told, not of how it is shared; see `uncertainty.ts`. */
  readonly uncertainty: number;
  /** Power attributed to the run over the last sample; null when none is running. */
  readonly powerWatts: number | null;
  readonly emissionsGrams: number;
  readonly carbon: CarbonContext;
  readonly progress: Progress;
  readonly projection: Projection | null;
  /** Projected total, by the intensity in force. */
  readonly projectedEmissionsGrams: Interval | null;
  /** What the estimates rest on, all that were in use. */
  readonly assumptions: readonly string[];
  /** What became of idle power, by the setting in force last; missing in older runs. */
  readonly idlePower?: IdlePower;
  /** Plain sentences about what happened to the figures. */
  readonly notes: readonly string[];
}

/** One interval of one component, for charts. Times are seconds since the run started. */
export interface SamplePoint {
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly component: Component;
  readonly energyJoules: number;
  readonly machineEnergyJoules: number;
}
