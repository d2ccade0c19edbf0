import { count, event, otherWork, type Family } from './family.ts';

/** `Training epoch 0, iteration 3/99 |`: both from 0 to the last. */
const TRAINING = /\bTraining epoch (\d{1,9}), iteration (\d{1,12})\/(\d{1,12}) \|/;
const VALIDATION = /\bValidation: iteration \d+\/\d+/;

/** NeMo 2 (nemo/lightning/pytorch/callbacks/progress_printer.py). */
export const nemo: Family = {
  id: 'nemo',
  hint: /Training epoch +\d+, it|Validation: it/,
  parse(text) {
    if (VALIDATION.test(text)) return otherWork('nemo', 'validate');
    const match = TRAINING.exec(text);
    if (!match) return null;
    const [step, last] = [count(match[2]) ?? 0, count(match[3]) ?? 0];
    const steps = { step: step + 1, totalSteps: last + 1, bar: 'nemo' };
    return event('nemo', { epoch: count(match[1]), countsFrom: 0, ...steps });
  },
};
