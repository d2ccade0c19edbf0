import type { Shiftable } from '../../core/carbon/greenerStart.ts';
import { restOf } from '../../core/projection/rest.ts';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';

/** What a greener time is wanted for. Plain data: the editor keeps it over a reload. */
export type Choice =
  { readonly kind: 'run'; readonly runId: string } | { readonly kind: 'length'; readonly seconds: number };

/** A run with its length. */
export interface Subject extends Shiftable {
  readonly label: string;
  /** How its length is known. */
  readonly about: string;
  /** Null where only a length is known. */
  readonly command: string | null;
  readonly runId: string | null;
  /** Under way: it is about what is left. */
  readonly isTraining: boolean;
  readonly isPaused: boolean;
}

/** So many of the latest runs of one command say how long the next one takes. Engineering judgement. */
const MOST_RUNS = 10;

/** @returns null where the run is gone or nothing tells its length */
export async function subjectOf(choice: Choice, recorder: Recorder): Promise<Subject | null> {
  if (choice.kind === 'length') return lengthSubject(choice.seconds);
  const running = recorder.running.find(({ identity }) => identity.id === choice.runId);
  if (running) return trainingSubject(running.snapshot());
  const store = await recorder.store();
  const run = store?.get(choice.runId);
  return store && run ? earlierSubject(run, store.finishedRunsOf(run.command, run.cwd, MOST_RUNS)) : null;
}

/** @returns null while its projection is unknown */
export function trainingSubject(run: RunSnapshot): Subject | null {
  const rest = restOf(run);
  if (!rest) return null;
  const { id, label, command, isPaused } = run;
  const about = t('what is left of this training by its projection, from {0}.', run.projection?.basis ?? '');
  return { ...rest, ...{ label, command, runId: id, isPaused, about, isTraining: true } };
}

/** @param finished runs of the same command, any order */
export function earlierSubject(run: RunSnapshot, finished: readonly RunSnapshot[]): Subject {
  const like = finished.length > 0 ? finished : [run];
  const about =
    finished.length > 1
      ? t('the median of the last {0} runs of this command.', finished.length)
      : finished.length === 1
        ? t('as the last run of this command took.')
        : t('as long as this run took, which did not come to its end.');
  return {
    ...{ label: run.label, command: run.command, runId: run.id, about, isTraining: false, isPaused: false },
    durationSeconds: median(like.map(({ durationSeconds }) => durationSeconds)),
    energyJoules: median(like.map(({ energyJoules }) => energyJoules)),
  };
}

export function lengthSubject(seconds: number): Subject {
  const label = t('a run');
  return {
    ...{ label, about: t('as you said.'), command: null, runId: null },
    ...{ isTraining: false, isPaused: false, durationSeconds: seconds, energyJoules: null },
  };
}

/** What the page kept, or an argument of a command, is checked like anything from outside. */
export function choiceIn(value: unknown): Choice | null {
  const { kind, runId, seconds } = (value ?? {}) as Record<string, unknown>;
  if (kind === 'run' && typeof runId === 'string') return { kind, runId };
  if (kind === 'length' && typeof seconds === 'number' && seconds > 0 && seconds < 1e7)
    return { kind, seconds };
  return null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}
