import assert from 'node:assert/strict';
import fc from 'fast-check';
import { times, type Cost } from '../../../src/core/projection/cost.ts';
import type { EarlierRuns, Interval } from '../../../src/core/projection/projection.ts';
import { speak } from '../../../src/language.ts';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { chance, cost, STEP, Training } from './trainings.ts';

function near(value: number | undefined, expected: number, relative: number) {
  assert(value !== undefined && Math.abs(value / expected - 1) <= relative, `${value}, not ${expected}`);
}

function isOrdered({ low, median, high }: Interval, least: number) {
  assert(low >= least && low <= median && median <= high, JSON.stringify({ low, median, high, least }));
}

/** Used for startup in each of the trainings. */
const STARTUP = 50;

const EARLIER: EarlierRuns = {
  unit: 'epoch',
  runs: 3,
  perUnit: cost(10),
  spread: { energyJoules: 0.05, timeSeconds: 0.05 },
};

describe('The projection', () => {
  it('is none before anything is known', () => {
    assert.equal(new Training().project(10), null);
    assert.equal(new Training().use(cost(3)).show().project(10), null);
    assert.equal(new Training().epoch(STEP).project(0), null);
  });

  it('comes with the first steps of the first epoch', () => {
    const training = new Training();
    for (let step = 0; step < 10; step++) training.advance(0.01, STEP);
    const projection = training.project(20);
    near(projection?.totalEnergyJoules.median, STARTUP + 20 * 100 * 100, 0.06);
    near(projection?.remainingSeconds.median, 1990, 0.06);
    assert.equal(projection?.basis, 'the first 10 % of the first epoch');
  });

  it('comes for a run without epochs by its steps', () => {
    const training = new Training('step');
    for (let step = 0; step < 50; step++) training.advance(1, STEP);
    const projection = training.project(1000);
    near(projection?.totalEnergyJoules.median, STARTUP + 100_000, 0.01);
    assert.equal(projection?.basis, '50 steps');
  });

  it('waits for the first epoch where no steps are seen', () => {
    const training = new Training().epoch(cost(30));
    near(training.project(10)?.totalEnergyJoules.median, STARTUP + 30_000, 0.001);
    assert.equal(training.project(10)?.basis, 'the first epoch');
  });

  it('does not multiply the compilation of the first step', () => {
    const training = new Training().advance(0.02, cost(40));
    for (let step = 1; step < 50; step++) training.advance(0.02, STEP);
    near(training.project(1)?.totalEnergyJoules.median, STARTUP + 4000 + 4900, 0.03);
    training.steps(0);
    near(training.project(20)?.totalEnergyJoules.median, STARTUP + 4000 + 20 * 5000 - 100, 0.03);
  });

  it('does not multiply a slow first epoch', () => {
    const training = new Training().epoch(cost(30)).epoch(cost(10)).epoch(cost(10));
    near(training.project(10)?.totalEnergyJoules.median, STARTUP + 3000 + 9000, 0.001);
  });

  it('expects the validation at each epoch’s end that it has seen', () => {
    const training = new Training()
      .steps(20, STEP, cost(4))
      .steps(20, STEP, cost(4))
      .steps(20, STEP, cost(4));
    near(training.project(10)?.totalEnergyJoules.median, STARTUP + 24_000, 0.001);
  });

  it('expects the validation every fifth epoch where it comes every fifth', () => {
    const training = new Training();
    for (let epoch = 1; epoch <= 12; epoch++) training.steps(10, STEP, epoch % 5 === 0 ? cost(8) : undefined);
    near(training.project(20)?.totalEnergyJoules.median, STARTUP + 20 * 1000 + 4 * 800, 0.001);
  });

  it('tells a validation that the output shows from training', () => {
    const training = new Training('step');
    for (let step = 1; step <= 100; step++) {
      training.advance(1, STEP);
      if (step % 20 === 0) training.show('validate').use(cost(5)).show('train');
    }
    assert.equal(training.recorder.state().breaks.length, 5);
    near(training.project(400)?.totalEnergyJoules.median, STARTUP + 40_000 + 20 * 500, 0.001);
  });

  it('does not take a pause for work', () => {
    const training = new Training('step');
    for (let step = 0; step < 40; step++) training.advance(1, STEP);
    const before = training.project(1000)?.remainingSeconds.median ?? 0;
    training.use({ energyJoules: 10, timeSeconds: 3600 });
    near(training.project(1000)?.remainingSeconds.median, before, 0.01);
    training.advance(1, STEP);
    for (let step = 0; step < 20; step++) training.advance(1, STEP);
    near(training.project(1000)?.remainingSeconds.median, before - 21, 0.01);
  });

  it('follows a training that has become slower for good', () => {
    const training = new Training('step');
    for (let step = 0; step < 100; step++) training.advance(1, STEP);
    for (let step = 0; step < 100; step++) training.advance(1, cost(1.3));
    near(training.project(400)?.remainingSeconds.median, 260, 0.02);
  });

  it('does not grow while the output is unseen and the energy is as projected', () => {
    const training = new Training().epoch(cost(10)).epoch(cost(10)).use(cost(50));
    near(training.project(10, { isStale: true })?.totalEnergyJoules.median, STARTUP + 10_000, 0.001);
  });

  it('is the used energy when all is done', () => {
    const training = new Training();
    for (let epoch = 0; epoch < 5; epoch++) training.steps(10);
    const { energyJoules } = training.used;
    const projection = training.project(5);
    assert.deepEqual(projection?.totalEnergyJoules, {
      median: energyJoules,
      low: energyJoules,
      high: energyJoules,
    });
    assert.deepEqual(projection?.remainingSeconds, { median: 0, low: 0, high: 0 });
  });

  it('knows from earlier runs before the first step, and says so', () => {
    const projection = new Training().project(10, { earlier: [EARLIER] });
    near(projection?.totalEnergyJoules.median, 10_000 + STARTUP, 0.001);
    assert.equal(projection?.basis, '3 earlier runs');
  });

  it('lets earlier runs and this one weigh by how sure they are', () => {
    const training = new Training().epoch(cost(11));
    const alone = training.project(10)!.totalEnergyJoules;
    const both = training.project(10, { earlier: [EARLIER] })!;
    assert(both.totalEnergyJoules.median < alone.median && both.totalEnergyJoules.median > 10_000);
    assert(both.totalEnergyJoules.high - both.totalEnergyJoules.low < alone.high - alone.low);
    assert.equal(both.basis, 'the first epoch and 3 earlier runs');
  });

  it('says what it rests on in the language that is spoken', () => {
    speak('de', german);
    try {
      const projection = new Training().epoch(cost(11)).project(10, { earlier: [EARLIER] });
      assert.equal(projection?.basis, 'der ersten Epoche und 3 früheren Läufen');
    } finally {
      speak('en', {});
    }
  });

  it('believes the run where earlier ones contradict it, and ignores those of another unit', () => {
    const training = new Training().epoch(cost(30)).epoch(cost(30)).epoch(cost(30));
    assert.deepEqual(training.project(10, { earlier: [EARLIER] }), training.project(10));
    assert.deepEqual(training.project(10, { earlier: [{ ...EARLIER, unit: 'step' }] }), training.project(10));
  });

  const factors = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 3, maxLength: 60 });

  it('never lies below what is used, nor below zero time, whatever the epochs cost', () => {
    fc.assert(
      fc.property(factors, fc.double({ min: 0, max: 1000, noNaN: true }), (costs, since) => {
        const training = new Training();
        for (const each of costs) training.epoch(cost(each));
        training.use(cost(since));
        const projection = training.project(costs.length + 3)!;
        isOrdered(projection.totalEnergyJoules, training.used.energyJoules);
        isOrdered(projection.remainingSeconds, 0);
      }),
    );
  });

  it('scales with energy and with time', () => {
    fc.assert(
      fc.property(
        factors,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        (costs, joules, seconds) => {
          const scale = (each: Cost) => ({
            energyJoules: each.energyJoules * joules,
            timeSeconds: each.timeSeconds * seconds,
          });
          const one = new Training('step', STEP);
          const other = new Training('step', scale(STEP));
          for (const each of costs) {
            one.advance(1, cost(each));
            other.advance(1, scale(cost(each)));
          }
          const [a, b] = [
            one.project(200, { samplingSeconds: 1 }),
            other.project(200, { samplingSeconds: seconds }),
          ];
          for (const end of ['median', 'low', 'high'] as const) {
            near(b?.totalEnergyJoules[end], (a?.totalEnergyJoules[end] ?? 0) * joules, 1e-6);
            near(b?.remainingSeconds[end], (a?.remainingSeconds[end] ?? 0) * seconds, 1e-6);
          }
        },
      ),
    );
  });

  it('hardly depends on how often the output shows a step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 2, max: 8 }), (seed, stride) => {
        const random = chance(seed);
        const [each, some] = [new Training('step'), new Training('step')];
        let open: Cost = { energyJoules: 0, timeSeconds: 0 };
        for (let step = 1; step <= 64 * stride; step++) {
          const used = cost(0.9 + 0.2 * random());
          each.advance(1, used);
          open = {
            energyJoules: open.energyJoules + used.energyJoules,
            timeSeconds: open.timeSeconds + used.timeSeconds,
          };
          if (step % stride !== 0) continue;
          some.advance(stride, open);
          open = times(open, 0);
        }
        near(
          some.project(2000)?.totalEnergyJoules.median,
          each.project(2000)?.totalEnergyJoules.median ?? 0,
          0.02,
        );
      }),
    );
  });

  it('narrows as the run goes on', () => {
    const widths = new Map<number, number>();
    for (let seed = 1; seed <= 20; seed++) {
      const random = chance(seed);
      const training = new Training();
      for (let epoch = 1; epoch <= 32; epoch++) {
        for (let step = 0; step < 20; step++) training.advance(0.05, cost(0.9 + 0.2 * random()));
        const { low, high } = training.project(40)!.totalEnergyJoules;
        widths.set(epoch, (widths.get(epoch) ?? 0) + high - low);
      }
    }
    const [early = 0, middle = 0, late = 0] = [2, 8, 32].map((epoch) => widths.get(epoch));
    assert(early > middle && middle > late, `${early}, ${middle}, ${late}`);
  });
});
