import { count, event, type Family } from './family.ts';

/** `[10]\tvalidation_0-logloss:0.5`, from 0. */
const XGBOOST = /^(?:\[[\d:]{8}\] )?\[(\d{1,9})\]\s+[\w .@-]{1,60}?[-:][^\s:]{0,60}:[-+\d.]/;

/** `[10]\tvalid_0's l2: 0.5`, from 1. */
const LIGHTGBM = /^\[(\d{1,9})\]\s+\S.{0,80}?'s [\w @.-]{1,80}: /;

/** `[LightGBM] [Info] Iteration:10, training auc : 0.9` of its command line (src/boosting/gbdt.cpp), from 1. */
const LIGHTGBM_LINE =
  /^\[LightGBM\] \[Info\] (?:Iteration:(\d{1,9}), |\d+\.\d+ seconds elapsed, finished iteration (\d{1,9})$)/;

/** `10:\tlearn: 0.5\ttest: 0.6\tbest: …\ttotal: 50ms\tremaining: 5s`, from 0. */
const CATBOOST = /^(\d{1,9}):\s+(?:learn|test): /;

/** `Early stopping, best iteration is:` before a round that was already printed (`early_stopping` in lightgbm/callback.py). */
const BEST = /^Early stopping, best iteration is:\s*$/;

/**
 * Rounds of gradient boosting: XGBoost (`EvaluationMonitor` in xgboost/callback.py), LightGBM (`log_evaluation` in
 * lightgbm/callback.py) and CatBoost (catboost/private/libs/logging). None says how many there will be.
 */
export const boosting: Family = {
  id: 'boosting',
  readsWords: true,
  hint: /^Early|^\[LightGBM\]|^(?:\[[\d:]+\] +)?\[\d+\]\s|^\d+:\s+(?:learn|test):/,
  parse(text, memory) {
    const isBest = memory.isBestNext;
    memory.isBestNext = BEST.test(text);
    if (isBest) return null;
    const lightgbm = LIGHTGBM.exec(text);
    if (lightgbm) return rounds('lightgbm', count(lightgbm[1]));
    const line = LIGHTGBM_LINE.exec(text);
    if (line) return rounds('lightgbm', count(line[1] ?? line[2]));
    const xgboost = XGBOOST.exec(text);
    if (xgboost) return rounds('xgboost', from0(xgboost[1]));
    const catboost = CATBOOST.exec(text);
    return catboost && rounds('catboost', from0(catboost[1]));
  },
};

function rounds(family: string, step: number | null) {
  return event(family, { step, stepsOf: 'run', bar: 'rounds' });
}

function from0(text: string | undefined): number | null {
  const number = count(text);
  return number === null ? null : number + 1;
}
