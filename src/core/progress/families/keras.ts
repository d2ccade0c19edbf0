import { count, event, type Family } from './family.ts';

/** `8/20 [=====>.....] - ETA: 1s` (Keras 2) and `8/20 ━━━━━━━━ 1s 5ms/step` (Keras 3); the total may be `Unknown`. */
const BAR = /^\s*(\d+)\/(\d+|Unknown)\s+(?:\[[=>. ]*\]|━+)/;

/** Steps of Keras; its `Epoch 3/30` is an epoch line like any other. */
export const keras: Family = {
  id: 'keras',
  parse(line) {
    const match = BAR.exec(line);
    if (!match) return null;
    return event('keras', { step: count(match[1]), totalSteps: count(match[2]), bar: '' });
  },
};
