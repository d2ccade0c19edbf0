import assert from 'node:assert/strict';
import type { RunSnapshot } from '../../src/core/runs/snapshot.ts';
import { metricsIn } from '../../src/core/metrics/metrics.ts';
import { overflows } from './checks.ts';
import { WebviewPage } from './page.ts';
import { compareState, nowState, pageState } from './states.ts';

const MARKUP = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>';

/** What a name, a command or a metric may be made of by somebody else's program. */
const TEXTS: Readonly<Record<string, string>> = {
  'a script': `${MARKUP}"'><svg onload=window.broken=1>`,
  'a link that is code': 'javascript:window.broken=1',
  'right-to-left marks': `\u202eevil\u2066\u2067 run\u200f ${MARKUP}`,
  '10 kB without a space': 'x'.repeat(10_000),
  '10 kB of markup': MARKUP.repeat(130),
  'control characters': `a\u0000b\u001b[31m\u0007\n\n\t${MARKUP}`,
  'combining characters': `z${'\u0300'.repeat(500)} ${'👩‍👩‍👧‍👦'.repeat(200)}`,
};

describe('Hostile texts', function () {
  this.timeout(120_000);
  let webview: WebviewPage;

  afterEach(() => webview.close());
  after(() => WebviewPage.closeAll());

  for (const [name, text] of Object.entries(TEXTS))
    it(`are shown and do nothing: ${name}`, async () => {
      webview = await WebviewPage.open('light', 400);
      const evil = (run: RunSnapshot): RunSnapshot => ({
        ...run,
        ...{ label: text, command: text, cwd: text, project: text, notes: [text], assumptions: [text] },
        epochs: run.epochs && {
          ...run.epochs,
          ends: run.epochs.ends.map((end) => ({
            ...end,
            metrics: { [text]: 0.5, ...metricsIn(`loss: 0.5 ${text}`) },
          })),
        },
      });
      const { run } = nowState(evil);
      await webview.post('page', pageState('now', { warning: text }));
      await webview.post('now', { hint: null, live: [{ id: 'a', title: text }], run });
      assert.equal(await webview.page.locator('#now-run-title').textContent(), text);
      const columns = await webview.page.locator('.epochs thead th').allTextContents();
      assert.ok(columns.includes(text), 'the metric has its column');
      await isHarmless(webview);
      await webview.post('page', pageState('compare'));
      await webview.post('compare', compareState(evil));
      await isHarmless(webview);
      assert.equal(await webview.page.locator('#view-compare .compared-title').first().textContent(), text);
    });

  it('in messages that are none are left alone', async () => {
    webview = await WebviewPage.open();
    for (const message of [{ type: 'constructor', body: {} }, { type: '__proto__', body: 1 }, 5, null, 'x'])
      await webview.page.evaluate((data) => window.postMessage(data, '*'), message as never);
    await webview.post('page', pageState('now'));
    assert.deepEqual(webview.complaints, []);
  });
});

/** Nothing ran, nothing was made an element of, nothing sticks out. */
async function isHarmless(webview: WebviewPage): Promise<void> {
  const found = await webview.page.evaluate(() => ({
    broken: 'broken' in window,
    elements: document.querySelectorAll('#root :is(img, script, svg, iframe, object, a, link, style)').length,
    handlers: [...document.querySelectorAll('#root *')].filter((element) =>
      element.getAttributeNames().some((attribute) => attribute.startsWith('on')),
    ).length,
  }));
  assert.deepEqual(found, { broken: false, elements: 0, handlers: 0 });
  assert.equal(await overflows(webview), false);
  assert.deepEqual(webview.complaints, []);
}
