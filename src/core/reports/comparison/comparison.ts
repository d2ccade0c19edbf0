import { t } from '../../../language.ts';
import { MOST_COMPARED } from '../../compare/comparison.ts';
import { perEpoch, type Figures } from '../../compare/perEpoch.ts';
import type { RunSnapshot, SamplePoint } from '../../runs/snapshot.ts';

export const FEWEST_COMPARED = 2;

/** Against the first run. */
export interface Difference extends Figures {
  /** Of the first run's, 0.1 for a tenth more; null where the first used nothing. */
  readonly energyShare: number | null;
  readonly emissionsShare: number | null;
  readonly durationShare: number | null;
  /**
   * Standard error of the difference in energy, joules; null where one of the runs does not say how exact it is. The
   * errors are taken as independent (JCGM 100:2008, equation 10). Those of one sensor are not: a difference of two runs
   * by the same sensor is known better than this.
   */
  readonly energyErrorJoules: number | null;
  /** Whether the runs differ by more than that error; null where it is unknown. */
  readonly isClear: boolean | null;
}

export interface ComparedRun {
  readonly run: RunSnapshot;
  readonly points: () => readonly SamplePoint[];
  /** See `perEpoch`. */
  readonly perEpoch: Figures | null;
  /** Null for the first run. */
  readonly difference: Difference | null;
}

/** Runs beside each other, and what stands in the way of comparing them. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** In the language that is spoken when somebody asks for them. */
  readonly cautions: readonly string[];
}

export interface RunWithPoints {
  readonly run: RunSnapshot;
  readonly points: () => readonly SamplePoint[];
}

/** @throws Error where there are too few or too many */
export function compare(runs: readonly RunWithPoints[]): Comparison {
  const [first] = runs;
  if (!first || runs.length < FEWEST_COMPARED || runs.length > MOST_COMPARED)
    throw new Error(
      t('a comparison is of {0} to {1} runs, not {2}', FEWEST_COMPARED, MOST_COMPARED, runs.length),
    );
  return {
    runs: runs.map(({ run, points }, index) => ({
      ...{ run, points, perEpoch: perEpoch(run) },
      difference: index === 0 ? null : differenceOf(run, first.run),
    })),
    get cautions() {
      return cautionsFor(runs.map(({ run }) => run));
    },
  };
}

function differenceOf(run: RunSnapshot, first: RunSnapshot): Difference {
  const energyJoules = run.energyJoules - first.energyJoules;
  const emissionsGrams = run.emissionsGrams - first.emissionsGrams;
  const durationSeconds = run.durationSeconds - first.durationSeconds;
  const energyErrorJoules = errorOfBoth(run, first);
  return {
    ...{ energyJoules, emissionsGrams, durationSeconds, energyErrorJoules },
    energyShare: share(energyJoules, first.energyJoules),
    emissionsShare: share(emissionsGrams, first.emissionsGrams),
    durationShare: share(durationSeconds, first.durationSeconds),
    isClear: energyErrorJoules === null ? null : Math.abs(energyJoules) > energyErrorJoules,
  };
}

function errorOfBoth(run: RunSnapshot, first: RunSnapshot): number | null {
  const [one, other] = [errorOf(run), errorOf(first)];
  return one === null || other === null ? null : Math.hypot(one, other);
}

function errorOf({ howKnown, uncertainty, energyJoules }: RunSnapshot): number | null {
  return howKnown === 'unknown' || uncertainty === null ? null : uncertainty * energyJoules;
}

function share(difference: number, of: number): number | null {
  return of > 0 ? difference / of : null;
}

/** Why figures beside each other may not mean the same. */
function cautionsFor(runs: readonly RunSnapshot[]): readonly string[] {
  const differ = (value: (run: RunSnapshot) => unknown) => new Set(runs.map(value)).size > 1;
  const cautions: readonly (readonly [boolean, string])[] = [
    [runs.some(({ state }) => state === 'running'), t('Not all of these runs have ended.')],
    [
      runs.some(({ state }) => state === 'failed' || state === 'stopped' || state === 'interrupted'),
      t('Not all of these runs came to their end.'),
    ],
    [
      differ(({ howKnown }) => howKnown),
      t(
        'Their energy is not known in the same way: compare what is measured with what is estimated with care.',
      ),
    ],
    [differ(({ idlePower }) => idlePower), t('Idle power was not shared by the same setting.')],
    [
      differ(({ carbon }) => carbon.intensity.place),
      t('They ran in different places: their emissions differ by the grid, too.'),
    ],
    [differ(({ carbon }) => carbon.pue), t('Their emissions are counted with different PUEs.')],
    [
      runs.some(({ progress }) => progress.epochsCompleted <= 0),
      t('Of some of them no finished epoch is known, so that figures an epoch are missing.'),
    ],
  ];
  return cautions.flatMap(([holds, text]) => (holds ? [text] : []));
}
