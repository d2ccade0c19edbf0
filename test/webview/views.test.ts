import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { operable, overflows, reachedByTab, showsFocus, violations } from './checks.ts';
import { WebviewPage, type Theme } from './page.ts';
import { compareState, nowState, pageState } from './states.ts';

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const WIDTHS = [300, 1000, 1600];

const GIVEN = { kind: 'given', values: { a: 0.94, b: 0.935 }, isLowerBetter: false } as const;

/** How a view is filled. */
const VIEWS: Readonly<Record<string, (webview: WebviewPage) => Promise<void>>> = {
  async Now(webview) {
    await webview.post('page', pageState('now'));
    await webview.post('now', nowState());
  },
  async Compare(webview) {
    await webview.post('page', pageState('compare'));
    await webview.post('compare', compareState());
  },
  async 'Compare by results that are given'(webview) {
    await webview.post('page', pageState('compare'));
    await webview.post(
      'compare',
      compareState((run) => run, GIVEN),
    );
  },
  async 'an empty page'(webview) {
    await webview.post(
      'page',
      pageState('now', { isEmpty: true, warning: 'The history cannot be written.' }),
    );
  },
};

describe('The page', function () {
  this.timeout(120_000);
  let webview: WebviewPage;

  afterEach(() => webview.close());
  after(() => WebviewPage.closeAll());

  for (const [name, fill] of Object.entries(VIEWS)) {
    for (const theme of THEMES)
      it(`has nothing in ${name} that axe finds fault with, in ${theme}`, async () => {
        webview = await WebviewPage.open(theme);
        await fill(webview);
        assert.deepEqual(await violations(webview), []);
        assert.deepEqual(webview.complaints, []);
      });

    it(`shows ${name} from 300 to 1600 pixels without scrolling sideways`, async () => {
      webview = await WebviewPage.open('light', 300);
      await fill(webview);
      for (const width of WIDTHS) {
        await webview.page.setViewportSize({ width, height: 900 });
        assert.equal(await overflows(webview), false, `${width} px`);
        assert.deepEqual(await violations(webview), [], `${width} px`);
      }
    });

    it(`lets the Tab key come to all of ${name}, and shows where it is`, async () => {
      webview = await WebviewPage.open('high-contrast', 700);
      await fill(webview);
      const all = await operable(webview);
      assert.ok(all.length >= 2, String(all));
      assert.deepEqual([...(await reachedByTab(webview))].sort(), [...all].sort());
      await webview.page.keyboard.press('Tab');
      for (let index = 0; index < all.length; index++) {
        await webview.page.keyboard.press('Tab');
        const isInPage = await webview.page.evaluate(() => document.activeElement !== document.body);
        if (isInPage) assert.ok(await showsFocus(webview), await nameOfFocus(webview.page));
      }
    });
  }

  it('turns from view to view with the arrow keys', async () => {
    webview = await WebviewPage.open();
    await VIEWS['Now']?.(webview);
    const { page } = webview;
    await page.getByRole('tab', { name: 'Now' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(
      (await webview.sent('showView')).map(({ view }) => view),
      ['history', 'compare', 'now', 'compare'],
    );
    assert.equal(await page.getByRole('tab', { name: 'Compare' }).getAttribute('aria-selected'), 'true');
    assert.equal(await page.getByRole('tabpanel', { name: 'Compare' }).isVisible(), true);
    assert.equal(await page.getByRole('tabpanel').count(), 1);
  });

  it('reads a chart out with the arrow keys', async () => {
    webview = await WebviewPage.open();
    await VIEWS['Now']?.(webview);
    const chart = webview.page.getByRole('img', { name: /^Energy/ });
    await chart.focus();
    const before = await timeOf(webview.page);
    await webview.page.keyboard.press('ArrowLeft');
    await webview.page.keyboard.press('ArrowLeft');
    assert.notEqual(await timeOf(webview.page), before);
  });

  it('asks the host for what the buttons and choices say', async () => {
    webview = await WebviewPage.open();
    await VIEWS['Compare']?.(webview);
    const { page } = webview;
    await page.getByLabel('Align by').selectOption('time');
    await page.getByRole('combobox', { name: 'Against' }).selectOption('given');
    await page.getByRole('button', { name: 'Hold the others against this' }).last().click();
    await page.getByRole('button', { name: 'Choose Runs…' }).click();
    assert.deepEqual(await webview.sent('alignRuns'), [{ alignment: 'time' }]);
    assert.deepEqual(await webview.sent('chooseMeasure'), [{ id: 'given' }]);
    assert.deepEqual(await webview.sent('putFirst'), [{ runId: 'c' }]);
    assert.equal((await webview.sent('pickComparison')).length, 1);
    await VIEWS['Compare by results that are given']?.(webview);
    await page.getByLabel('Result of python small.py').fill('0.91');
    await page.getByLabel('Result of python small.py').press('Enter');
    await page.getByLabel('Where').selectOption('lower');
    assert.deepEqual(await webview.sent('giveResult'), [{ runId: 'c', text: '0.91' }]);
    assert.deepEqual(await webview.sent('giveDirection'), [{ isLowerBetter: true }]);
  });

  it('moves nothing for a person who asked for less motion', async () => {
    webview = await WebviewPage.open();
    await webview.page.emulateMedia({ reducedMotion: 'reduce' });
    await VIEWS['Now']?.(webview);
    const moving = await webview.page.evaluate(() =>
      [...document.querySelectorAll('#root *')]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { transitionDuration, transitionProperty, animationName } = getComputedStyle(element);
          const moves = transitionProperty !== 'none' && /[1-9]/.test(transitionDuration);
          return moves || animationName !== 'none';
        })
        .map(({ className }) => className),
    );
    assert.deepEqual(moving, []);
  });

  it('draws its charts', async () => {
    webview = await WebviewPage.open();
    for (const view of ['Now', 'Compare'])
      for (const fill of [VIEWS[view]]) {
        await fill?.(webview);
        const inked = await webview.page.evaluate(() =>
          [...document.querySelectorAll<HTMLCanvasElement>('canvas')]
            .filter((canvas) => canvas.checkVisibility())
            .map((canvas) => {
              const data =
                canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
              return data.some((value) => value > 0);
            }),
        );
        assert.deepEqual(inked, view === 'Now' ? [true, true, true] : [true, true]);
      }
  });
});

async function timeOf(page: Page | Frame): Promise<string> {
  return page
    .locator('#view-now .chart-time')
    .allInnerTexts()
    .then((texts) => texts.join());
}

async function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => `no focus is seen on ${document.activeElement?.outerHTML.slice(0, 200)}`);
}
