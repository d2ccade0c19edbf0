import assert from 'node:assert/strict';
import { powermetricsParser } from '../../../../src/core/sensors/apple/powermetricsText.ts';
import { fixture } from './channels.ts';

describe('Text of powermetrics', () => {
  /** What a text tells whose lines come one a second. */
  function told(text: string): unknown[] {
    const parse = powermetricsParser();
    return text.split('\n').flatMap((line, index) =>
      parse(line, index).map(({ component, device, powerWatts, timeSeconds }) => ({
        [`${component} ${device}`]: Math.round(powerWatts * 1e6) / 1e6,
        at: timeSeconds,
      })),
    );
  }

  function lineOf(text: string, start: string, occurrence = 0): number {
    const found = text.split('\n').flatMap((line, index) => (line.startsWith(start) ? [index] : []));
    return found[occurrence] ?? -1;
  }

  it('has each figure of Apple Silicon once a sample, at the time of the sample', () => {
    const text = fixture('powermetrics-apple-silicon.txt');
    const [first, second] = [lineOf(text, '*** Sampled'), lineOf(text, '*** Sampled', 1)];
    assert.deepEqual(told(text), [
      { 'cpu package-0': 0.823, at: first },
      { 'gpu Apple GPU': 0.026, at: first },
      { 'gpu Apple Neural Engine': 0.323, at: first },
      { 'gpu Apple Neural Engine': 0, at: second },
      { 'dram package-0': 0.41, at: second },
      { 'cpu package-0': 5, at: second },
      { 'gpu Apple GPU': 12.345, at: second },
    ]);
  });

  it('has the package of a Mac with a processor by Intel at once', () => {
    const text = fixture('powermetrics-intel.txt');
    const until = lineOf(text, 'Intel energy model');
    const at = lineOf(text, '*** Sampled');
    assert.deepEqual(
      told(
        text
          .split('\n')
          .slice(0, until + 1)
          .join('\n'),
      ),
      [{ 'cpu package-0': 48.61, at }],
    );
    assert.equal(told(text).length, 1);
  });

  it('takes nothing for a power that is none', () => {
    const header = '*** Sampled system activity (now) (1000ms elapsed) ***';
    const odd = ['CPU Power: -5 mW', 'CPU Power: nan mW', 'CPU Power: 5', 'CPU Power: 99999999999 mW'];
    const others = ['E-Cluster Power: 31 mW', 'XCPU Power: 5 mW', 'Package Power: 17 mW', 'CPU Power: 5 kW'];
    assert.deepEqual(told([header, ...odd, ...others, header].join('\n')), []);
    assert.deepEqual(told('CPU Power: 823 mW\nCombined Power (CPU + GPU + ANE): 823 mW'), []);
  });
});
