import assert from 'node:assert/strict';
import {
  ALL_TIME,
  dayText,
  daysFromTo,
  isPeriodName,
  NAMED_PERIODS,
  periodText,
} from '../../../src/core/reports/project/period.ts';

/** Thursday, by the machine's clock. */
const NOW = new Date(2026, 10, 26, 15, 30);

const named = (name: keyof typeof NAMED_PERIODS, now = NOW) => periodText(NAMED_PERIODS[name].of(now));

describe('A period', () => {
  it('has a name where people have one for it; weeks begin on Monday', () => {
    assert.equal(named('this-week'), '2026-11-23 to 2026-11-29');
    assert.equal(named('last-week'), '2026-11-16 to 2026-11-22');
    assert.equal(named('this-month'), '2026-11-01 to 2026-11-30');
    assert.equal(named('last-month'), '2026-10-01 to 2026-10-31');
    assert.equal(named('this-year'), '2026-01-01 to 2026-12-31');
    assert.equal(named('last-year'), '2025-01-01 to 2025-12-31');
    assert.equal(named('all'), 'all time');
  });

  it('is right on the first and last day of each', () => {
    assert.equal(named('this-week', new Date(2026, 10, 23)), '2026-11-23 to 2026-11-29');
    assert.equal(named('this-week', new Date(2026, 10, 29, 23, 59)), '2026-11-23 to 2026-11-29');
    assert.equal(named('last-month', new Date(2026, 0, 31)), '2025-12-01 to 2025-12-31');
    assert.equal(named('last-month', new Date(2024, 2, 31)), '2024-02-01 to 2024-02-29');
  });

  it('holds both of its days, and may be open', () => {
    const { fromMillis, toMillis } = daysFromTo('2026-11-01', '2026-11-30');
    assert.equal(fromMillis, new Date(2026, 10, 1).getTime());
    assert.equal(toMillis, new Date(2026, 11, 1).getTime());
    assert.deepEqual(daysFromTo('', ''), ALL_TIME);
    assert.equal(periodText(daysFromTo('2026-11-01', '')), 'since 2026-11-01');
    assert.equal(periodText(daysFromTo('', '2026-11-01')), 'until 2026-11-01');
    assert.equal(periodText(daysFromTo('2026-11-01', '2026-11-01')), '2026-11-01');
  });

  it('is refused where a day is none, or they stand the wrong way round', () => {
    for (const day of ['2026-02-30', '2026-13-01', 'yesterday', '26-1-1', '2026-11-01T00:00'])
      assert.throws(() => daysFromTo(day, ''), /is no day: write it as 2026-11-30/, day);
    assert.throws(() => daysFromTo('2026-11-02', '2026-11-01'), /comes after/);
  });

  it('knows its names', () => {
    assert(isPeriodName('this-week'));
    assert(!isPeriodName('toString'));
    assert.equal(dayText(new Date(2026, 0, 5)), '2026-01-05');
  });
});
