import { event, type Family } from './family.ts';

/** `Duration: 0:00:12.34`, after `Epoch 3:`. */
const DURATION = /^(?:.{0,60}CarbonTracker: )?\s*Duration: \d+:\d\d:\d\d(?:\.\d+)?\s*$/;

/** Carbontracker's own log (carbontracker/tracker.py): an epoch's duration is told when it is over. */
export const carbontracker: Family = {
  id: 'carbontracker',
  hint: /Duration: +\d/,
  parse: (text) => (DURATION.test(text) ? event('carbontracker', { epochFinished: true }) : null),
};
