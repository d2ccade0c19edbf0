import type { ProgressEvent } from '../event.ts';
import { count, event, type Family } from './family.ts';

/** `Epoch 3/30`, `epoch: 3`, `Epoch [3/30]`, `[Epoch 3 of 30]`, `Train Epoch: 3`, `Epoch: [3]`. */
const EPOCH = /\bepoch\b\s*[:#=]?\s*[[(]?\s*(\d+)\s*(?:(?:\/|of)\s*(\d+))?\s*[\])]?/i;

/** The step after it: `, Step [100/600]`, `[ 10/100]`, `[1280/60000 (2%)]`, `batch 10 of 100`. */
const STEP =
  /^[\s,:|-]*(?:(?:step|iter|iteration|batch)\w*\s*[:#=]?\s*[[(]?|[[(])\s*(\d+)\s*(?:\/|of)\s*(\d+)/i;

/** What scripts say of an epoch when it is over: a metric with its value, or that it is. */
const RESULT =
  /\b(?:\w*loss|\w*acc\w*|err\w*|mse|mae|rmse|f1|auc|score|ppl|perplexity|r2|reward|time)\b\s*[:=(]?\s*[-+]?\.?\d|\b(?:done|finished|completed?|took)\b/i;

/** Words that make an epoch line one of something else. */
const OTHER_WORK = /\b(?:best|from|resum\w*|sav\w*|checkpoint\w*|load\w*|warm-?up epochs?)\b.*\bepoch\b/i;

export const epochLine: Family = {
  id: 'epoch-line',
  parse(line) {
    const match = EPOCH.exec(line);
    if (!match || OTHER_WORK.test(line)) return null;
    const rest = line.slice(match.index + match[0].length);
    const step = STEP.exec(rest);
    return event('epoch-line', {
      epoch: count(match[1]),
      totalEpochs: count(match[2]),
      ...(step ? stepOf(step) : { epochFinished: saysResult(rest) }),
    });
  },
};

/** Whether what follows an epoch's number is its result, so that the epoch is over. */
export function saysResult(rest: string): boolean {
  return RESULT.test(rest);
}

function stepOf(match: RegExpExecArray): Partial<ProgressEvent> {
  return { step: count(match[1]), totalSteps: count(match[2]), bar: 'epoch-line' };
}
