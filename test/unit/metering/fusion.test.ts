import assert from 'node:assert/strict';
import { Fusion } from '../../../src/core/metering/fusion.ts';
import type { EnergySample } from '../../../src/core/metering/meter.ts';
import { FakeSensor } from './fakeSensor.ts';
import { sumJoules } from './readings.ts';

/** One look a second: what each source's counter shows, null where it does not answer. */
type Looks = readonly (readonly [best: number | null, next: number | null, last?: number | null])[];

describe('Fusion', () => {
  const best = new FakeSensor('best', ['cpu']);
  const next = new FakeSensor('next', ['cpu'], { quality: 'estimated' });
  const last = new FakeSensor('last', ['cpu'], { quality: 'estimated' });

  /** Shows the looks to what is being read at that time. */
  function follow(looks: Looks, sensors = [best, next, last]) {
    const fusion = new Fusion(sensors.map((sensor) => sensor.probed()));
    const samples: (EnergySample | null)[] = [];
    looks.forEach((look, second) => {
      const read = sensors.flatMap((sensor, index) => {
        const value = look[index] ?? null;
        return value !== null && fusion.sensors.has(sensor) ? [sensor.counter(value, second)] : [];
      });
      samples.push(fusion.add(read));
    });
    return { fusion, samples, notes: samples.flatMap((sample) => sample?.notes ?? []) };
  }

  function joules(samples: readonly (EnergySample | null)[], source?: FakeSensor): number {
    const parts = samples.map((sample) => ({
      parts: (sample?.parts ?? []).filter((part) => !source || part.source === source.id),
    }));
    return sumJoules(parts);
  }

  it('reads the best source only, while it answers', () => {
    const { fusion, samples } = follow([
      [0, 0],
      [10, 99],
      [20, 198],
    ]);
    assert.deepEqual([...fusion.sensors], [best]);
    assert.equal(joules(samples), 20);
  });

  it('loses nothing of a counter that is silent for two looks, and says nothing', () => {
    const { samples, notes } = follow([
      [0, 0],
      [10, 5],
      [null, 10],
      [null, 15],
      [40, 20],
      [50, 25],
    ]);
    assert.equal(joules(samples), 50);
    assert.equal(joules(samples, next), 0);
    assert.deepEqual(notes, []);
  });

  it('goes to the next source when the best is lost, says so, and counts what the next told meanwhile', () => {
    const { samples, notes, fusion } = follow([
      [0, 0],
      [10, 5],
      [null, 10],
      [null, 15],
      [null, 20],
      [null, 25],
      [null, 30],
    ]);
    assert.equal(joules(samples, best), 10);
    assert.equal(joules(samples, next), 15, 'from its first look on, a second after the loss');
    assert.deepEqual(notes, [
      'the best stopped answering; the next takes over (estimated, ±10 %) until it answers again.',
    ]);
    assert.equal(fusion.sources.get('cpu')?.sensor, next);
  });

  it('comes back to the best source, whose counter tells the rest of what was used meanwhile', () => {
    const { samples, notes, fusion } = follow([
      [0, 0],
      [10, 5],
      [null, 10],
      [null, 15],
      [null, 20],
      [null, 25],
      [60, 30],
      [70, 35],
    ]);
    assert.equal(joules(samples), 70);
    assert.equal(joules(samples, next), 10);
    assert.equal(notes.at(-1), 'the best answers again and takes over from the next.');
    assert.equal(fusion.sources.get('cpu')?.sensor, best);
    assert.deepEqual([...fusion.sensors], [best]);
  });

  it('takes nothing back where the next source gave more than the counter then tells', () => {
    const { samples } = follow([
      [0, 0],
      [1, 5],
      [null, 50],
      [null, 100],
      [null, 150],
      [5, 200],
      [6, 250],
    ]);
    assert.equal(joules(samples, best), 2);
    assert.equal(joules(samples, next), 50);
    assert(samples.every((sample) => sample?.parts.every((part) => part.energyJoules >= 0) ?? true));
  });

  it('goes on to a third where the second does not answer either', () => {
    const looks: Looks = Array.from({ length: 14 }, (_, second) =>
      second < 2 ? [second, 0, 0] : [null, null, second],
    );
    const { fusion, samples } = follow(looks);
    assert.equal(fusion.sources.get('cpu')?.sensor, last);
    assert(joules(samples, last) > 0);
  });

  it('says once that the only source is silent and once that it is back', () => {
    const other = new FakeSensor('other', ['dram']);
    const looks: Looks = Array.from({ length: 12 }, (_, second) => [
      second >= 2 && second < 8 ? null : second * 10,
      second,
    ]);
    const { samples, notes } = follow(looks, [best, other]);
    assert.deepEqual(notes, [
      'best best-cpu cpu stopped answering; its energy is missing until it answers again.',
      'best best-cpu cpu answers again.',
    ]);
    assert.equal(joules(samples, best), 110, 'its counter went on');
  });

  it('reads GPUs of every make, and of each make by one source', () => {
    const nvml = new FakeSensor('nvml', ['gpu'], { gpuFamily: 'nvidia' });
    const smi = new FakeSensor('nvidia-smi', ['gpu'], { gpuFamily: 'nvidia' });
    const amd = new FakeSensor('amdgpu', ['gpu'], { gpuFamily: 'amd' });
    const { fusion } = follow([[0, null, 0]], [nvml, smi, amd]);
    assert.deepEqual([...fusion.sensors], [nvml, amd]);
    assert.deepEqual([...fusion.sources.keys()], ['gpu nvidia', 'gpu amd']);
  });

  it('adds the rest of a machine whose own meter is read', () => {
    const meter = new FakeSensor('meter', ['machine']);
    const { samples } = follow(
      [
        [0, 0],
        [50, 80],
        [100, 160],
      ],
      [best, meter],
    );
    assert.equal(joules(samples), 160);
    const rest = samples
      .flatMap((sample) => sample?.parts ?? [])
      .filter(({ component }) => component === 'rest');
    assert.deepEqual(
      rest.map(({ energyJoules, source, quality }) => [energyJoules, source, quality]),
      [
        [30, 'meter', 'measured'],
        [30, 'meter', 'measured'],
      ],
    );
  });

  it('keeps counting parts once when the machine’s meter lags behind them', () => {
    const meter = new FakeSensor('meter', ['machine']);
    const { samples } = follow(
      [
        [0, 0],
        [50, 0],
        [100, 100],
        [150, 100],
        [200, 300],
      ],
      [best, meter],
    );
    assert.equal(joules(samples), 300);
  });

  it('says that the machine’s meter and the parts do not fit', () => {
    const meter = new FakeSensor('meter', ['machine']);
    const looks: Looks = Array.from({ length: 70 }, (_, second) => [second * 100, second * 50]);
    const { notes, samples } = follow(looks, [best, meter]);
    assert.deepEqual(notes, [
      'The machine’s own meter (meter) shows 50 % less than its parts add up to: one of the sources is wrong by that much.',
    ]);
    assert.equal(joules(samples), 6900, 'and adds no rest');
  });
});
