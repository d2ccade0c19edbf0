import { count, event, type Family } from './family.ts';

/** `8/20 [=====>.....]` (Keras 2), `8/20 ━━━━━━━━` (Keras 3), `8/Unknown - 1s`, `20/20 - 1s - loss: 0.5` (verbose 2). */
const BAR = /^\s*(\d{1,12})\/(\d{1,12}|Unknown)\s+(?:\[[=>. ]*\]|━+|-\s+\d)/;

/** With verbose 2 a line comes at the end of an epoch. */
const AT_ITS_END = /^\s*\d+\/\d+ - \d+m?s/;

/**
 * Steps of Keras (keras/src/utils/progbar.py); its `Epoch 3/30` is an epoch line like any other. A bar that comes
 * before any epoch, or again within one, is that of `evaluate` or `predict`, which look the same.
 */
export const keras: Family = {
  id: 'keras',
  hint: /^\s*\d+\/(?:\d|Unknown)/,
  parse(text) {
    const match = BAR.exec(text);
    if (!match) return null;
    const [, step, total] = match;
    const epochFinished = AT_ITS_END.test(text);
    const steps = { step: count(step), totalSteps: count(total), bar: '' };
    return event('keras', { ...steps, epochFinished, needsEpochs: true });
  },
};
