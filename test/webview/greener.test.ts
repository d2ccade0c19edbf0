import assert from 'node:assert/strict';
import type { IntensityPoint } from '../../src/core/carbon/source.ts';
import type { ForecastState } from '../../src/core/reports/greenerReport.ts';
import { lengthSubject } from '../../src/host/greener/subject.ts';
import { greenerView } from '../../src/host/greener/view.ts';
import type { GreenerView } from '../../src/protocol/greener.ts';
import { snapshot } from '../unit/runs/snapshots.ts';
import { operable, overflows, reachedByTab, violations } from './checks.ts';
import { WebviewPage, type Theme } from './page.ts';

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const WIDTHS = [300, 1000, 1600];
const HOUR = 3_600_000;
const NOW = new Date('2026-11-24T14:20').getTime();

/** Two days of a grid with a daily swing. */
const FORECAST: readonly IntensityPoint[] = Array.from({ length: 48 }, (_, hour) => ({
  ...{ fromMillis: NOW + hour * HOUR, toMillis: NOW + (hour + 1) * HOUR },
  gramsPerKwh: Math.round(200 + 90 * Math.cos((hour * Math.PI) / 12)),
  quality: 'forecast',
}));

function view(more: Partial<ForecastState> = {}): GreenerView {
  const state: ForecastState = {
    ...{ source: 'auto', allowNetwork: true, betterSource: null, carbon: snapshot().carbon },
    ...{ forecast: FORECAST, marginalForecast: [], nowMillis: NOW },
    ...more,
  };
  return greenerView(lengthSubject(5 * 3600), state, 0.1).view;
}

const VIEWS: Readonly<Record<string, GreenerView>> = {
  'the advice': view(),
  'a page without a forecast': view({ source: 'offline', forecast: [] }),
};

describe('The page of a greener time', function () {
  this.timeout(120_000);
  let webview: WebviewPage;

  const open = async (shown: GreenerView, theme: Theme = 'light', width?: number) => {
    webview = await WebviewPage.open(theme, width, 'greener');
    await webview.post('greener', shown);
  };

  afterEach(() => webview.close());
  after(() => WebviewPage.closeAll());

  for (const [name, shown] of Object.entries(VIEWS)) {
    for (const theme of THEMES)
      it(`has nothing in ${name} that axe finds fault with, in ${theme}`, async () => {
        await open(shown, theme);
        await webview.page.locator('summary').evaluate((summary: HTMLElement) => summary.click());
        assert.deepEqual(await violations(webview), []);
        assert.deepEqual(webview.complaints, []);
      });

    it(`shows ${name} from 300 to 1600 pixels without scrolling sideways`, async () => {
      await open(shown, 'light', 300);
      for (const width of WIDTHS) {
        await webview.page.setViewportSize({ width, height: 900 });
        assert.equal(await overflows(webview), false, `${width} px`);
      }
    });

    it(`lets the keyboard come to all of ${name} that can be operated`, async () => {
      await open(shown);
      const all = await operable(webview);
      assert(all.length >= 2);
      const reached = await reachedByTab(webview);
      assert.deepEqual(
        all.filter((each) => !reached.includes(each)),
        [],
      );
    });
  }

  it('says in words what the chart shows, before it', async () => {
    await open(VIEWS['the advice'] as GreenerView);
    const text = await webview.page.locator('main').innerText();
    assert(text.indexOf('Start tomorrow at') < text.indexOf('Carbon intensity to come'));
    const label = await webview.page.locator('.plot').getAttribute('aria-label');
    assert.match(label ?? '', /Starting now \d+ g\/kWh; Best start \d+ g\/kWh/);
    assert.equal(await webview.page.locator('table.hours tbody tr').count(), 49);
  });

  it('shows hostile names as they are', async () => {
    const evil = '<img src=x onerror="window.broken=1">';
    await open(
      { ...(VIEWS['the advice'] as GreenerView), title: evil, headline: evil, details: [evil] },
      'light',
      400,
    );
    assert.equal(await webview.page.locator('h1').textContent(), evil);
    assert.equal(await webview.page.locator('#root img').count(), 0);
    for (const message of [{ type: 'constructor', body: {} }, { type: '__proto__', body: 1 }, 5, null, 'x'])
      await webview.page.evaluate((data) => window.postMessage(data, '*'), message as never);
    assert.deepEqual(webview.complaints, []);
  });
});
