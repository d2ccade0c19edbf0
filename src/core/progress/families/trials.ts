import { TRIALS } from '../bar.ts';
import type { ProgressEvent } from '../event.ts';
import { count, event, type Family, type FamilyMemory } from './family.ts';

/** `[I 2024-06-20 12:00:00,000] Trial 3 finished with value: 0.5`. */
const OPTUNA = /\bTrial (\d{1,9}) (?:finished with values?:|pruned\b|failed with )/;

/** `Trial status: 2 TERMINATED | 3 RUNNING | 5 PENDING`, `Number of trials: 10/10 (3 PENDING, 2 RUNNING, 5 TERMINATED)`. */
const RAY = /\b(?:Trial status: |Number of trials: \d+\/)/;

/** `│ Number of trials                 6 │` at its start: the status counts those alone that exist already. */
const RAY_TOTAL = /^\W*Number of trials\s{2,}(\d{1,9})\b/;

/** `[CV 1/5] END ...`, `[CV 1/5; 1/3] END`. */
const FIT_END = /^\[CV(?: \d+\/\d+(?:; \d+\/\d+)?)?\] END\b/;
const FITS = /^Fitting \d+ folds for each of \d+ candidates?, totalling (\d{1,9}) fits/;

/**
 * Trainings one after another that are counted as steps of the run: Optuna (`_log_completed_trial` in
 * optuna/study/study.py, from 0), Ray Tune (ray/tune/experimental/output.py), scikit-learn's searches (`_fit_and_score`
 * in sklearn/model_selection/_validation.py).
 */
export const trials: Family = {
  id: 'trials',
  hint: /[Tt]rial|^\[CV|^Fitting /,
  parse: (text, memory) => optuna(text) ?? ray(text, memory) ?? search(text),
};

function optuna(text: string): ProgressEvent | null {
  const match = OPTUNA.exec(text);
  if (!match) return null;
  return event('optuna', { step: (count(match[1]) ?? 0) + 1, stepsOf: 'run', bar: TRIALS });
}

function ray(text: string, memory: FamilyMemory): ProgressEvent | null {
  memory.trials = count(RAY_TOTAL.exec(text)?.[1]) ?? memory.trials;
  if (!RAY.test(text)) return null;
  let [done, total] = [0, 0];
  for (const [, number, state = ''] of text.matchAll(
    /(\d{1,9}) (PENDING|RUNNING|TERMINATED|ERROR|PAUSED)/g,
  )) {
    total += count(number) ?? 0;
    if (state === 'TERMINATED' || state === 'ERROR') done += count(number) ?? 0;
  }
  return total === 0
    ? null
    : event('ray-tune', {
        step: done,
        totalSteps: Math.max(total, memory.trials),
        stepsOf: 'run',
        bar: TRIALS,
      });
}

function search(text: string): ProgressEvent | null {
  if (FIT_END.test(text)) return event('scikit-learn', { isOneMore: true, bar: TRIALS });
  const fits = FITS.exec(text);
  // the best candidate is fitted once more on all data, by default
  return fits && event('scikit-learn', { totalSteps: (count(fits[1]) ?? 0) + 1 });
}
