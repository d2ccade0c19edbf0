import assert from 'node:assert/strict';
import { textHistory, textSummary } from '../../../src/core/reports/text.ts';
import { snapshot } from '../runs/snapshots.ts';

describe('Summary of a run', () => {
  it('says what it used, how that is known, by component, and by which intensity', () => {
    const summary = textSummary(snapshot({ notes: ['a note'] }));
    assert.match(summary, /^Training Footprint: 10\.0 Wh ±5 %, 4\.11 g CO2e, finished in 1 h\n/);
    assert.match(summary, /measured; the whole machine used 20\.0 Wh, of which the run 50 %/);
    assert.match(summary, /Processor +10\.0 Wh of 20\.0 Wh, measured by RAPL counters, ±5 %/);
    assert.match(summary, /342 gCO2e\/kWh, Germany/);
    assert.match(summary, /note +a note\n$/);
  });

  it('says between which intensities it ran, where they changed', () => {
    const segment = (gramsPerKwh: number) => ({
      ...{ fromMillis: 0, toMillis: 1, energyJoules: 10, gramsPerKwh, pue: 1, source: 'x', isFinal: true },
    });
    const text = (grams: readonly number[]) =>
      textSummary(snapshot({ intensitySegments: grams.map(segment) }));
    assert.match(text([100, 300]), /over the run 200 gCO2e\/kWh on average, 100 to 300\n/);
    assert.doesNotMatch(text([100, 100]), /over the run/);
  });

  it('says how it ended', () => {
    const text = (more: Parameters<typeof snapshot>[0]) => textSummary(snapshot(more)).split('\n')[0] ?? '';
    assert.match(text({ state: 'failed', exitCode: 3 }), /failed with exit code 3 after 1 h$/);
    assert.match(text({ state: 'stopped', exitCode: null }), /stopped after 1 h$/);
    assert.match(
      text({ state: 'interrupted', exitCode: null }),
      /ended unseen after 1 h, exit code unknown$/,
    );
    assert.match(text({ exitCode: null }), /finished in 1 h, exit code unknown$/);
  });
});

describe('Text of the history', () => {
  it('is a table, and says that there are no runs', () => {
    const [head = '', row = ''] = textHistory([snapshot()]).split('\n');
    assert.equal(head.indexOf('energy'), row.indexOf('10.0 Wh'));
    assert.equal(textHistory([]), 'No runs yet.\n');
  });

  it('lets no label move the cursor or break the line', () => {
    const text = textHistory([snapshot({ label: 'a\u001b[2Jb\r\nc\u009bd' })]);
    assert.equal(text.split('\n').length, 3);
    assert.match(text, /a \[2Jb c d\n$/);
  });
});
