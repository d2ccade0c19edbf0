import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { comparisonHtml } from '../../../src/core/reports/comparison/comparisonHtml.ts';
import { NOTHING_BEYOND } from '../../../src/core/reports/beyond.ts';
import { projectHtml } from '../../../src/core/reports/project/projectHtml.ts';
import { runHtml } from '../../../src/core/reports/runHtml.ts';
import { ensureChromium } from '../../setup/chromium.ts';
import { snapshot } from '../runs/snapshots.ts';
import { HOSTILE } from './hostile.ts';
import { comparisonOf, labelled, POINTS, totalOf } from './subjects.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const MANY_WEEKS = Array.from({ length: 12 }, (_, index) =>
  snapshot({ id: String(index), startedAtMillis: Date.UTC(2026, 8, 1 + index * 5) }),
);

const PAGES: Readonly<Record<string, string>> = {
  run: runHtml(snapshot(), POINTS, NOTHING_BEYOND),
  comparison: comparisonHtml(comparisonOf(snapshot(), snapshot({ id: 'run-2', energyJoules: 30_000 }))),
  project: projectHtml(totalOf(...MANY_WEEKS)),
};

describe('HTML reports in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: Page;
  let seen: string[];

  before(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];
    browser = await chromium.launch({ executablePath: ensureChromium(), args });
  });

  after(() => browser?.close());

  beforeEach(async () => {
    seen = [];
    page = await browser.newPage({ viewport: { width: 900, height: 800 } });
    page.on('dialog', (dialog) => {
      seen.push('dialog');
      void dialog.dismiss();
    });
    page.on('request', (request) => seen.push(request.url()));
    page.on('console', (message) => seen.push(message.text()));
  });

  afterEach(() => page.close());

  it('run nothing and ask for nothing, whatever stands in a run', async () => {
    for (const text of HOSTILE) {
      const run = labelled(text);
      for (const content of [
        runHtml(run, POINTS, NOTHING_BEYOND),
        comparisonHtml(comparisonOf(run, run)),
        projectHtml(totalOf(run, snapshot())),
      ]) {
        await page.setContent(content);
        const found = await page.evaluate(() => ({
          hurt: 'hurt' in window,
          elements: [...document.querySelectorAll('body *')].filter(
            (element) =>
              ['SCRIPT', 'IMG', 'IFRAME', 'A', 'FORM', 'OBJECT', 'EMBED', 'STYLE', 'LINK'].includes(
                element.tagName,
              ) || element.getAttributeNames().some((name) => name.startsWith('on')),
          ).length,
          mains: document.querySelectorAll('main').length,
          wide: document.documentElement.scrollWidth > window.innerWidth,
        }));
        assert.deepEqual(found, { hurt: false, elements: 0, mains: 1, wide: false }, text.slice(0, 60));
      }
    }
    assert.deepEqual(seen, []);
  });

  it('show a name as it is, without what turns its direction', async () => {
    for (const text of HOSTILE.filter(({ length }) => length < 100)) {
      await page.setContent(runHtml(labelled(text), [], NOTHING_BEYOND));
      const shown = await page.locator('h1').innerText();
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(shown, /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u0000-\u001f]/);
      const plain = (value: string) => value.replace(/[^\p{L}\p{N}\p{P}\p{Sm}]+/gu, '');
      assert.equal(plain(shown), plain(text.replace(/\p{Surrogate}/u, '')), text);
    }
  });

  it('have no fault that axe-core finds, light, dark and narrow', async () => {
    for (const [name, content] of Object.entries(PAGES)) {
      for (const [colorScheme, width] of [
        ['light', 900],
        ['dark', 900],
        ['light', 360],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.setContent(content);
        await page.evaluate(AXE);
        const faults = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: typeof import('axe-core') };
          const { violations } = await axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
        });
        assert.deepEqual(faults, [], `${name}, ${colorScheme}, ${width}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert(wide <= 0, `${name} is ${wide} px too wide at ${width}`);
      }
    }
  });

  it('draw what a browser can read', async () => {
    for (const content of Object.values(PAGES)) {
      await page.setContent(content);
      const sizes = await page.evaluate(() =>
        [...document.querySelectorAll<SVGGraphicsElement>('svg path, svg rect')].map((shape) => {
          const { width, height } = shape.getBBox();
          return width + height;
        }),
      );
      assert(sizes.length > 0 && sizes.every((size) => size > 0));
    }
    assert.deepEqual(seen, []);
  });

  it('follow the reader’s colours, and are light on paper', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.setContent(PAGES.run ?? '');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.notEqual(await ground(), light);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    assert.equal(await ground(), light);
  });
});
