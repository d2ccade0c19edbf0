import type { Intensity } from '../carbon/intensity.ts';
import type { IntensitySegment } from '../carbon/integrator.ts';
import { epochUses } from '../runs/epochUse.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';

/**
 * One run as JSON, version 1. Joules, grams of CO2 equivalent, seconds; times are ISO 8601 in UTC; what is unknown is
 * null. `energyJoules` is the run's, `machineEnergyJoules` the whole machine's over the same time. Fields may be added
 * within a version; none changes its meaning.
 */
export interface RunJson {
  readonly schema: 'training-footprint/run';
  readonly version: 1;
  readonly id: string;
  readonly label: string;
  readonly command: string;
  readonly cwd: string;
  readonly project: string;
  readonly origin: RunSnapshot['origin'];
  readonly state: RunSnapshot['state'];
  readonly exitCode: number | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationSeconds: number;
  readonly energyJoules: number;
  readonly machineEnergyJoules: number | null;
  readonly quality: RunSnapshot['howKnown'];
  /** Relative, of `energyJoules`, 0.05 for ±5 %: combined from the components' by JCGM 100:2008. */
  readonly uncertainty: number | null;
  /** What became of idle power; null for a run that has not recorded it. */
  readonly idlePower: NonNullable<RunSnapshot['idlePower']> | null;
  /** What each source told, device by device: joules of the run and of the machine, and their uncertainty. */
  readonly components: RunSnapshot['components'];
  readonly emissionsGrams: number;
  readonly carbonIntensity: {
    readonly gramsPerKwh: number;
    readonly place: string;
    readonly source: string;
    readonly isGuess: boolean;
    /** Whose live figure it is and for when, in UTC; null for a yearly average. */
    readonly live: {
      readonly source: string;
      readonly zone: string;
      readonly kind: 'average';
      readonly quality: string;
      readonly from: string;
      readonly to: string;
      readonly attribution: string;
    } | null;
    /** Why no better figure was in use; null where it was. */
    readonly fallback: string | null;
  };
  /** By which intensities `emissionsGrams` were counted; null for a run that has not recorded it. */
  readonly intensitySegments: readonly SegmentJson[] | null;
  /** By marginal intensity, which is another question and no part of `emissionsGrams`; null where nobody told it. */
  readonly marginalEmissionsGrams: number | null;
  readonly pue: number;
  readonly epochsCompleted: number;
  readonly totalEpochs: number | null;
  /** What each epoch used; null where that is not known, as for runs of older versions. */
  readonly epochs: readonly EpochJson[] | null;
  readonly projection: {
    readonly totalEnergyJoules: RunSnapshot['projectedEmissionsGrams'];
    readonly totalEmissionsGrams: RunSnapshot['projectedEmissionsGrams'];
    readonly remainingSeconds: RunSnapshot['projectedEmissionsGrams'];
  } | null;
  readonly assumptions: readonly string[];
  readonly notes: readonly string[];
  /** What it ran in; null for a run that has not recorded it. */
  readonly environment: NonNullable<RunSnapshot['environment']> | null;
  /** What its user wrote. */
  readonly tags: readonly string[];
  readonly comment: string | null;
}

/**
 * An epoch, or several where not each one's end was seen or is kept; steps for a run without epochs. `from` and `to` count
 * from 1 through this run. `metrics` are the last values that the output told by its end, names and values as printed.
 */
export interface EpochJson {
  readonly unit: 'epoch' | 'step';
  readonly from: number;
  readonly to: number;
  readonly energyJoules: number;
  readonly durationSeconds: number;
  readonly emissionsGrams: number;
  readonly metrics: Readonly<Record<string, number>> | null;
}

/** `grams` is `energyJoules` in kWh times PUE times intensity. `isFinal` is false where a better figure may still come. */
export interface SegmentJson {
  readonly from: string;
  readonly to: string;
  readonly energyJoules: number;
  readonly pue: number;
  readonly gramsPerKwh: number;
  readonly source: string;
  readonly isFinal: boolean;
}

export function runJson(run: RunSnapshot): RunJson {
  const { id, label, command, cwd, project, origin, state, exitCode, durationSeconds } = run;
  return {
    schema: 'training-footprint/run',
    version: 1,
    ...{ id, label, command, cwd, project, origin, state, exitCode },
    startedAt: new Date(run.startedAtMillis).toISOString(),
    endedAt: run.endedAtMillis === null ? null : new Date(run.endedAtMillis).toISOString(),
    durationSeconds,
    energyJoules: run.energyJoules,
    machineEnergyJoules: run.machineEnergyJoules,
    quality: run.howKnown,
    uncertainty: run.uncertainty,
    idlePower: run.idlePower ?? null,
    components: run.components,
    emissionsGrams: run.emissionsGrams,
    carbonIntensity: intensityJson(run.carbon.intensity),
    intensitySegments: run.intensitySegments?.map(segmentJson) ?? null,
    marginalEmissionsGrams: run.marginal?.emissionsGrams ?? null,
    pue: run.carbon.pue,
    epochsCompleted: run.progress.epochsCompleted,
    totalEpochs: run.progress.totalEpochs,
    epochs: epochsJson(run),
    projection: run.projection && {
      totalEnergyJoules: run.projection.totalEnergyJoules,
      totalEmissionsGrams: run.projectedEmissionsGrams,
      remainingSeconds: run.projection.remainingSeconds,
    },
    assumptions: run.assumptions,
    notes: run.notes,
    environment: run.environment ?? null,
    tags: run.tags ?? [],
    comment: run.comment ?? null,
  };
}

function epochsJson(run: RunSnapshot): readonly EpochJson[] | null {
  const unit = run.epochs?.unit ?? 'epoch';
  const uses = epochUses(run);
  return (
    uses?.map(({ from, to, energyJoules, durationSeconds, emissionsGrams, metrics }) => ({
      ...{ unit, from, to, energyJoules, durationSeconds, emissionsGrams, metrics },
    })) ?? null
  );
}

function intensityJson({ live, fallback, ...figure }: Intensity): RunJson['carbonIntensity'] {
  const { gramsPerKwh, place, source, isGuess } = figure;
  return {
    ...{ gramsPerKwh, place, source, isGuess },
    live: live
      ? {
          ...{ source: live.sourceId, zone: live.zone, kind: 'average', quality: live.quality },
          from: new Date(live.fromMillis).toISOString(),
          to: new Date(live.toMillis).toISOString(),
          attribution: live.attribution,
        }
      : null,
    fallback: fallback ?? null,
  };
}

function segmentJson({ fromMillis, toMillis, ...rest }: IntensitySegment): SegmentJson {
  const { energyJoules, pue, gramsPerKwh, source, isFinal } = rest;
  return {
    from: new Date(fromMillis).toISOString(),
    to: new Date(toMillis).toISOString(),
    ...{ energyJoules, pue, gramsPerKwh, source, isFinal },
  };
}

/** Several runs as JSON, version 1: a list of `RunJson`. */
export function runsJson(runs: readonly RunSnapshot[]) {
  return { schema: 'training-footprint/runs', version: 1, runs: runs.map(runJson) } as const;
}
