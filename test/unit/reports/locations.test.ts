import assert from 'node:assert/strict';
import { findPlace, zoneById } from '../../../src/core/carbon/regions.ts';
import { markdownLocations } from '../../../src/core/reports/locationsReport.ts';
import { snapshot } from '../runs/snapshots.ts';

const GERMANY = findPlace({ country: 'DE', location: '', cloudRegion: null, timeZone: 'UTC' });

/** Cells of the first row that has the text. */
function row(report: string, text: string): string[] {
  const line = report.split('\n').find((each) => each.startsWith('|') && each.includes(text)) ?? '';
  return line.split('|').map((cell) => cell.trim());
}

describe('Report on other locations', () => {
  const report = markdownLocations(snapshot(), GERMANY);

  it('has the run here as it was counted, and by the year', () => {
    const [, name, grams, figure, pue, emissions] = row(report, 'as counted');
    assert.match(name ?? '', /Germany/);
    assert.deepEqual(
      [grams, figure, pue, emissions],
      ['342', 'yearly average, by hand', '1.2', '**4.11 g**'],
    );
    assert.equal(row(report, 'by the year')[2], String(zoneById('DE')?.gramsPerKwh));
  });

  it('is energy times intensity elsewhere, marked as a yearly average with its year', () => {
    const france = zoneById('FR');
    assert(france);
    const [, , grams, figure, , emissions, against] = row(report, '| France |');
    assert.equal(grams, String(Math.round(france.gramsPerKwh)));
    assert.match(figure ?? '', /^yearly average 20\d\d$/);
    assert.equal(emissions, `${Math.round(0.012 * france.gramsPerKwh * 1000)} mg`);
    assert.equal(against, `−${Math.round((1 - (0.012 * france.gramsPerKwh) / 4.1088) * 100)} %`);
  });

  it('names sources and licence', () => {
    assert.match(report, /Electricity Maps \\\(ODbL\\\)/);
    assert.match(report, /Open Database License/);
  });

  it('marks a live figure as such, and a place that is not here any more as none', () => {
    const { carbon } = snapshot();
    const live = {
      sourceId: 'energyCharts',
      zone: 'de',
      kind: 'average',
      quality: 'measured',
      ...{ fromMillis: 0, toMillis: 1, attribution: 'x' },
    } as const;
    const intensity = { ...carbon.intensity, place: 'France', source: 'Energy-Charts, measured', live };
    const elsewhere = markdownLocations(snapshot({ carbon: { ...carbon, intensity } }), GERMANY);
    assert.equal(row(elsewhere, 'as counted')[3], 'live: Energy-Charts, measured');
    assert.equal(row(elsewhere, 'by the year').length, 1);
  });

  it('takes the projected total of a training under way', () => {
    const interval = (median: number) => ({ median, low: median, high: median });
    const running = snapshot({
      state: 'running',
      projection: {
        ...{ totalEnergyJoules: interval(7.2e6), remainingSeconds: interval(60), basis: 'hand' },
      },
      projectedEmissionsGrams: interval(800),
    });
    const text = markdownLocations(running, null);
    assert.match(text, /Its projected total, 2\.00 kWh,/);
    assert.equal(row(text, 'as counted')[5], '**800 g**');
  });

  it('shows names as they are', () => {
    assert.match(
      markdownLocations(snapshot({ label: '<b>*x*' }), null),
      /^# “&lt;b&gt;\\\*x\\\*”|^# “&lt;b\\>\\\*x\\\*”/,
    );
  });
});
