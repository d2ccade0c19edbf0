import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown, markdownReport } from '../../../src/core/reports/markdown.ts';
import { snapshot } from '../runs/snapshots.ts';

const HOSTILE =
  '`a` | <img src=x onerror=alert(1)> [x](command:evil) ![y](http://evil) **b** &lt; \\| \n# title';

function rowsOf(report: string): string[] {
  return report.split('\n').filter((line) => line.startsWith('|'));
}

/** Cells of a table's row, as GitHub's Markdown divides it. */
function cells(row: string): string[] {
  return row.split(/(?<!\\)\|/).slice(1, -1);
}

describe('Markdown report', () => {
  it('says what was used, how that is known, and by which intensity', () => {
    const report = markdownReport(snapshot());
    for (const expected of [
      /^# Footprint of train\.py$/m,
      /\*\*10\.0 Wh ±5 %\*\* \(measured\)/,
      /\*\*4\.11 g CO2e\*\*/,
      /finished in 1 h/,
      /30 of 30 epochs completed/,
      /342 gCO2e\/kWh, Germany, yearly average/,
      /1\.2 \\\(your setting\\\)/,
      /Processor package-0 \| 10\.0 Wh \| 20\.0 Wh \(run 50 %\) \| measured by RAPL counters, ±5 %/,
    ]) {
      assert.match(report, expected);
    }
  });

  it('marks what is estimated and lists what that rests on', () => {
    const report = markdownReport(
      snapshot({ howKnown: 'estimated', uncertainty: 0.5, assumptions: ['85 W assumed'] }),
    );
    assert.match(report, /10\.0 Wh ±50 %\*\* \(estimated\)/);
    assert.match(report, /## Assumptions\n\n- 85 W assumed/);
  });

  it('shows what each source gave, and how exactly the sum is known', () => {
    const [rapl] = snapshot().components;
    assert(rapl);
    const estimate = { ...rapl, source: 'estimate', quality: 'estimated' as const, uncertainty: 0.5 };
    const report = markdownReport(
      snapshot({
        components: [
          { ...rapl, energyJoules: 27_000, machineEnergyJoules: 54_000 },
          { ...estimate, energyJoules: 9000, machineEnergyJoules: 18_000 },
        ],
        howKnown: 'mixed',
        uncertainty: 0.13,
      }),
    );
    assert.match(report, /package-0 \| 7\.50 Wh \| 15\.0 Wh \(run 50 %\) \| measured by RAPL counters, ±5 %/);
    assert.match(
      report,
      /package-0 \| 2\.50 Wh \| 5\.00 Wh \(run 50 %\) \| estimated by load and hardware model/,
    );
    assert.match(
      report,
      /\*\*Together\*\* \| \*\*10\.0 Wh ±13 %\*\* \| 20\.0 Wh \(run 50 %\) \| 75 % measured, 25 % estimated/,
    );
    assert.match(report, /JCGM 100:2008/);
    assert.doesNotMatch(markdownReport(snapshot()), /Together|JCGM/);
  });

  it('says what became of idle power, where the run has recorded it', () => {
    assert.match(markdownReport(snapshot({ idlePower: 'none' })), /\| Idle power \| left to the machine \|/);
    assert.doesNotMatch(markdownReport(snapshot()), /Idle power/);
  });

  it('leaves out what there is none of', () => {
    const report = markdownReport(snapshot());
    assert.doesNotMatch(report, /## Assumptions|## Notes|Projected total/);
  });

  it('projects a run in progress, and says why it cannot', () => {
    const total = { median: 72_000, low: 70_000, high: 75_000 };
    const grams = { median: 8, low: 7.8, high: 8.3 };
    const seconds = { median: 60, low: 50, high: 70 };
    const projection = { totalEnergyJoules: total, remainingSeconds: seconds, basis: '3 epochs' };
    const running = snapshot({ state: 'running', exitCode: null, endedAtMillis: null });
    const projected = markdownReport({ ...running, projection, projectedEmissionsGrams: grams });
    assert.match(projected, /20\.0 Wh \(19\.4 Wh to 20\.8 Wh\), 8\.00 g \(7\.80 g to 8\.30 g\) CO2e/);
    const unknown = { ...running.progress, epoch: null, step: null };
    assert.match(markdownReport({ ...running, progress: unknown }), /unknown: no progress recognised/);
  });

  it('shows hostile names as they are, never as markup', () => {
    const [entry] = snapshot().components;
    assert(entry);
    const report = markdownReport(
      snapshot({
        label: HOSTILE,
        cwd: HOSTILE,
        notes: [HOSTILE],
        assumptions: [HOSTILE],
        components: [{ ...entry, device: HOSTILE }],
      }),
    );
    assert.doesNotMatch(report, /<img/);
    assert.doesNotMatch(report, /(?<!\\)\[x/);
    assert.doesNotMatch(report, /(?<!\\)`a/);
    assert.equal(report.match(/^# /gm)?.length, 1);
    for (const row of rowsOf(report)) assert([2, 4].includes(cells(row).length), row);
  });

  it('shows a command that cannot leave its block', () => {
    const command = 'echo ```\n```\n# not a title ````x';
    const report = markdownReport(snapshot({ command }));
    assert(report.includes(`\`\`\`\`\`\n${command}\n\`\`\`\`\``));
  });
});

describe('Escaped Markdown', () => {
  it('has no mark left that could mean something', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '`',
            '*',
            '_',
            '[',
            ']',
            '(',
            ')',
            '<',
            '>',
            '|',
            '\\',
            '#',
            '!',
            '~',
            '&',
            'a',
            '\n',
          ),
        }),
        (text) => {
          const escaped = escapeMarkdown(text);
          assert.doesNotMatch(escaped.replace(/\\[^\n]/g, ''), /[`*_[\]()<>|\\#!~\n]/);
          const shown = escaped.replace(/\\(.)/g, '$1').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
          assert.equal(shown, text.replace(/\n+/g, ' '));
        },
      ),
    );
  });
});

describe('Intensity in a report', () => {
  const segment = {
    ...{ fromMillis: 0, toMillis: 3_600_000, energyJoules: 3.6e6, pue: 1, gramsPerKwh: 100 },
    ...{ source: 'Energy-Charts, measured', isFinal: true },
  };
  const intensity = {
    ...{ gramsPerKwh: 300, place: 'Germany', source: 'Energy-Charts, forecast', isGuess: false, fix: null },
    live: {
      ...{
        sourceId: 'energyCharts' as const,
        zone: 'de',
        kind: 'average' as const,
        quality: 'forecast' as const,
      },
      ...{ fromMillis: 0, toMillis: 1, attribution: 'Fraunhofer ISE, CC BY 4.0' },
    },
    fallback: null,
  };

  it('shows how it changed, whose it is, and marginal emissions apart', () => {
    const report = markdownReport(
      snapshot({
        carbon: { intensity, pue: 1, pueSource: 'hand' },
        intensitySegments: [segment, { ...segment, energyJoules: 10.8e6, gramsPerKwh: 300 }],
        marginal: { emissionsGrams: 2000, segments: [segment] },
      }),
    );
    assert.match(report, /\| Over the run \| 250 gCO2e\/kWh on average, 100 to 300 \|/);
    assert.match(report, /\| Marginal emissions \| 2\.00 kg CO2e .*not part of the emissions above \|/);
    assert.match(report, /\| Intensity by \| Fraunhofer ISE, CC BY 4\.0 \|/);
  });

  it('says why a yearly average was used instead of a live figure', () => {
    const fallen = {
      ...intensity,
      live: undefined,
      fallback: 'Energy-Charts: it failed. The yearly average is used.',
    };
    const report = markdownReport(snapshot({ carbon: { intensity: fallen, pue: 1, pueSource: 'hand' } }));
    assert.match(report, /\(Energy-Charts: it failed\. The yearly average is used\.\\\)/);
    assert.doesNotMatch(report, /Over the run|Intensity by|Marginal/);
  });
});

describe('What is beyond electricity in a report', () => {
  const all = {
    equivalences: ['carEu', 'household'] as const,
    embodied: { machineKilograms: 1000, lifetimeYears: 4, usedShare: 1 },
    wue: 0.15,
  };

  it('is shown with its inputs and sources, apart from the emissions', () => {
    const report = markdownReport(snapshot(), all);
    assert.match(
      report,
      /\| Share of the hardware \| 14\.3 g CO2e: 50 % of a machine of 1000 kg CO2e over 4 years/,
    );
    assert.match(report, /\| SCI \| 612 mg CO2e per epoch \\\(ISO\/IEC 21031\\\) \|/);
    assert.match(report, /\| Water for cooling \| 0\.0015 l, by 0\.15 l\/kWh/);
    assert.match(
      report,
      /\| As much as \| 0\.038 km driven by an average new car in the EU \\\(2024\\\), European/,
    );
    assert.match(report, /\*\*Emissions\*\* \| \*\*4\.11 g CO2e/);
  });

  it('is left out where nothing is wanted', () => {
    assert.doesNotMatch(markdownReport(snapshot()), /Beyond electricity/);
  });
});
