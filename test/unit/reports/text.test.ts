import assert from 'node:assert/strict';
import { sensorsReport } from '../../../src/core/reports/sensorsMarkdown.ts';
import { textHistory, textSensors, textSummary } from '../../../src/core/reports/text.ts';
import { chooseSources } from '../../../src/core/sensors/index.ts';
import { snapshot } from '../runs/snapshots.ts';
import { PROBED } from './sensors.ts';

describe('Summary of a run', () => {
  it('says what it used, how that is known, by component, and by which intensity', () => {
    const summary = textSummary(snapshot({ notes: ['a note'] }));
    assert.match(summary, /^Training Footprint: 10\.0 Wh, 4\.11 g CO2e, finished in 1 h\n/);
    assert.match(summary, /measured, ±5 %; the whole machine used 20\.0 Wh/);
    assert.match(summary, /Processor +10\.0 Wh, measured by RAPL counters, ±5 %/);
    assert.match(summary, /342 gCO2e\/kWh, Germany/);
    assert.match(summary, /note +a note\n$/);
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

describe('Reports of the sensors', () => {
  it('show state, message, assumptions and fix as text', () => {
    const text = textSensors(PROBED);
    assert.match(text, /Title of rapl: refused \(measured\)\n {2}May not be \*read\*\.\n {2}chmod\n {2}it\n/);
    assert.match(text, /Title of estimate: ready \(estimated\)\n {2}Estimates\.\n {2}- 85 W assumed\n/);
  });

  it('show the same as Markdown, with what is in use', () => {
    const report = sensorsReport(PROBED, chooseSources(PROBED));
    assert.match(report, /- \*\*cpu\*\*: Title of estimate \(estimated\)\n- \*\*dram\*\*/);
    assert.match(report, /## Title of rapl: refused\n\nMay not be \\\*read\\\*\.\n\n```text\nchmod\nit\n```/);
    assert.match(report, /- 85 W assumed/);
  });
});
