import { decimal, event, type Family } from './family.ts';

/**
 * `0m 10s (5000 5%) 2.53`, `5000 5% (0m 10s) 2.53 Abel / Irish ✗ (Scottish)` of PyTorch's tutorials on character and
 * translation RNNs, `300 (1.00%)   30.1 ms` of Nerfstudio's table (nerfstudio/utils/writer.py): steps of the run, with
 * the part of it that they are.
 */
const STEPS = /^\s*(?:\d+m \d+s \()?\d{1,12} +\(?(\d{1,3}(?:\.\d{1,6})?)%(?:\)|(?= \(\d+m \d+s\)))/;

/** Lines of counts and percentages without a word; the total is no whole number by what they say, so the part counts. */
export const percents: Family = {
  id: 'percents',
  hint: /^\s*(?:\d+m +\d+s +\()?\d+ +\(?\d+(?:\.\d+)?%(?:\)| +\()/,
  parse(text) {
    const match = STEPS.exec(text);
    return match && event('percents', { percent: decimal(match[1]), stepsOf: 'run' });
  },
};
