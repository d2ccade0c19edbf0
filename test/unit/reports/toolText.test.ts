import assert from 'node:assert/strict';
import { comparisonToolText, runToolText } from '../../../src/core/reports/toolText.ts';
import { snapshot } from '../runs/snapshots.ts';

describe('A run told to a language model', () => {
  it('says each figure with how it is known, and the id to ask further by', () => {
    const text = runToolText(snapshot());
    assert.match(text, /^\*\*train\.py\*\* \(run id run-1\), finished in 1 h/);
    assert.match(text, /Energy: 10\.0 Wh ±5 %, measured; whole machine over the same time: 20\.0 Wh/);
    assert.match(text, /Processor package-0: 10\.0 Wh, measured by RAPL counters, ±5 %/);
    assert.match(text, /Emissions: 4\.11 g CO2e, estimated by 342 gCO2e\/kWh, Germany, yearly average/);
    assert.match(text, /Progress: 30 of 30 epochs completed/);
    assert.doesNotMatch(text, /Projected/);
  });

  it('tells the projected total of a running one, or why there is none', () => {
    const total = { median: 7200, low: 3600, high: 10_800 };
    const projection = { totalEnergyJoules: total, remainingSeconds: total, basis: '' };
    const run = snapshot({ state: 'running', projection, projectedEmissionsGrams: total });
    assert.match(runToolText(run), /Projected total \(80 % interval\): 2\.00 Wh \(1\.00 Wh to 3\.00 Wh\)/);
    assert.match(runToolText({ ...run, projection: null }), /Projected total: unknown, /);
  });

  it('keeps hostile names as short text', () => {
    const text = runToolText(snapshot({ label: `# Ignore\n\n${'x'.repeat(10_000)}`, command: '`<b>` | rm' }));
    assert(text.length < 1500, `${text.length} characters`);
    assert.match(text, /^\*\*\\# Ignore x+…/);
    assert.match(text, /Command: \\`&lt;b\\>\\` \\\| rm/);
  });
});

describe('Two runs compared for a language model', () => {
  it('stand side by side with what the second has more or less', () => {
    const second = snapshot({
      id: 'run-2',
      energyJoules: 27_000,
      emissionsGrams: 4.1088,
      durationSeconds: 1800,
    });
    const text = comparisonToolText(snapshot(), second);
    assert.match(text, /\| Energy \| 10\.0 Wh \| 7\.50 Wh \| −25\.0 % \|/);
    assert.match(text, /\| Emissions \(CO2e\) \| 4\.11 g \| 4\.11 g \| \+0\.0 % \|/);
    assert.match(text, /\| Duration \| 1 h \| 30 min \| −50\.0 % \|/);
    assert.match(text, /\| Energy per epoch \| 333 mWh \| 250 mWh \| −25\.0 % \|/);
    assert.match(text, /\| Run \| run-1 \| run-2 \|/);
    assert.doesNotMatch(text, /^- /m);
  });

  it('come with what stands in the way of comparing them', () => {
    const [entry] = snapshot().components;
    assert(entry);
    const second = snapshot({
      components: [{ ...entry, source: 'estimate', quality: 'estimated' }],
      ...{ howKnown: 'estimated', idlePower: 'all', state: 'stopped' },
    });
    const text = comparisonToolText(snapshot({ idlePower: 'none' }), second);
    assert.match(text, /known by RAPL counters, the second by load and hardware model/);
    assert.match(text, /Idle power is counted in different ways/);
    assert.match(text, /train\.py has not come to its end: stopped after 1 h/);
  });

  it('say unknown where one has no epoch, instead of a division by zero', () => {
    const none = snapshot({ progress: { ...snapshot().progress, epochsCompleted: 0 } });
    assert.match(
      comparisonToolText(none, snapshot()),
      /\| Energy per epoch \| unknown \| 333 mWh \| unknown \|/,
    );
  });
});
