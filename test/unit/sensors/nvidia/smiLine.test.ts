import assert from 'node:assert/strict';
import { monotonicSeconds } from '../../../../src/core/metering/clock.ts';
import {
  LONG_COLUMNS,
  parseGpu,
  parseProcess,
  SHORT_COLUMNS,
} from '../../../../src/core/sensors/nvidia/smiLine.ts';

const NOW = '2026/08/21 12:34:56.789';

describe('A line of nvidia-smi', () => {
  it('gives the power of the moment before the usual one', () => {
    // as on an H100 under load: 631.95 W as the mean of a second, 625.68 W now
    const line = `625.68, Disabled, ${NOW}, 3, GPU-0a1b, 631.95, 98, NVIDIA H100 80GB HBM3`;
    const gpu = parseGpu(line, LONG_COLUMNS);
    assert.deepEqual(gpu, {
      timeSeconds: gpu?.timeSeconds,
      ...{ index: 3, uuid: 'GPU-0a1b', id: 'GPU-0a1b', powerWatts: 625.68, busyShare: 0.98, hasMig: false },
      ...{ model: 'NVIDIA H100 80GB HBM3', name: 'NVIDIA H100 80GB HBM3 #3' },
    });
  });

  it('gives what it has where drivers have not everything', () => {
    assert.equal(parseGpu(`[N/A], [N/A], ${NOW}, 0, GPU-1, 39.32, 0, RTX`, LONG_COLUMNS)?.powerWatts, 39.32);
    assert.equal(parseGpu(`${NOW}, 0, GPU-1, 39.32, 0, RTX`, SHORT_COLUMNS)?.powerWatts, 39.32);
    const divided = parseGpu(`77.71, Enabled, ${NOW}, 0, GPU-1, 78.21, [N/A], H200`, LONG_COLUMNS);
    assert.deepEqual([divided?.powerWatts, divided?.busyShare, divided?.hasMig], [77.71, null, true]);
  });

  for (const text of [
    '[N/A]',
    '[Not Supported]',
    '[Unknown Error]',
    '[GPU requires reset]',
    'NaN',
    '-1',
    '1e9',
    '',
  ])
    it(`gives no power for “${text}”`, () => {
      assert.equal(parseGpu(`${NOW}, 0, GPU-1, ${text}, ${text}, RTX`, SHORT_COLUMNS)?.powerWatts, null);
      assert.equal(parseGpu(`${NOW}, 0, GPU-1, 10, ${text}, RTX`, SHORT_COLUMNS)?.busyShare, null);
    });

  it('is none where columns are missing or are others', () => {
    for (const line of [
      '',
      'No devices were found',
      `${NOW}, 0, GPU-1, 10`,
      `${NOW}, x, GPU-1, 10, 0, RTX`,
      'a, 0, b, c, d, e',
    ])
      assert.equal(parseGpu(line, SHORT_COLUMNS), null, line);
  });

  it('has the time that it tells, and now where that cannot be', () => {
    const at = (date: Date) => {
      const part = (value: number, digits = 2) => String(value).padStart(digits, '0');
      const day = [date.getFullYear(), part(date.getMonth() + 1), part(date.getDate())].join('/');
      const time = [date.getHours(), date.getMinutes(), date.getSeconds()]
        .map((value) => part(value))
        .join(':');
      const timestamp = `${day} ${time}.${part(date.getMilliseconds(), 3)}`;
      const before = monotonicSeconds();
      const gpu = parseGpu(`${timestamp}, 0, GPU-1, 10, 0, RTX`, SHORT_COLUMNS);
      return { late: before - (gpu?.timeSeconds ?? NaN), took: monotonicSeconds() - before };
    };
    const waited = at(new Date(Date.now() - 2000));
    assert(waited.late > 1.99 - waited.took && waited.late < 2.01 + waited.took, `${waited.late} s`);
    for (const wrong of [new Date(Date.now() + 3_600_000), new Date(Date.now() - 3_600_000)]) {
      const { late, took } = at(wrong);
      assert(late <= 0 && -late <= took + 1e-3);
    }
  });

  it('names a process, and nothing else', () => {
    assert.equal(parseProcess(`${NOW}, GPU-1, 4242`)?.pid, 4242);
    for (const line of [`${NOW}, GPU-1, [N/A]`, `${NOW}, [N/A], 4242`, 'x', '', `now, GPU-1, 42`])
      assert.equal(parseProcess(line), null, line);
  });
});
