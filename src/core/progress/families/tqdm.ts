import { count, event, type Family } from './family.ts';

/** `Train:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]`, by tqdm's default format; ascii bars too. */
const BAR = /^(.*?):?\s*\d{1,3}%\|.*?\|\s*(\d+)\/(\d+)\s*\[[\d:?]+</;

/** The unit of its rate, `5.1epoch/s` or `3.3s/epoch`. */
const EPOCHS_RATE = /[\d?](?:epochs?|ep)\/s|s\/(?:epochs?|ep)\b/i;

/** What is not training: data, checkpoints, validation. */
const OTHER_WORK =
  /\b(val|valid|validat\w*|eval|evaluat\w*|test\w*|infer\w*|predict\w*|sanity|download\w*|load\w*|fetch\w*|map|filter|token\w*|generating|preprocess\w*|extract\w*|sav\w*|shards?)\b/i;

const NAMED_EPOCH = /\bepochs?\b\W{0,3}(\d+)(?:\s*(?:\/|of)\s*(\d+))?/i;
const EPOCHS_BAR = /\bepochs?\b/i;

export const tqdm: Family = {
  id: 'tqdm',
  parse(line) {
    const match = BAR.exec(line);
    if (!match) return null;
    const [head, name = '', doneText, totalText] = match;
    if (OTHER_WORK.test(name)) return event('tqdm', { bar: 'other' });
    const done = count(doneText) ?? 0;
    const total = count(totalText);
    const named = NAMED_EPOCH.exec(name);
    if (named) {
      const bar = name.replace(/\d+/g, '#');
      return event('tqdm', {
        epoch: count(named[1]),
        totalEpochs: count(named[2]),
        step: done,
        totalSteps: total,
        bar,
      });
    }
    if (EPOCHS_BAR.test(name) || EPOCHS_RATE.test(line.slice(head.length))) return epochsBar(done, total);
    return event('tqdm', { step: done, totalSteps: total, bar: name.trim() });
  },
};

/** A bar whose steps are epochs. */
function epochsBar(done: number, total: number | null) {
  return event('tqdm', { epoch: Math.max(1, done), totalEpochs: total, epochFinished: done > 0 });
}
