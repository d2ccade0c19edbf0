import assert from 'node:assert/strict';
import type { ForecastState } from '../../src/core/reports/greenerReport.ts';
import type { RunSnapshot } from '../../src/core/runs/snapshot.ts';
import { lengthSubject } from '../../src/host/greener/subject.ts';
import { greenerView } from '../../src/host/greener/view.ts';
import { compareView } from '../../src/host/panel/compareView.ts';
import { commandRow, entryRow } from '../../src/host/panel/historyView.ts';
import { speak } from '../../src/language.ts';
import german from '../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { snapshot } from '../unit/runs/snapshots.ts';
import { overflows } from './checks.ts';
import { ENVIRONMENT, historyRun, historyState, totalsState } from './historyStates.ts';
import { WebviewPage } from './page.ts';
import { dataIn, PSEUDO, unmarked } from './pseudo.ts';
import { made } from './runs.ts';
import { compareState, nowState, pageState } from './states.ts';

/** Shows something of the page, and tells the runs that it shows. */
type Fill = (webview: WebviewPage) => Promise<readonly unknown[]>;

const VIEWS: Readonly<Record<string, Fill>> = {
  async 'a run that trains'(webview) {
    await webview.post('page', pageState('now'));
    const runs = [made({ isRunning: true }).run, 'python other.py'];
    await webview.post('now', nowState());
    return runs;
  },
  async 'a run that has ended'(webview) {
    const ended = { state: 'failed', exitCode: 1, projection: null, idlePower: 'none' } as const;
    const runs: RunSnapshot[] = [];
    const now = nowState((run) => (runs.push({ ...run, ...ended }), { ...run, ...ended }));
    await webview.post('page', pageState('now'));
    await webview.post('now', now);
    return [...runs, 'python other.py'];
  },
  async 'the history'(webview) {
    await webview.post('page', pageState('history'));
    await webview.post('history', mixedHistory());
    await webview.post('historyTotals', totalsState());
    await webview.post('historyRun', historyRun());
    await webview.page.locator('[data-index="1"] [data-column="choose"]').click();
    return [made().run, ENVIRONMENT, 'a', 'b', 'two-moons', 'speech', 'baseline', 'c0ffee111111'];
  },
  async 'a history in which nothing is found'(webview) {
    const state = historyState(0);
    await webview.post('page', pageState('history'));
    await webview.post('history', { ...state, wishes: { ...state.wishes, project: 'speech' } });
    await webview.post('historyRun', null);
    return [ENVIRONMENT, 'NVIDIA A100', 'two-moons', 'speech', 'baseline'];
  },
  async 'a comparison'(webview) {
    const runs: RunSnapshot[] = [];
    await webview.post('page', pageState('compare'));
    await webview.post(
      'compare',
      compareState((run) => (runs.push(run), run)),
    );
    return runs;
  },
  async 'a comparison by results that are given'(webview) {
    const runs: RunSnapshot[] = [];
    const given = { kind: 'given', values: { a: 0.94 }, isLowerBetter: false } as const;
    await webview.post('page', pageState('compare'));
    await webview.post(
      'compare',
      compareState((run) => (runs.push(run), withoutEpochs(run)), given),
    );
    return runs;
  },
  async 'a comparison of nothing'(webview) {
    const measure = { kind: 'given', values: {}, isLowerBetter: true } as const;
    await webview.post('page', pageState('compare'));
    await webview.post(
      'compare',
      compareView([], () => [], { alignment: 'time', measure, names: [] }),
    );
    return [];
  },
  async 'an empty page'(webview) {
    await webview.post('page', pageState('now', { isEmpty: true }));
    return [];
  },
};

function withoutEpochs(run: RunSnapshot): RunSnapshot {
  return { ...run, ...(run.epochs && { epochs: { ...run.epochs, ends: [] } }) };
}

function mixedHistory() {
  const totals = { runs: 2, energyJoules: 7200, emissionsGrams: 1, durationSeconds: 70, latestMillis: 0 };
  const entry = { ...made().run, number: 1, epochs: 3, totalEpochs: 12, tags: ['baseline'] };
  const rows = [
    commandRow({ command: '', ...totals }, true),
    entryRow(1, entry, null),
    entryRow(2, null, null),
  ];
  return historyState(rows.length, { isGrouped: true, rows: { list: 1, from: 0, rows } });
}

describe('The language of the page', function () {
  this.timeout(120_000);
  let webview: WebviewPage;

  afterEach(async () => {
    speak('en', {});
    await webview.close();
  });
  after(() => WebviewPage.closeAll());

  for (const [name, fill] of Object.entries(VIEWS))
    it(`is that of the editor in ${name}`, async () => {
      speak('en', PSEUDO);
      webview = await WebviewPage.open();
      const shown = await fill(webview);
      assert.deepEqual(await unmarked(webview, shown.flatMap(dataIn)), []);
      assert.deepEqual(webview.complaints, []);
    });

  for (const source of ['auto', 'offline'] as const)
    it(`is that of the editor in the page of a greener time, source ${source}`, async () => {
      speak('en', PSEUDO);
      webview = await WebviewPage.open('light', 1000, 'greener');
      const view = advice(source);
      await webview.post('greener', view);
      // texts of the buttons were asked for while the host's modules loaded, before this language was spoken
      assert.deepEqual(await unmarked(webview, dataIn([snapshot().carbon, view.buttons])), []);
    });

  it('is missed where it is not spoken', async () => {
    webview = await WebviewPage.open();
    const shown = await VIEWS['a run that trains']?.(webview);
    const found = await unmarked(webview, (shown ?? []).flatMap(dataIn));
    for (const text of ['Energy', 'Projected total', 'measured', 'Training progress', 'Pause'])
      assert(found.includes(text), text);
  });

  it('is said in the document, which speaks German', async () => {
    speak('de', german);
    webview = await WebviewPage.open('light', 300);
    const { page } = webview;
    for (const fill of Object.values(VIEWS)) {
      await fill(webview);
      assert.equal(await overflows(webview), false);
    }
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    await VIEWS['the history']?.(webview);
    assert.equal(await page.getByRole('tab', { name: 'Verlauf' }).isVisible(), true);
    assert.equal(await page.getByRole('button', { name: 'Sensoren prüfen' }).isVisible(), true);
    assert.match((await page.getByRole('treegrid').textContent()) ?? '', /Begonnen.*2 Läufe.*abgeschlossen/);
  });
});

function advice(source: ForecastState['source']) {
  const hour = 3_600_000;
  const now = Date.UTC(2026, 10, 24, 14, 20);
  const forecast = Array.from({ length: 48 }, (_, index) => ({
    ...{ fromMillis: now + index * hour, toMillis: now + (index + 1) * hour, quality: 'forecast' as const },
    gramsPerKwh: Math.round(200 + 90 * Math.cos((index * Math.PI) / 12)),
  }));
  const state: ForecastState = {
    ...{ source, allowNetwork: true, betterSource: null, carbon: snapshot().carbon, nowMillis: now },
    ...{ forecast: source === 'offline' ? [] : forecast, marginalForecast: [] },
  };
  return greenerView(lengthSubject(5 * 3600), state, 0.1).view;
}
