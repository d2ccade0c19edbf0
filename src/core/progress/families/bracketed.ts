import type { ProgressEvent } from '../event.ts';
import { saysResult } from './epochLine.ts';
import { count, event, type Family } from './family.ts';

/** `[3/30] loss: 0.5`, `(3/30) train loss 0.5`, `3/30 loss 0.5`: what is counted is found out by what it does. */
const COUNT = /^\s*[[(]?\s*(\d{1,9})\s*\/\s*(\d{1,9})(?:\s*[\])]|(?=[\s:,|]))[\s:,|-]*(.*)$/;

/** `loss: 2.302  [   64/60000]`: samples of the epoch (PyTorch's quickstart tutorial). */
const SAMPLES = /\bloss:?\s+[\d.]+\s+\[\s*(\d{1,12})\/(\d{1,12})\]\s*$/;

/**
 * `[0/5][100/1583]\tLoss_D: …` of PyTorch's DCGAN example, `Train: [0/300][100/1251]\teta` of Swin Transformer (main.py):
 * epoch and step, both from 0.
 */
const BOTH =
  /(?:^|\b([Tt]rain\w*):)\s*\[\s*(\d{1,9})\s*\/\s*(\d{1,9})\s*\]\s*\[\s*(\d{1,12})\s*\/\s*(\d{1,12})\s*\]/;

/** `[1,  2000] loss: 2.2` of PyTorch's CIFAR-10 tutorial: epoch and step. */
const PAIR = /^\s*\[(\d{1,9}),\s*(\d{1,12})\][\s:,-]*(.*)$/;

/** `[1/60] 1 tree, 31 leaves, max depth = 9, in 0.010s` of scikit-learn's histogram boosting. */
const TREE = /^\d+ trees?, \d+ leaves/;

/**
 * Numbers in brackets before a metric, which a build's or a download's count has none of. They are epochs where nothing
 * else names those.
 */
export const bracketed: Family = {
  id: 'bracketed',
  hint: /^\s*[[(]?\s*\d+\s*[,/]\s*\d+[\s\]):,|]|loss:? +[\d.]+ +\[|rain\w*:\s*\[/,
  parse(text) {
    const samples = SAMPLES.exec(text);
    if (samples) return steps(samples[1], samples[2], { stepsOf: 'epoch' });
    const both = BOTH.exec(text);
    if (both) return epochAndStep(both);
    const pair = PAIR.exec(text);
    if (pair && saysResult(pair[3] ?? '')) return steps(pair[2], undefined, { epoch: count(pair[1]) });
    const match = COUNT.exec(text);
    if (match && TREE.test(match[3] ?? '')) return steps(match[1], match[2], { stepsOf: 'run' });
    if (!match || !saysResult(match[3] ?? '')) return null;
    const epoch = { epoch: count(match[1]), totalEpochs: count(match[2]), epochFinished: true };
    return event('bracketed', { ...epoch, isUnsure: true, bar: null });
  },
};

function epochAndStep([, training, epoch, total, step, totalSteps]: RegExpExecArray): ProgressEvent {
  const countsFrom = training ? 0 : null;
  return steps(step, totalSteps, { epoch: count(epoch), totalEpochs: count(total), countsFrom });
}

function steps(
  step: string | undefined,
  total: string | undefined,
  told: Partial<ProgressEvent>,
): ProgressEvent {
  return event('bracketed', { ...told, step: count(step), totalSteps: count(total), bar: 'bracketed' });
}
