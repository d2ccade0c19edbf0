import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comparisonHtml } from '../../../src/core/reports/comparison/comparisonHtml.ts';
import { html } from '../../../src/core/reports/html/markup.ts';
import { projectHtml } from '../../../src/core/reports/project/projectHtml.ts';
import { runHtml } from '../../../src/core/reports/runHtml.ts';
import { NOTHING_BEYOND } from '../../../src/core/reports/beyond.ts';
import { snapshot } from '../runs/snapshots.ts';
import { comparisonOf, POINTS, totalOf } from './subjects.ts';

const page = (more: Parameters<typeof snapshot>[0] = {}, points = POINTS) =>
  runHtml(snapshot(more), points, NOTHING_BEYOND);

describe('A template of HTML', () => {
  it('takes what stands in it for text, in elements and in attributes', () => {
    const text = `<b a="1" b='2'>&`;
    assert.equal(
      html`<p title="${text}">${text}</p>`.toString(),
      '<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;</p>',
    );
  });

  it('puts templates into each other as they are, and nothing for nothing', () => {
    const inner = html`<b>${1 / 3}</b>`;
    assert.equal(
      html`${inner}${[inner, inner]}${null}${undefined}${false}`.toString(),
      '<b>0.33</b>'.repeat(3),
    );
  });

  it('writes no figure that a browser could not read', () => {
    assert.equal(html`<i x="${NaN}" y="${-Infinity}" />`.toString(), '<i x="0" y="0" />');
  });

  it('lets no text open or close anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(html`${text}`.toString(), /[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

describe('HTML report', () => {
  it('is one file: no script, no request, and a policy that would refuse them', () => {
    for (const text of [
      page(),
      comparisonHtml(comparisonOf(snapshot(), snapshot())),
      projectHtml(totalOf(snapshot())),
    ]) {
      assert.match(text, /^<!doctype html>\n<html lang="en">/);
      assert.match(text, /http-equiv="Content-Security-Policy"\s+content="default-src &#39;none&#39;/);
      assert.doesNotMatch(text, /<script|<link|<iframe|<img|@import|url\(| src=| href=/i);
    }
  });

  it('says what was used, how that is known, and by which intensity', () => {
    const text = page().replace(/\s+/g, ' ');
    for (const expected of [
      /<title>train\.py – Footprint report<\/title>/,
      /<pre>python train\.py<\/pre>/,
      /10\.0 Wh <span class="error">±5 %<\/span>/,
      /4\.11 g CO2e/,
      /measured by RAPL counters, ±5 %/,
      /342 gCO2e\/kWh, Germany/,
      /30 of 30 epochs completed/,
    ])
      assert.match(text, expected);
  });

  it('draws power by component and energy, and says in words what they show', () => {
    const text = page();
    assert.equal(text.match(/<path\s+class="area (cpu|gpu)"/g)?.length, 2);
    assert.match(text, /aria-label="Power of the run\. Peak 299 W\."/);
    assert.match(text, /aria-label="Energy of the run\. 10\.0 Wh used\."/);
    assert.doesNotMatch(text, /Carbon intensity, gCO2e/);
  });

  it('has no charts for a run without samples', () => {
    assert.doesNotMatch(page({}, []), /<svg/);
  });

  it('draws where a running one is heading, with its band, and says why where that is unknown', () => {
    const running = { state: 'running', exitCode: null, endedAtMillis: null } as const;
    const total = { median: 72_000, low: 70_000, high: 75_000 };
    const projection = {
      totalEnergyJoules: total,
      remainingSeconds: { median: 60, low: 50, high: 70 },
      basis: '',
    };
    const text = page({ ...running, projection, projectedEmissionsGrams: { median: 8, low: 7, high: 9 } });
    assert.match(text, /<path\s+class="band"/);
    assert.match(text, /20\.0 Wh \(19\.4 Wh to 20\.8 Wh\)/);
    const unknown = page({
      ...running,
      progress: { ...snapshot().progress, epoch: null, epochsCompleted: 0 },
    });
    assert.doesNotMatch(unknown, /class="band"/);
    assert.match(unknown, /no progress recognised in the output yet/);
  });

  it('draws the intensity where it changed over the run', () => {
    const { startedAtMillis } = snapshot();
    const segment = { energyJoules: 18_000, pue: 1, source: 'x', isFinal: true };
    const half = (index: number, gramsPerKwh: number) => ({
      ...{ ...segment, gramsPerKwh, fromMillis: startedAtMillis + index * 1.8e6 },
      toMillis: startedAtMillis + (index + 1) * 1.8e6,
    });
    assert.match(
      page({ intensitySegments: [half(0, 100), half(1, 300)] }),
      /aria-label="Carbon intensity, gCO2e\/kWh\. 100 to 300/,
    );
  });

  it('stays small however long the run was', () => {
    const long = Array.from(
      { length: 50_000 },
      (_, index) => ({ ...POINTS[0], startSeconds: index }) as (typeof POINTS)[0],
    );
    assert(page({}, long).length < 200_000);
  });
});
