import { count, event, otherWork, type Family } from './family.ts';

/** `Train: 0 [  50/1251 (  4%)]`: the epoch and the step's index, both from 0. */
const TRAIN = /\bTrain: (\d{1,9}) \[\s*(\d{1,12})\/(\d{1,12})\s/;

/** `Test: [   0/48]`, also of torchvision's and PyTorch's references. */
const TEST = /\b(?:Test|Val|Validation|Eval)\w*:?\s+\[\s*\d+\/\d+/i;

/** timm (train.py of pytorch-image-models). */
export const timm: Family = {
  id: 'timm',
  hint: /Train: +\d|(?:Test|Val\w*|Eval):?\s+\[/,
  parse(text) {
    const match = TRAIN.exec(text);
    if (!match) return TEST.test(text) ? otherWork('timm', 'validate') : null;
    const [index, total] = [count(match[2]) ?? 0, count(match[3])];
    const steps = { step: Math.min(index + 1, total ?? Infinity), totalSteps: total, bar: 'timm' };
    return event('timm', { epoch: count(match[1]), countsFrom: 0, ...steps });
  },
};
