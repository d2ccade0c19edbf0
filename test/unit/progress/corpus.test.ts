import assert from 'node:assert/strict';
import { judge } from '../../corpus/judge.ts';
import { entries, readRecording } from '../../corpus/recordings.ts';

/** Recordings that are not read right, and why. */
const KNOWN_FAILURES: Readonly<Record<string, string>> = {
  'lightning1-rich': 'Lightning 1’s bar of an epoch counts the batches of its validation too',
  'more-ignite-bar-narrow': 'Ignite draws a bar’s first step without its name',
  'more-ignite-bar-piped': 'Ignite draws a bar’s first step without its name',
  'more-shape-dots': 'a line is read when it ends, and this one ends with its epoch',
};

describe('Recorded trainings', () => {
  for (const entry of entries('develop')) {
    const known = KNOWN_FAILURES[entry.name];
    it(known ? `${entry.name}, not read right: ${known}` : entry.name, () => {
      const problems = judge(readRecording(entry));
      if (known) assert.notDeepEqual(problems, [], 'it is read right now: take it off the list');
      else assert.deepEqual(problems, []);
    });
  }

  it('are read right but for 2 in 100', () => {
    const failed = entries('develop').filter(({ name }) => Object.hasOwn(KNOWN_FAILURES, name));
    assert(failed.length <= 0.021 * entries('develop').length);
  });
});
