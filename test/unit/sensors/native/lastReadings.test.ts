import assert from 'node:assert/strict';
import { monotonicSeconds } from '../../../../src/core/metering/clock.ts';
import { LastReadings } from '../../../../src/core/sensors/native/lastReadings.ts';
import { Standstill } from '../../../../src/core/sensors/native/standstill.ts';
import { FakeSensor } from '../../metering/fakeSensor.ts';

describe('Last readings of a stream', () => {
  const sensor = new FakeSensor('stream', ['cpu', 'gpu']);

  it('gives them again while nothing new has come, with their own times', () => {
    const last = new LastReadings(60);
    const now = monotonicSeconds();
    const [cpu, gpu] = [sensor.power(5, now - 1, 'cpu'), sensor.power(7, now - 1, 'gpu')];
    assert.deepEqual(last.with([cpu, gpu]), [cpu, gpu]);
    assert.deepEqual(last.with([]), [cpu, gpu]);
    const news = sensor.power(8, now, 'gpu');
    assert.deepEqual(last.with([news]), [cpu, news]);
    assert.deepEqual(last.with([]), [cpu, news]);
  });

  it('does not give old ones again, nor those of before it was cleared', () => {
    const last = new LastReadings(60);
    last.with([sensor.power(5, monotonicSeconds() - 61)]);
    assert.deepEqual(last.with([]), []);
    last.with([sensor.power(5)]);
    last.clear();
    assert.deepEqual(last.with([]), []);
  });
});

describe('Standstill', () => {
  it('is when a figure has not changed for longer than it can be, until it changes', () => {
    const still = new Standstill(10);
    const looks = [
      [5, 0],
      [5, 10],
      [5, 11],
      [6, 12],
      [6, 22],
      [6, 23],
    ] as const;
    assert.deepEqual(
      looks.map(([value, seconds]) => still.isStuck(value, seconds)),
      [false, false, true, false, false, true],
    );
  });
});
