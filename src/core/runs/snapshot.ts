import type { CarbonContext } from '../carbon/intensity.ts';
import type { IntensitySegment } from '../carbon/integrator.ts';
import type { IdlePower } from '../metering/attribution.ts';
import type { Progress } from '../progress/event.ts';
import type { Interval, Projection } from '../projection/projection.ts';
import type { Component, Quality } from '../sensors/sensor.ts';
import type { RunEnvironment } from './environment/environment.ts';
import type { EpochRecord } from './epochs.ts';

/** `interrupted`: it ended while nobody looked, so that its exit code is unknown. */
export type RunState = 'running' | 'finished' | 'failed' | 'stopped' | 'interrupted';

/** `import`: from our own export; the peers’ names: from their files. */
export type RunOrigin = 'terminal' | 'task' | 'cli' | 'import' | 'carbontracker' | 'codecarbon';

/** Energy of one device by one source. After a change of source in mid-run a device has an entry for each. */
export interface ComponentEnergy {
  readonly component: Component;
  readonly device: string;
  readonly source: string;
  /** `unknown` where an imported file does not say. */
  readonly quality: Quality | 'unknown';
  /** Relative, 0.05 for ±5 %; null where an imported file does not say. */
  readonly uncertainty: number | null;
  /** Attributed to the run. */
  readonly energyJoules: number;
  /** Of the whole machine over the same time; null where an imported file does not say. */
  readonly machineEnergyJoules: number | null;
}

/** The energy of a run that was recorded here: nothing of it is unknown. */
export interface RecordedEnergy extends ComponentEnergy {
  readonly quality: Quality;
  readonly uncertainty: number;
  readonly machineEnergyJoules: number;
}

/** What the run made the grid emit on top, by the plants that answer to more load. Not part of `emissionsGrams`. */
export interface MarginalEmissions {
  readonly emissionsGrams: number;
  readonly segments: readonly IntensitySegment[];
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
  /** Null where an imported file does not say. */
  readonly machineEnergyJoules: number | null;
  readonly components: readonly ComponentEnergy[];
  readonly howKnown: Quality | 'mixed' | 'unknown';
  /**
   * Relative, of `energyJoules`: of what the sources told, not of how it is shared; see `uncertainty.ts`. Null where an
   * imported file does not say.
   */
  readonly uncertainty: number | null;
  /** Power attributed to the run over the last sample; null when none is running. */
  readonly powerWatts: number | null;
  /** By average intensity, each interval's energy by that of its time. */
  readonly emissionsGrams: number;
  /** By which intensities they were counted, oldest first; missing in older runs. */
  readonly intensitySegments?: readonly IntensitySegment[];
  /** The same by marginal intensity, which answers another question; missing where nobody told it. */
  readonly marginal?: MarginalEmissions;
  /** What is in force now, or was at the end. */
  readonly carbon: CarbonContext;
  readonly progress: Progress;
  /** What each epoch used, and what the output said of the model; missing in older runs and where nothing was told. */
  readonly epochs?: EpochRecord;
  readonly projection: Projection | null;
  /** Projected total: what is emitted, and the energy to come by what is known of the hours to come. */
  readonly projectedEmissionsGrams: Interval | null;
  /** What the estimates rest on, all that were in use. */
  readonly assumptions: readonly string[];
  /** What became of idle power, by the setting in force last; missing in older runs. */
  readonly idlePower?: IdlePower;
  /** Plain sentences about what happened to the figures. */
  readonly notes: readonly string[];
  /** Repository, Python, frameworks and machine; missing in older runs and until it was looked at. */
  readonly environment?: RunEnvironment;
  /** What its user wrote about it; missing where nothing. */
  readonly comment?: string;
  readonly tags?: readonly string[];
}

/** One interval of one component, for charts. Times are seconds since the run started. */
export interface SamplePoint {
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly component: Component;
  readonly energyJoules: number;
  readonly machineEnergyJoules: number;
}
