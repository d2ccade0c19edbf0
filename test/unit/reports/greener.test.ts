import assert from 'node:assert/strict';
import type { GreenerStart } from '../../../src/core/carbon/greenerStart.ts';
import { greenerStart } from '../../../src/core/carbon/greenerStart.ts';
import type { CarbonContext } from '../../../src/core/carbon/intensity.ts';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';
import {
  forecastSource,
  greenerOfferText,
  greenerWords,
  marginalAdvice,
  noForecast,
  tooLong,
  type ForecastState,
  type WordsOptions,
} from '../../../src/core/reports/greenerReport.ts';
import { snapshot } from '../runs/snapshots.ts';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-24T14:00').getTime();
const carbon: CarbonContext = snapshot().carbon;

const forecast = (grams: readonly number[]): IntensityPoint[] =>
  grams.map((gramsPerKwh, hour) => ({
    ...{ fromMillis: NOW + hour * HOUR, toMillis: NOW + (hour + 1) * HOUR, gramsPerKwh },
    quality: 'forecast',
  }));

const RUN = { durationSeconds: 2 * 3600, energyJoules: 7.2e6 };

function words(grams: readonly number[], more: Partial<WordsOptions> = {}) {
  const found = greenerStart(RUN, forecast(grams), 1.2, NOW) as GreenerStart;
  return greenerWords(RUN, found, carbon, {
    ...{ nowMillis: NOW, isTraining: false, isPaused: false, leastSavedShare: 0.1 },
    ...more,
  });
}

describe('The advice on when to train', () => {
  const EVENING = [400, 300, 100, 100, 500];

  it('says first when to start and what that saves', () => {
    const { headline, details, isWorth } = words(EVENING);
    assert.equal(headline, 'Start today at 16:00: the run then emits 71 % less than now.');
    assert.equal(isWorth, true);
    assert.deepEqual(details, [
      'Over the run the grid then emits 100 gCO2e/kWh (90 to 110) on average, 350 gCO2e/kWh (315 to 385) for one that starts now.',
      'For 2.00 kWh, times a PUE of 1.2, that is 240 g of CO2e instead of 840 g: 600 g saved.',
      'It would be over today at 18:00.',
    ]);
  });

  it('is about the rest of a training that is under way', () => {
    assert.equal(
      words(EVENING, { isTraining: true }).headline,
      'Pause now and go on today at 16:00: what is left then emits 71 % less than now.',
    );
    assert.match(words(EVENING, { isTraining: true, isPaused: true }).headline, /^Go on today at 16:00: /);
  });

  it('does not send anybody away for nothing', () => {
    assert.equal(words([100, 100, 100, 100]).headline, 'Now is as good as any time that is forecast.');
    assert.equal(words([100, 200, 300]).headline, 'Now is as good as any time that is forecast.');
    const little = words(EVENING, { leastSavedShare: 0.8 });
    assert.equal(
      little.headline,
      'Now is nearly as good as any time: the best, today at 16:00, would save 71 %.',
    );
    assert.equal(little.isWorth, false);
  });

  it('is one line for views', () => {
    const found = greenerStart(RUN, forecast(EVENING), 1, NOW) as GreenerStart;
    assert.equal(
      greenerOfferText(found, NOW, false),
      'Pausing until today at 16:00 would save 71 % of what is still to be emitted (500 g CO2e).',
    );
    assert.match(greenerOfferText(found, NOW, true), /^Going on today at 16:00 would save 71 %/);
  });

  it('names whose forecast it is, and how far it reaches', () => {
    const live = {
      sourceId: 'energyCharts',
      zone: 'de',
      kind: 'average',
      quality: 'forecast',
      ...{ fromMillis: NOW, toMillis: NOW + HOUR, attribution: 'Fraunhofer ISE, CC BY 4.0' },
    } as const;
    const intensity = { ...carbon.intensity, source: 'Energy-Charts, forecast', live };
    assert.equal(
      forecastSource({ ...carbon, intensity }, forecast(EVENING), NOW),
      'Forecast by Energy-Charts (Fraunhofer ISE, CC BY 4.0) for Germany, until today at 19:00. Ranges are 80 % intervals.',
    );
  });
});

describe('Without a forecast', () => {
  const state: ForecastState = {
    ...{ source: 'auto', allowNetwork: true, betterSource: null, carbon, forecast: [], nowMillis: NOW },
    marginalForecast: [],
  };
  const live = {
    sourceId: 'url',
    zone: 'DE',
    kind: 'average',
    quality: 'measured',
    ...{ fromMillis: NOW, toMillis: NOW + 900_000, attribution: 'your own figures' },
  } as const;

  it('it is said why, and what to do', () => {
    const cases: readonly (readonly [Partial<ForecastState>, RegExp, string])[] = [
      [{ source: 'offline' }, /set to offline/, 'chooseSource'],
      [{ source: 'constant', forecast: forecast([1, 1, 1]) }, /holds at all times/, 'chooseSource'],
      [
        { allowNetwork: false, betterSource: 'Energy-Charts' },
        /not allowed yet: Energy-Charts has one for Germany/,
        'allowNetwork',
      ],
      [{ allowNetwork: false, source: 'url' }, /not allowed yet\.$/, 'allowNetwork'],
      [{}, /No free source has a forecast for Germany/, 'setLocation'],
      [
        { carbon: { ...carbon, intensity: { ...carbon.intensity, fallback: 'It is down.' } } },
        /^It is down\.$/,
        'refresh',
      ],
      [
        {
          source: 'url',
          forecast: forecast([100]),
          carbon: { ...carbon, intensity: { ...carbon.intensity, source: 'your address', live } },
        },
        /your address\) tells no forecast/,
        'chooseSource',
      ],
    ];
    for (const [more, text, fix] of cases) {
      const missing = noForecast({ ...state, ...more });
      assert.match(missing?.text ?? '', text);
      assert.equal(missing?.fixes[0], fix, String(text));
    }
    assert.equal(noForecast({ ...state, forecast: forecast([1, 2, 3]) }), null);
  });

  it('that is marginal, that is told apart, as what it is', () => {
    const marginalForecast = forecast([600, 600, 600, 300, 300]);
    assert.equal(marginalAdvice(RUN, state), null);
    assert.match(
      marginalAdvice(RUN, { ...state, marginalForecast }) ?? '',
      /^By marginal intensity, .* the best time is today at 17:00, with 50 % less\.$/,
    );
    const flat = { ...state, marginalForecast: forecast([600, 600, 600]) };
    assert.match(marginalAdvice(RUN, flat) ?? '', /the best time is now\.$/);
  });

  it('that reaches far enough for the run, its length may be changed', () => {
    const { text, fixes } = tooLong({ ...RUN, durationSeconds: 30 * 3600 }, forecast([1, 2, 3]), NOW);
    assert.match(text, /reaches 3 h .* 1 d 6 h/);
    assert.equal(fixes[0], 'changeLength');
  });
});
