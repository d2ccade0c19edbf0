import type {
  FootprintComponent,
  FootprintEmissions,
  FootprintProgress,
  FootprintProjection,
  FootprintRun,
} from '../../api.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';

/** A run as other extensions see it: nothing in it is shared with ours, and nothing can be changed. */
export function footprintRun(run: RunSnapshot): FootprintRun {
  const { id, label, command, cwd, project, origin, state, isPaused, exitCode } = run;
  const { startedAtMillis, endedAtMillis, durationSeconds, howKnown, powerWatts } = run;
  return deepFreeze({
    ...{ id, label, command, cwd, project, origin, state, isPaused, exitCode },
    ...{ startedAtMillis, endedAtMillis, durationSeconds },
    energy: energyOf(run, howKnown),
    components: run.components.map((entry): FootprintComponent => {
      const { component, device, source, quality } = entry;
      return { component, device, source, ...energyOf(entry, quality) };
    }),
    power: powerWatts === null ? null : { powerWatts, howKnown },
    emissions: emissionsOf(run),
    progress: progressOf(run),
    projection: projectionOf(run),
    assumptions: [...run.assumptions],
    notes: [...run.notes],
  });
}

function energyOf<HowKnown>(
  entry: Pick<RunSnapshot, 'energyJoules' | 'machineEnergyJoules' | 'uncertainty'>,
  howKnown: HowKnown,
) {
  const { energyJoules, machineEnergyJoules, uncertainty } = entry;
  return {
    energyJoules,
    machineEnergyJoules,
    howKnown,
    uncertainty: howKnown === 'unknown' ? null : uncertainty,
  };
}

function emissionsOf({ emissionsGrams, carbon: { intensity, pue } }: RunSnapshot): FootprintEmissions {
  return {
    emissionsGrams,
    howKnown: 'estimated',
    intensityGramsPerKwh: intensity.gramsPerKwh,
    intensitySource: intensity.source,
    place: intensity.place,
    isPlaceGuessed: intensity.isGuess,
    pue,
  };
}

function progressOf({ progress }: RunSnapshot): FootprintProgress {
  const { epoch, epochsCompleted, totalEpochs, totalSource, step, totalSteps, stepsOf } = progress;
  return { epoch, epochsCompleted, totalEpochs, totalSource, step, totalSteps, stepsOf };
}

function projectionOf({ projection, projectedEmissionsGrams }: RunSnapshot): FootprintProjection | null {
  return (
    projection && {
      howKnown: 'projected',
      totalEnergyJoules: { ...projection.totalEnergyJoules },
      totalEmissionsGrams: projectedEmissionsGrams && { ...projectedEmissionsGrams },
      remainingSeconds: { ...projection.remainingSeconds },
      basis: projection.basis,
    }
  );
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
