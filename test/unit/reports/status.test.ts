import assert from 'node:assert/strict';
import { statusMarkdown } from '../../../src/core/reports/statusMarkdown.ts';
import { statusText } from '../../../src/core/reports/statusText.ts';
import { inEnglish, speak } from '../../../src/language.ts';
import { NO_PROGRESS } from '../../../src/core/progress/event.ts';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { snapshot } from '../runs/snapshots.ts';

const RUN = snapshot({
  ...{ state: 'running', isPaused: true, exitCode: null, endedAtMillis: null, powerWatts: 42 },
  progress: { ...NO_PROGRESS, epoch: 3, totalEpochs: 30, step: 42, totalSteps: 100, isStale: true },
  projection: {
    totalEnergyJoules: { median: 360_000, low: 324_000, high: 396_000 },
    remainingSeconds: { median: 7200, low: 7200, high: 7200 },
    basis: 'epochs',
  },
  projectedEmissionsGrams: { median: 41, low: 37, high: 45 },
});

describe('The status of a run', () => {
  afterEach(() => speak('en', {}));

  it('is told in one line', () => {
    assert.equal(statusText(RUN, 2), '2 runs · 10.0 Wh · 4.11 g → 100 Wh · 41.0 g  ep 3+/30  paused');
    assert.equal(statusText(snapshot(), 1), '10.0 Wh · 4.11 g  ep 30/30');
  });

  it('is told in full, with other runs by name', () => {
    const [about, figures, components, grid, others] = statusMarkdown(RUN, [snapshot()]).split('\n\n');
    assert.equal(
      about,
      '**train.py** · paused, 1 h after its start · epoch 3 of 30, step 42 of 100, as last seen before a reload',
    );
    assert.deepEqual(figures?.split('  \n'), [
      'So far: **10.0 Wh ±5 %**, **4.11 g CO2e**, now 42.0 W (measured)',
      'Projected total: **100 Wh (90.0 Wh to 110 Wh)**, **41.0 g (37.0 g to 45.0 g) CO2e**',
      'Time left: 2 h',
    ]);
    assert.equal(
      components?.split('\n')[2],
      '| Processor | 10.0 Wh | 20.0 Wh | measured by RAPL counters, ±5 % |',
    );
    assert.match(
      grid ?? '',
      /^Carbon intensity: 342 gCO2e\/kWh, Germany, .*\nPUE: 1\.2 \\\(your setting\\\)$/,
    );
    assert.equal(others, 'Also training:');
  });

  it('is told in German where German is spoken, and in English for others', () => {
    const english = statusMarkdown(RUN, []);
    speak('de', german);
    assert.equal(statusText(RUN, 2), '2 Läufe · 10.0 Wh · 4.11 g → 100 Wh · 41.0 g  Ep. 3+/30  angehalten');
    const text = statusMarkdown(RUN, []);
    for (const part of [
      'angehalten, 1 h nach dem Beginn · Epoche 3 von 30, Schritt 42 von 100',
      'Bis jetzt: **10.0 Wh ±5 %**, **4.11 g CO2e**, jetzt 42.0 W (gemessen)',
      'Hochgerechnete Summe: **100 Wh (90.0 Wh bis 110 Wh)**',
      '| Prozessor | 10.0 Wh | 20.0 Wh | gemessen über RAPL-Zähler, ±5 % |',
    ])
      assert(text.includes(part), part);
    assert.equal(
      inEnglish(() => statusMarkdown(RUN, [])),
      english,
    );
  });
});
