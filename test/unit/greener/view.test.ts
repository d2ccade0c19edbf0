import assert from 'node:assert/strict';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';
import type { ForecastState } from '../../../src/core/reports/greenerReport.ts';
import { argumentIn, plannedIn } from '../../../src/host/greener/planned.ts';
import {
  choiceIn,
  earlierSubject,
  lengthSubject,
  trainingSubject,
} from '../../../src/host/greener/subject.ts';
import { greenerView } from '../../../src/host/greener/view.ts';
import { snapshot } from '../runs/snapshots.ts';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-24T14:20').getTime();

/** Hours of the clock, the first of which has begun. */
const forecast = (grams: readonly (number | null)[]): IntensityPoint[] =>
  grams.flatMap((gramsPerKwh, hour) => {
    const fromMillis = Math.max(NOW, new Date('2026-11-24T14:00').getTime() + hour * HOUR);
    const toMillis = new Date('2026-11-24T15:00').getTime() + hour * HOUR;
    return gramsPerKwh === null ? [] : [{ fromMillis, toMillis, gramsPerKwh, quality: 'forecast' as const }];
  });

const state = (grams: readonly (number | null)[]): ForecastState => ({
  ...{ source: 'auto', allowNetwork: true, betterSource: null, carbon: snapshot().carbon },
  ...{ forecast: forecast(grams), marginalForecast: [], nowMillis: NOW },
});

describe('The page of a greener time', () => {
  const subject = lengthSubject(3600);
  const { view, bestStartMillis } = greenerView(subject, state([400, 300, 100, 200]), 0.1);
  const chart = view.chart;

  it('recommends a start, and draws it as it says', () => {
    assert.equal(view.kind, 'better');
    assert.match(view.headline, /^Start today at 16:00/);
    assert.equal(bestStartMillis, new Date('2026-11-24T16:00').getTime());
    assert(chart);
    const best = chart.timeTexts.filter((_, index) => chart.best[index] !== null);
    assert.deepEqual(best, ['today at 16:00', 'today at 17:00']);
    assert.deepEqual(
      chart.best.filter((grams) => grams !== null),
      [100, 100],
      'its end is still its own figure',
    );
    const now = chart.timeTexts.filter((_, index) => chart.now[index] !== null);
    assert.deepEqual([now[0], now.at(-1)], ['today at 14:20', 'today at 15:20']);
    assert.deepEqual([view.buttons[0]?.action, view.buttons[0]?.isPrimary], ['runLater', true]);
  });

  it('has the hours of the clock on its axis and in its table', () => {
    assert.deepEqual(
      chart?.hours.map(({ seconds, text }) => [seconds, text]),
      [
        [2400, '15:00'],
        [6000, '16:00'],
        [9600, '17:00'],
      ],
    );
    assert.deepEqual(chart?.rows[0], { time: 'today at 14:20', intensity: '400 gCO2e/kWh' });
    assert.deepEqual(chart?.rows[1], { time: 'today at 15:00', intensity: '300 gCO2e/kWh' });
  });

  it('leaves gaps open, and draws no start that nobody forecast', () => {
    const gapped = greenerView(subject, state([400, null, 100, 200]), 0.1).view.chart;
    const at = gapped?.timeTexts.indexOf('today at 15:00') ?? -1;
    assert.deepEqual([gapped?.gramsPerKwh[at - 1], gapped?.gramsPerKwh[at + 1]], [400, 100]);
    assert.deepEqual(gapped?.now, []);
  });

  it('draws one run where now is the best', () => {
    const same = greenerView(subject, state([100, 100, 300, 300]), 0.1).view;
    assert.equal(same.kind, 'same');
    assert.deepEqual(same.chart?.best, []);
    assert(same.chart.now.some((grams) => grams !== null));
    assert.equal(same.buttons[0]?.isPrimary, false);
  });

  it('has no chart without a forecast, but why and what to do', () => {
    const none = greenerView(subject, { ...state([]), source: 'offline' }, 0.1);
    assert.deepEqual([none.view.chart, none.view.kind, none.bestStartMillis], [null, 'unknown', null]);
    assert.match(none.view.details[0] ?? '', /offline/);
    assert.deepEqual(
      none.view.buttons.map(({ action }) => action),
      ['chooseSource', 'compareLocations'],
    );
    const long = greenerView(lengthSubject(86_400), state([1, 2, 3]), 0.1).view;
    assert.match(long.details[0] ?? '', /no start within it/);
  });

  it('offers a training under way to pause, once', () => {
    const interval = (median: number) => ({ median, low: median, high: median });
    const projection = {
      totalEnergyJoules: interval(72_000),
      remainingSeconds: interval(3600),
      basis: 'steps',
    };
    const run = snapshot({ state: 'running', projection });
    const running = trainingSubject(run);
    assert(running);
    assert.equal(running.energyJoules, 36_000);
    const page = greenerView(running, state([400, 300, 100, 200]), 0.1).view;
    assert.match(page.title, /the rest of train\.py$/);
    assert.equal(page.buttons[0]?.action, 'pauseRun');
    const paused = { ...running, isPaused: true };
    assert.equal(greenerView(paused, state([400, 300, 100]), 0.1).view.buttons[0]?.label, 'Go On Later…');
    assert.equal(trainingSubject(snapshot({ state: 'running' })), null);
  });
});

describe('The length of a run to come', () => {
  it('is the median of the command’s runs', () => {
    const run = (durationSeconds: number) =>
      snapshot({ durationSeconds, energyJoules: durationSeconds * 10 });
    const of = (...seconds: number[]) => {
      const { durationSeconds, energyJoules, about } = earlierSubject(run(1), seconds.map(run));
      return [durationSeconds, energyJoules, /\d+/.exec(about)?.[0] ?? null];
    };
    assert.deepEqual(of(100, 300, 110), [110, 1100, '3']);
    assert.deepEqual(of(100, 300), [200, 2000, '2']);
    assert.deepEqual(of(100), [100, 1000, null]);
    assert.deepEqual(of(), [1, 10, null]);
  });
});

describe('What the editor kept', () => {
  it('is taken where it is what it should be', () => {
    assert.deepEqual(plannedIn({ command: 'python a.py', atMillis: 5, more: 1 }), {
      ...{ command: 'python a.py', atMillis: 5, runId: null },
    });
    assert.deepEqual(choiceIn({ kind: 'run', runId: 'x' }), { kind: 'run', runId: 'x' });
    assert.deepEqual(choiceIn({ kind: 'length', seconds: 60 }), { kind: 'length', seconds: 60 });
  });

  it('is nothing otherwise', () => {
    for (const value of [
      undefined,
      null,
      'x',
      {},
      { command: '', atMillis: 5 },
      { command: 'a', atMillis: NaN },
    ])
      assert.equal(plannedIn(value), null);
    for (const value of [
      undefined,
      {},
      { kind: 'run' },
      { kind: 'length', seconds: -1 },
      { kind: 'x', runId: 'y' },
    ])
      assert.equal(choiceIn(value), null);
    assert.deepEqual(argumentIn({ command: 5, atMillis: 1 }), { command: null, atMillis: null, runId: null });
  });
});
