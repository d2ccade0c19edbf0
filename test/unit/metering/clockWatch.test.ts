import assert from 'node:assert/strict';
import { ClockWatch, readClocks, type Clocks } from '../../../src/core/metering/clockWatch.ts';

describe('Clock watch', () => {
  function watch(...looks: readonly Clocks[]): readonly string[] {
    let look = 0;
    const clocks = new ClockWatch(() => looks[look++] ?? assert.fail('no more looks'));
    return looks.flatMap(() => clocks.look());
  }

  const at = (monotonicSeconds: number, bootSeconds: number, wallSeconds: number): Clocks => ({
    ...{ monotonicSeconds, bootSeconds, wallSeconds },
  });

  it('says nothing while the clocks run alike', () => {
    assert.deepEqual(watch(at(5, 5, 1000), at(6, 6, 1001), at(66, 66.4, 1061.3)), []);
  });

  it('sees that the machine slept', () => {
    assert.deepEqual(watch(at(5, 5, 1000), at(6, 606, 1601), at(7, 607, 1602)), [
      'The machine slept for 600 s; nothing is counted for that time.',
    ]);
  });

  it('sees that the clock was set, forward and back', () => {
    const notes = watch(at(5, 5, 1000), at(6, 6, 4601), at(7, 7, 1002));
    assert.match(notes[0] ?? '', /set forward by 3600 s/);
    assert.match(notes[1] ?? '', /set back by 3600 s/);
  });

  it('reads the machine’s own clocks', () => {
    const clocks = new ClockWatch(readClocks);
    assert.deepEqual([...clocks.look(), ...clocks.look()], []);
  });
});
