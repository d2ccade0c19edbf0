import assert from 'node:assert/strict';
import { markdownReport } from '../../../src/core/reports/markdown.ts';
import { runsCsv } from '../../../src/core/reports/csv.ts';
import { runJson } from '../../../src/core/reports/runJson.ts';
import { textSummary } from '../../../src/core/reports/text.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { componentRows } from '../../../src/host/panel/components.ts';
import { FIXTURES, readRuns } from './fixtures.ts';

const BEYOND = {
  equivalences: [],
  embodied: { machineKilograms: 1000, lifetimeYears: 4, usedShare: 1 },
  wue: 1,
};

describe('An imported run', () => {
  let runs: readonly RunSnapshot[];

  before(async () => ({ runs } = await readRuns(FIXTURES)));

  it('is reported without a figure that its file does not hold', () => {
    assert(runs.length > 30);
    for (const run of runs) {
      const texts = [markdownReport(run, BEYOND), textSummary(run)];
      for (const text of texts) assert.doesNotMatch(text, /NaN|null|undefined|±/, run.label);
      assert.match(texts[0] ?? '', /\*\*Emissions\*\* \| \*\*[\d.]+ \w+ CO2e\*\*/);
      if (run.machineEnergyJoules !== null) continue;
      assert.match(texts[0] ?? '', /Machine over the same time \| unknown/);
      assert.doesNotMatch(texts[0] ?? '', /Share of the hardware/);
    }
  });

  it('tells in the panel what each device used, and of the machine that it is unknown', () => {
    const run = runs.find(({ origin, components }) => origin === 'carbontracker' && components.length === 2);
    const rows = componentRows(run ?? assert.fail());
    assert.deepEqual(
      rows.map(({ machineEnergy, share, shareText }) => [machineEnergy, share, shareText]),
      rows.map(() => ['unknown', null, 'unknown']),
    );
    assert.equal(rows[0]?.source, 'Carbontracker, error unknown');
  });

  it('leaves unknown figures null in JSON and empty in CSV', () => {
    const run = runs.find(({ machineEnergyJoules }) => machineEnergyJoules === null) ?? assert.fail();
    const { machineEnergyJoules, uncertainty, exitCode } = runJson(run);
    assert.deepEqual([machineEnergyJoules, uncertainty, exitCode], [null, null, null]);
    const [head = '', row = ''] = runsCsv([{ ...run, label: 'x', project: 'x' }]).split('\r\n');
    const column = head.split(',').indexOf('machineEnergyJoules');
    assert.equal(row.split(',')[column], '');
  });
});
