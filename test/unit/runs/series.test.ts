import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunSample } from '../../../src/core/metering/attribution.ts';
import { pointsOf, Series, thin } from '../../../src/core/runs/series.ts';
import type { SamplePoint } from '../../../src/core/runs/snapshot.ts';
import { point, sumOf } from './snapshots.ts';

describe('Points of a sample', () => {
  it('are one a component, sockets together, in the run’s own seconds', () => {
    const part = (channel: string, component: 'cpu' | 'dram', energyJoules: number) =>
      ({
        channel,
        component,
        device: channel,
        source: 's',
        quality: 'measured',
        uncertainty: 0,
        energyJoules,
        runEnergyJoules: energyJoules / 2,
      }) as const;
    const sample: RunSample = {
      startSeconds: 1010,
      endSeconds: 1012,
      notes: [],
      parts: [part('p0', 'cpu', 10), part('p1', 'cpu', 20), part('d0', 'dram', 4)],
    };
    assert.deepEqual(pointsOf(sample, 1000), [
      { component: 'cpu', startSeconds: 10, durationSeconds: 2, energyJoules: 15, machineEnergyJoules: 30 },
      { component: 'dram', startSeconds: 10, durationSeconds: 2, energyJoules: 2, machineEnergyJoules: 4 },
    ]);
  });
});

describe('Thinning', () => {
  it('joins what begins in the same slot, component by component', () => {
    const points = [point(0, 1), point(9, 2), point(10, 4), point(5, 8, { component: 'dram' })];
    const thinned = thin(points, 10).map(({ component, startSeconds, durationSeconds, energyJoules }) => [
      component,
      startSeconds,
      durationSeconds,
      energyJoules,
    ]);
    assert.deepEqual(thinned, [
      ['cpu', 0, 2, 3],
      ['cpu', 10, 1, 4],
      ['dram', 5, 1, 8],
    ]);
  });

  it('keeps energy and time exactly, and does no more the second time', () => {
    const at = fc.record({ start: fc.nat(100_000), joules: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(at), fc.integer({ min: 1, max: 600 }), (given, slot) => {
        const points = given.map(({ start, joules }) => point(start / 4, joules));
        const thinned = thin(points, slot);
        for (const key of ['energyJoules', 'machineEnergyJoules', 'durationSeconds'] as const) {
          assert.equal(sumOf(thinned, key), sumOf(points, key));
        }
        assert.deepEqual(thin(thinned, slot), thinned);
      }),
    );
  });
});

describe('Series', () => {
  it('shows a short run as it was', () => {
    const series = new Series();
    const points = Array.from({ length: 500 }, (_, second) => point(second));
    for (const each of points) series.add([each]);
    assert.deepEqual(series.points(), points);
  });

  it('stays small over weeks, and keeps all energy', () => {
    const series = new Series();
    let joules = 0;
    for (let second = 0; second < 14 * 86_400; second += 5) {
      const both: SamplePoint[] = [
        point(second, 10, { durationSeconds: 5 }),
        point(second, 3, { durationSeconds: 5, component: 'dram' }),
      ];
      series.add(both);
      joules += 13;
    }
    assert(series.points().length <= 8000, `${series.points().length} points`);
    const longest = Math.max(...series.points().map(({ durationSeconds }) => durationSeconds));
    assert(longest < (14 * 86_400) / 500, `a point of ${longest} s`);
    assert.equal(sumOf(series.points(), 'energyJoules'), joules);
  });
});
