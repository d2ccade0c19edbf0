import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicSeconds } from '../../../src/core/metering/clock.ts';
import { Meter } from '../../../src/core/metering/meter.ts';
import { SensorReader } from '../../../src/core/metering/sensorReader.ts';
import type { Reading } from '../../../src/core/sensors/sensor.ts';
import { FakeSensor } from './fakeSensor.ts';
import { assertClose, sumJoules } from './readings.ts';

describe('Sensor reader', () => {
  let sensor: FakeSensor;
  let reader: SensorReader;

  beforeEach(() => {
    sensor = new FakeSensor('odd', ['gpu']);
    reader = new SensorReader(sensor);
    reader.start();
  });

  afterEach(() => reader.stop());

  it('does not wait for a slow answer longer than it is told, and gives it at the next call', async () => {
    let answer: (readings: readonly Reading[]) => void = () => {};
    sensor.answer = () => new Promise((resolve) => (answer = resolve));
    assert.deepEqual(await reader.collect(10), []);
    answer([sensor.counter(7)]);
    await sleep(1);
    sensor.answer = () => Promise.resolve([sensor.counter(8)]);
    const readings = await reader.collect(10);
    assert.deepEqual(
      readings.map((reading) => reading.kind === 'counter' && reading.energyJoules),
      [7, 8],
    );
  });

  it('never asks twice at once', async () => {
    sensor.answer = () => new Promise(() => {});
    await reader.collect(5);
    await reader.collect(5);
    assert.equal(sensor.reads, 1);
  });

  it('waits no more for a sensor that hangs', async function () {
    sensor.answer = () => new Promise(() => {});
    await reader.collect(10);
    assert.equal(reader.isHanging, false);
    await reader.collect(1e6); // it gives up after its own deadline, not after what it is told
    await sleep(10);
    assert.equal(reader.isHanging, true);
    await reader.collect(1e6);
    assert.equal(sensor.reads, 1);
  });

  it('lets no nonsense through', async () => {
    sensor.answer = () =>
      Promise.resolve(
        [sensor.counter(NaN), sensor.counter(-1), sensor.counter(Infinity), sensor.power(NaN)].concat([
          sensor.power(-5),
          sensor.power(1e9),
          sensor.counter(1, NaN),
          sensor.power(42),
        ]),
      );
    const readings = await reader.collect(100);
    assert.deepEqual(
      readings.map((reading) => reading.kind === 'power' && reading.powerWatts),
      [42],
    );
  });

  it('reads a power in between, so that short bursts are seen', async () => {
    const bursty = new FakeSensor('bursty', ['gpu'], { powerPeriodSeconds: 0.02 });
    const start = monotonicSeconds();
    const isOn = (seconds: number) => Math.floor((seconds - start) / 0.1) % 2 === 0;
    bursty.answer = () => Promise.resolve([bursty.power(isOn(monotonicSeconds()) ? 300 : 0)]);
    const bursts = new SensorReader(bursty);
    bursts.start();
    const meter = new Meter();
    const samples = [meter.add(await bursts.collect(100))];
    const from = monotonicSeconds();
    await sleep(4000);
    samples.push(meter.add(await bursts.collect(100)));
    const to = monotonicSeconds();
    bursts.stop();
    assert(bursty.reads > 100);
    assertClose(sumJoules(samples), 150 * (to - from), 0.1);
  });

  it('ends what it started, and asks nothing more', async () => {
    const steady = new FakeSensor('steady', ['gpu'], { powerPeriodSeconds: 0.01 });
    const ended = new SensorReader(steady);
    ended.start();
    await sleep(50);
    ended.stop();
    const { reads } = steady;
    await sleep(50);
    assert.equal(steady.reads, reads);
    assert.equal(steady.releases, 1);
    assert(reads > 0);
  });
});
