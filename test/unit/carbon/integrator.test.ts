import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Integrator, segmentGrams, type Stretch } from '../../../src/core/carbon/integrator.ts';
import { Timeline } from '../../../src/core/carbon/timeline.ts';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';

const SLOT = 300_000;
const HOUR = 3_600_000;

function hourly(grams: readonly number[], isFinal: boolean, isTold = true) {
  return (fromMillis: number, toMillis: number): Stretch[] =>
    grams
      .map((gramsPerKwh, hour) => ({
        ...{ gramsPerKwh, source: isFinal ? 'measured' : 'forecast', isFinal, isTold },
        fromMillis: Math.max(fromMillis, hour * HOUR),
        toMillis: Math.min(toMillis, (hour + 1) * HOUR),
      }))
      .filter((stretch) => stretch.fromMillis < stretch.toMillis);
}

describe('Grams over time', () => {
  it('are the exact integral where intensity is constant in parts, whatever the samples', () => {
    const run = fc.record({
      grams: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 24, maxLength: 24 }),
      cuts: fc.array(fc.integer({ min: 1, max: 24 * HOUR - 1 }), { minLength: 1, maxLength: 60 }),
      pue: fc.double({ min: 1, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(run, ({ grams, cuts, pue }) => {
        const integrator = new Integrator();
        const edges = [0, ...new Set(cuts), 24 * HOUR].sort((a, b) => a - b);
        for (const [index, from] of edges.slice(0, -1).entries()) {
          const to = edges[index + 1] ?? from;
          integrator.add(250 * ((to - from) / 1000), from, to, hourly(grams, true), pue); // 250 W
        }
        const exact = grams.reduce((sum, each) => sum + each * 0.25 * pue, 0);
        assert(
          Math.abs(integrator.grams - exact) <= 1e-9 * Math.max(1, exact),
          `${integrator.grams} ${exact}`,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('count PUE once, and can be counted again from the segments', () => {
    const integrator = new Integrator();
    integrator.add(7.2e6, 0, 2 * HOUR, hourly([100, 300], true), 1.5);
    assert.deepEqual(
      integrator.segments.map(({ energyJoules, gramsPerKwh, pue }) => [energyJoules, gramsPerKwh, pue]),
      [
        [3.6e6, 100, 1.5],
        [3.6e6, 300, 1.5],
      ],
    );
    assert.equal(integrator.grams, 600);
    assert.equal(new Integrator(JSON.parse(JSON.stringify(integrator.segments))).grams, 600);
    assert.equal(
      integrator.segments.reduce((sum, each) => sum + segmentGrams(each), 0),
      600,
    );
  });

  it('take late figures once, for each slot what it used', () => {
    const integrator = new Integrator();
    integrator.add(1.8e6, 0, HOUR / 2, hourly([200], false), 1);
    integrator.add(5.4e6, HOUR / 2, HOUR, hourly([200], false), 1);
    assert.equal(integrator.grams, 400);
    assert.equal(integrator.segments.length, 12, 'one for each five minutes that may change');
    const half = (fromMillis: number, toMillis: number): Stretch[] => [
      {
        fromMillis,
        toMillis,
        gramsPerKwh: fromMillis < HOUR / 2 ? 100 : 500,
        source: 'm',
        isFinal: true,
        isTold: true,
      },
    ];
    assert.equal(Math.round(integrator.correct(half)), 50 + 750 - 400);
    assert.deepEqual(integrator.segments.length, 2);
    assert.equal(integrator.correct(hourly([900], true)), 0, 'not a second time');
  });

  it('keep a forecast for which nothing better came', () => {
    const integrator = new Integrator();
    integrator.add(3.6e6, 0, HOUR, hourly([200], false), 1);
    assert(Math.abs(integrator.correct(hourly([470], true, false))) < 1e-9);
    assert(integrator.isFinal);
    assert.equal(Math.round(integrator.grams), 200);
  });

  it('need no endless memory over months, and lose no gram', () => {
    const integrator = new Integrator();
    let exact = 0;
    for (let slot = 0; slot < 90 * 288; slot++) {
      const gramsPerKwh = 100 + ((slot * 7919) % 400);
      const over = (fromMillis: number, toMillis: number): Stretch[] => [
        { fromMillis, toMillis, gramsPerKwh, source: 's', isFinal: slot % 3 > 0, isTold: true },
      ];
      integrator.add(3600, slot * SLOT, (slot + 1) * SLOT, over, 1.2);
      exact += 0.001 * 1.2 * gramsPerKwh;
    }
    assert(integrator.segments.length <= 300, String(integrator.segments.length));
    assert(Math.abs(integrator.grams / exact - 1) < 1e-9);
    assert(JSON.stringify(integrator.segments).length < 60_000);
  });
});

describe('Timeline', () => {
  const point = (from: number, to: number, gramsPerKwh: number, quality: IntensityPoint['quality']) => ({
    ...{ fromMillis: from, toMillis: to, gramsPerKwh, quality },
  });

  it('knows for each moment the best, of those equally good the latest', () => {
    const timeline = new Timeline();
    timeline.add([point(0, 100, 1, 'forecast')]);
    timeline.add([point(20, 40, 2, 'measured')]);
    timeline.add([point(10, 60, 3, 'forecast'), point(60, 70, 4, 'estimated')]);
    assert.deepEqual(
      timeline
        .over(5, 90)
        .map(({ fromMillis, toMillis, gramsPerKwh }) => [fromMillis, toMillis, gramsPerKwh]),
      [
        [5, 10, 1],
        [10, 20, 3],
        [20, 40, 2],
        [40, 60, 3],
        [60, 70, 4],
        [70, 90, 1],
      ],
    );
  });

  it('is what a table of moments would be', () => {
    const qualities = ['measured', 'estimated', 'forecast'] as const;
    const span = fc.record({
      from: fc.integer({ min: 0, max: 60 }),
      length: fc.integer({ min: 0, max: 20 }),
      grams: fc.integer({ min: 0, max: 9 }),
      quality: fc.constantFrom(...qualities),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const timeline = new Timeline();
        const table: (IntensityPoint | null)[] = Array.from({ length: 90 }, () => null);
        for (const { from, length, grams, quality } of spans) {
          const added = point(from, from + length, grams, quality);
          timeline.add([added]);
          for (let moment = from; moment < from + length; moment++) {
            const known = table[moment];
            if (!known || qualities.indexOf(quality) <= qualities.indexOf(known.quality))
              table[moment] = added;
          }
        }
        for (const [moment, known] of table.entries()) {
          assert.equal(timeline.at(moment)?.gramsPerKwh, known?.gramsPerKwh, `at ${moment}`);
          assert.equal(timeline.at(moment)?.quality, known?.quality);
        }
      }),
    );
  });
});
