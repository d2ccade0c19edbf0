import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Meter } from '../../../src/core/metering/meter.ts';
import { assertClose, counter, power, sumJoules } from './readings.ts';

describe('Meter', () => {
  it('has no interval at the first look', () => {
    assert.equal(new Meter().add([counter(1, 100)]), null);
  });

  it('takes the difference of a counter, with its times and origin', () => {
    const meter = new Meter();
    meter.add([counter(1, 100)]);
    const sample = meter.add([counter(3, 142)]);
    assert.deepEqual(sample, {
      startSeconds: 1,
      endSeconds: 3,
      notes: [],
      parts: [
        {
          channel: 'test/package-0',
          component: 'cpu',
          device: 'package-0',
          source: 'test',
          quality: 'measured',
          uncertainty: 0.05,
          energyJoules: 42,
        },
      ],
    });
  });

  it('sees one wrap between two reads', () => {
    const meter = new Meter();
    meter.add([counter(1, 90, { rangeJoules: 100 })]);
    const sample = meter.add([counter(2, 20, { rangeJoules: 100 })]);
    assert.equal(sumJoules([sample]), 30);
    assert.deepEqual(sample?.notes, []);
  });

  it('says that a counter was reset, and bridges by the power before it', () => {
    const meter = new Meter();
    meter.add([counter(0, 30_000, { rangeJoules: 65_000 })]);
    meter.add([counter(1, 30_050, { rangeJoules: 65_000 })]);
    const sample = meter.add([counter(3, 10, { rangeJoules: 65_000 })]);
    assert.equal(sumJoules([sample]), 100);
    assert.match(sample?.notes.join() ?? '', /test package-0 cpu was reset; 2\.0 s are bridged/);
    assert.equal(sumJoules([meter.add([counter(4, 70, { rangeJoules: 65_000 })])]), 60);
  });

  it('counts the rounds that a counter went in a long gap by the power before it, and says so', () => {
    const meter = new Meter();
    const at = (time: number) => counter(time, (500 + 100 * time) % 65_000, { rangeJoules: 65_000 });
    meter.add([at(0)]);
    meter.add([at(1)]);
    const sample = meter.add([at(3601)]);
    assertClose(sumJoules([sample]), 360_000, 1e-9);
    assert.match(sample?.notes.join() ?? '', /not read for 3600\.0 s.*5 more is taken from the power before/);
    assert.deepEqual(meter.add([at(3602)])?.notes, []);
  });

  it('does not take the grain of a counter over an instant for its power', () => {
    const meter = new Meter();
    const at = (time: number, joules: number) => counter(time, joules, { rangeJoules: 65_000 });
    meter.add([at(0, 0)]);
    meter.add([at(1, 50)]);
    meter.add([at(1.0001, 51)]);
    const sample = meter.add([at(301, 15_050)]);
    assertClose(sumJoules([sample]), 14_999, 1e-9);
    assert.deepEqual(sample?.notes, []);
  });

  it('takes any fall of a counter without a range for a reset', () => {
    const meter = new Meter();
    meter.add([counter(0, 500)]);
    const sample = meter.add([counter(1, 400)]);
    assert.equal(sumJoules([sample]), 0);
    assert.equal(sample?.notes.length, 1);
  });

  it('takes the trapezoid of powers over real time', () => {
    const meter = new Meter();
    meter.add([power(0, 100)]);
    assert.equal(sumJoules([meter.add([power(0.5, 200)])]), 75);
    assert.equal(sumJoules([meter.add([power(10.5, 0)])]), 1000);
  });

  it('takes no step that no hardware can make for energy, nor what a nonsense value leaves behind', () => {
    const meter = new Meter();
    meter.add([counter(0, 100)]);
    meter.add([counter(1, 150)]);
    const samples = [meter.add([counter(2, 9e15)]), meter.add([counter(3, 250)])];
    assert.equal(sumJoules(samples), 100);
    assert.match(samples[0]?.notes.join() ?? '', /was reset/);
    assert.equal(sumJoules([meter.add([counter(4, 300)])]), 50);
  });

  it('takes many readings of a channel at once, in their order, and leaves out what is older', () => {
    const meter = new Meter();
    meter.add([power(0, 100)]);
    const sample = meter.add([power(0.5, 200), power(1, 100), power(0.7, 900)]);
    assert.equal(sumJoules([sample]), 150);
    assert.deepEqual([sample?.startSeconds, sample?.endSeconds], [0, 1]);
  });

  it('says that a power was not told for long, and takes the mean of before and after', () => {
    const meter = new Meter();
    meter.add([power(0, 100)]);
    assert.deepEqual(meter.add([power(1, 100)])?.notes, []);
    const sample = meter.add([power(21, 200)]);
    assert.equal(sumJoules([sample]), 3000);
    assert.match(sample?.notes.join() ?? '', /told no power for 20\.0 s; the mean of before and after/);
  });

  it('tells how soon a counter must be read again lest a wrap is missed', () => {
    const meter = new Meter();
    assert.equal(meter.safePeriodSeconds(), Infinity);
    meter.add([counter(0, 0)]);
    assert.equal(meter.safePeriodSeconds(), Infinity);
    meter.add([counter(0, 0, { channel: 'wraps', rangeJoules: 65_000 })]);
    assert.equal(meter.safePeriodSeconds(), 65);
    meter.add([counter(1, 1000, { channel: 'wraps', rangeJoules: 65_000 })]);
    assert.equal(meter.safePeriodSeconds(), 16.25);
  });

  it('goes on from the state of an earlier meter, as JSON keeps it', () => {
    const first = new Meter();
    first.add([counter(0, 10, { rangeJoules: 1000 })]);
    first.add([counter(1, 60, { rangeJoules: 1000 })]);
    const second = new Meter(JSON.parse(JSON.stringify(first.state())));
    assert.equal(sumJoules([second.add([counter(5, 260, { rangeJoules: 1000 })])]), 200);
  });

  it('adds up to the same energy however the time is cut into intervals, wraps included', () => {
    const rangeJoules = 5000; // 2.5 s of the most that is plausible
    const part = fc.record({
      seconds: fc.double({ min: 0.01, max: 2.4, noNaN: true }),
      watts: fc.double({ min: 0, max: 1000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 40 }), fc.nat(4999), (parts, first) => {
        const meter = new Meter();
        let [time, joules] = [100, first];
        meter.add([counter(time, joules, { rangeJoules })]);
        const samples = parts.map(({ seconds, watts }) => {
          time += seconds;
          joules += seconds * watts;
          return meter.add([counter(time, joules % rangeJoules, { rangeJoules })]);
        });
        assert(Math.abs(sumJoules(samples) - (joules - first)) < 1e-6);
      }),
    );
  });

  it('adds up the powers of a ramp to its exact energy however the time is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 9.999, noNaN: true })), (cuts) => {
        const meter = new Meter();
        const watts = (time: number) => 10 + 8 * time;
        const times = [0, ...cuts.sort((a, b) => a - b), 10];
        assertClose(sumJoules(times.map((time) => meter.add([power(time, watts(time))]))), 500, 1e-9);
      }),
    );
  });
});
