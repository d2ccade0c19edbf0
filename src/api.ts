/**
 * What Training Footprint gives to other extensions, version 1. The package holds this file as `dist/api.d.ts`: copy it.
 *
 * ```ts
 * const extension = vscode.extensions.getExtension<FootprintExports>('training-footprint.training-footprint');
 * const footprint = (await extension?.activate())?.getApi(1);
 * const run = await footprint?.lastRun();
 * ```
 *
 * All of it is read-only: what is handed out is plain frozen data, as of that moment. Units stand in the names: joules,
 * watts, seconds, grams of CO2 equivalent; times are milliseconds since 1970. What is unknown is null. Within a version
 * things are only added: fields, and values of the texts that are typed `string`.
 */
import type { Event } from 'vscode';

/** What activating the extension returns. */
export interface FootprintExports {
  /** @throws Error where there is no such version */
  getApi(version: 1): FootprintApi;
}

export interface FootprintApi {
  readonly version: 1;
  /** What trains in this window now, oldest first. */
  currentRuns(): readonly FootprintRun[];
  /** The newest run: one that trains in this window, else of the history. Null where there was none. */
  lastRun(): Promise<FootprintRun | null>;
  /** @returns null where there is no run of that id, or it was deleted */
  getRun(id: string): Promise<FootprintRun | null>;
  /** Runs of all windows, of the command line and imported ones, newest first; empty where there is no history. */
  history(query?: FootprintQuery): Promise<readonly FootprintRun[]>;
  /** A run of this window as it now is: about once a second while it trains, and once more when it has ended. */
  readonly onDidChangeRuns: Event<FootprintRun>;
}

export interface FootprintQuery {
  /** How many runs at most, 1 to 10,000; 100 where it is left out. */
  readonly limit?: number;
}

/**
 * `measured` by counters or power meters, `estimated` by a model of the hardware, `mixed` where both had a part,
 * `unknown` before the first sample and where an imported file does not say.
 */
export type HowKnown = 'measured' | 'estimated' | 'mixed' | 'unknown';

/** `interrupted`: it ended while nobody looked, so that its exit code is unknown. */
export type FootprintState = 'running' | 'finished' | 'failed' | 'stopped' | 'interrupted';

/** A run at one moment. */
export interface FootprintRun {
  readonly id: string;
  readonly label: string;
  /** As it was typed. */
  readonly command: string;
  readonly cwd: string;
  /** Name of the workspace folder or directory. */
  readonly project: string;
  /** `terminal`, `task`, `cli`, or what it was imported from. */
  readonly origin: string;
  readonly state: FootprintState;
  readonly isPaused: boolean;
  /** Null while it trains, and where it is unknown. */
  readonly exitCode: number | null;
  readonly startedAtMillis: number;
  readonly endedAtMillis: number | null;
  readonly durationSeconds: number;
  readonly energy: FootprintEnergy;
  /** By device and source. */
  readonly components: readonly FootprintComponent[];
  /** Over the last sample; null when none is running. */
  readonly power: { readonly powerWatts: number; readonly howKnown: HowKnown } | null;
  readonly emissions: FootprintEmissions;
  readonly progress: FootprintProgress;
  /** Null after the end, and while nothing can be said. */
  readonly projection: FootprintProjection | null;
  /** What estimates rest on, one sentence each. */
  readonly assumptions: readonly string[];
  /** What happened to the figures, one sentence each. */
  readonly notes: readonly string[];
}

export interface FootprintEnergy {
  /** The run's part. */
  readonly energyJoules: number;
  /** Of the whole machine over the same time. */
  readonly machineEnergyJoules: number | null;
  readonly howKnown: HowKnown;
  /** Relative, of the run's part: 0.05 for ±5 %. */
  readonly uncertainty: number | null;
}

export interface FootprintComponent extends FootprintEnergy {
  /** `cpu`, `dram`, `gpu`, `rest`. */
  readonly component: string;
  readonly device: string;
  /** Which sensor or model told it: `rapl`, `nvml`, `estimate`. */
  readonly source: string;
}

/** Energy times PUE times carbon intensity: always an estimate, as good as its intensity. */
export interface FootprintEmissions {
  readonly emissionsGrams: number;
  readonly howKnown: 'estimated';
  /** In force now, or at the end. */
  readonly intensityGramsPerKwh: number;
  readonly intensitySource: string;
  readonly place: string;
  /** The user did not say where the machine is. */
  readonly isPlaceGuessed: boolean;
  /** Power usage effectiveness, 1 or more. */
  readonly pue: number;
}

export interface FootprintProgress {
  /** In progress, by the script's own count; null where its output names none. */
  readonly epoch: number | null;
  readonly epochsCompleted: number;
  readonly totalEpochs: number | null;
  /** Where the total is from: `output`, `task`, `setting`, `command`, `config`, `history` (a guess); null without one. */
  readonly totalSource: string | null;
  /** Finished ones, of the epoch or of the run by `stepsOf`. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  readonly stepsOf: 'epoch' | 'run' | null;
}

/** What the whole run will come to, what is used already included. */
export interface FootprintProjection {
  readonly howKnown: 'projected';
  readonly totalEnergyJoules: FootprintInterval;
  readonly totalEmissionsGrams: FootprintInterval | null;
  readonly remainingSeconds: FootprintInterval;
  /** One short sentence: what it rests on. */
  readonly basis: string;
}

/** A median with an 80 % interval. */
export interface FootprintInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}
