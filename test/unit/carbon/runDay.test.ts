import assert from 'node:assert/strict';
import { lookAhead } from '../../../src/core/carbon/ahead.ts';
import type { CarbonContext } from '../../../src/core/carbon/intensity.ts';
import type { Stretch } from '../../../src/core/carbon/integrator.ts';
import type { IntensityPoint } from '../../../src/core/carbon/source.ts';
import { Timeline } from '../../../src/core/carbon/timeline.ts';
import { Emissions, type Grid } from '../../../src/core/runs/emissions.ts';
import { correctLate } from '../../../src/core/runs/lateFigures.ts';
import { snapshot } from '../runs/snapshots.ts';
import { HOUR, realDays } from './history.ts';

const DAY = realDays()[0] ?? [];
const START = DAY[0]?.atMillis ?? 0;

/** A grid of one timeline, as the service is for one source. */
class DayGrid implements Grid {
  readonly timeline = new Timeline();
  now = START;

  get version(): number {
    return this.timeline.version;
  }

  over(fromMillis: number, toMillis: number): readonly Stretch[] {
    const stretches: Stretch[] = [];
    let at = fromMillis;
    const untold = (to: number) =>
      stretches.push({
        fromMillis: at,
        toMillis: to,
        gramsPerKwh: 472,
        source: 'yearly',
        isFinal: false,
        isTold: false,
      });
    for (const point of this.timeline.over(fromMillis, toMillis)) {
      if (point.fromMillis > at) untold(point.fromMillis);
      stretches.push({
        ...point,
        source: point.quality,
        isFinal: point.quality !== 'forecast',
        isTold: true,
      });
      at = point.toMillis;
    }
    if (at < toMillis) untold(toMillis);
    return stretches;
  }

  marginalOver(fromMillis: number, toMillis: number): readonly Stretch[] | null {
    return [
      { fromMillis, toMillis, gramsPerKwh: 500, source: 'WattTime, marginal', isFinal: true, isTold: true },
    ];
  }

  ahead(fromMillis: number, toMillis: number) {
    const forecast = this.timeline.over(fromMillis, toMillis);
    return lookAhead(fromMillis, toMillis, { forecast, shape: null, present: 472, isConstant: false });
  }
}

const point = (hour: number, quality: IntensityPoint['quality']): IntensityPoint => ({
  fromMillis: START + hour * HOUR,
  toMillis: START + (hour + 1) * HOUR,
  gramsPerKwh: (quality === 'forecast' ? DAY[hour]?.forecast : DAY[hour]?.actual) ?? 0,
  quality,
});

/** A load with a rhythm of its own, so that energy is not the same each hour. */
const powerWatts = (second: number) => 300 + 120 * Math.sin(second / 5000) + (second % 7 === 0 ? 90 : 0);

const carbon = (): CarbonContext => ({
  intensity: { gramsPerKwh: 472, place: 'California', source: 'yearly', isGuess: false, fix: null },
  pue: 1.2,
  pueSource: 'hand',
});

/** 2 s samples over the day; measured figures come `lateHours` after their hour. */
function runDay(grid: DayGrid, lateHours: number) {
  grid.timeline.add(DAY.map((_, hour) => point(hour, 'forecast')));
  const emissions = new Emissions(null, { carbon, grid });
  const exactKwh = DAY.map(() => 0);
  for (let second = 0; second < 86_400; second += 2) {
    const hour = Math.floor(second / 3600);
    const done = hour - lateHours;
    if (second % 3600 === 0 && done > 0) grid.timeline.add([point(done - 1, 'measured')]);
    const joules = powerWatts(second) * 2;
    exactKwh[hour] = (exactKwh[hour] ?? 0) + joules / 3.6e6;
    emissions.add(joules, START + second * 1000, START + (second + 2) * 1000);
  }
  return { emissions, exactKwh };
}

const exactGrams = (kwh: readonly number[]) =>
  kwh.reduce((sum, each, hour) => sum + each * 1.2 * (DAY[hour]?.actual ?? 0), 0);

describe('A run across a day of a real grid', () => {
  it('has the grams of the exact integral within 0.1 % once the last figures are there, however late they come', () => {
    for (const lateHours of [0, 1, 3]) {
      const grid = new DayGrid();
      const { emissions, exactKwh } = runDay(grid, lateHours);
      grid.timeline.add(DAY.map((_, hour) => point(hour, 'measured')));
      emissions.add(1e-9, START + 24 * HOUR, START + 24 * HOUR + 1);
      const exact = exactGrams(exactKwh);
      assert(Math.abs(emissions.grams / exact - 1) < 1e-3, `${emissions.grams} against ${exact}`);
    }
  });

  it('counts marginal emissions apart', () => {
    const { emissions, exactKwh } = runDay(new DayGrid(), 0);
    const kwh = exactKwh.reduce((sum, each) => sum + each, 0);
    const { marginal, emissionsGrams } = emissions.recorded;
    assert(Math.abs((marginal?.emissionsGrams ?? 0) - kwh * 1.2 * 500) < 1e-3);
    assert(emissionsGrams < kwh * 1.2 * 400);
  });

  it('is corrected once when its last figures come after its end, and says so', () => {
    const grid = new DayGrid();
    const { emissions, exactKwh } = runDay(grid, 3);
    const run = snapshot({ ...emissions.recorded, notes: ['a note'] });
    assert.equal(
      correctLate(run, (from, to) => grid.over(from, to)),
      null,
      'nothing has come yet',
    );
    grid.timeline.add(DAY.map((_, hour) => point(hour, 'measured')));
    const corrected = correctLate(run, (from, to) => grid.over(from, to));
    assert(corrected);
    assert(Math.abs(corrected.emissionsGrams / exactGrams(exactKwh) - 1) < 1e-3);
    assert.equal(corrected.notes.length, 2);
    assert.match(
      corrected.notes[1] ?? '',
      /came after the run had ended: its emissions are .* CO2e instead of /,
    );
    assert.equal(
      correctLate(corrected, (from, to) => grid.over(from, to)),
      null,
      'not a second time',
    );
    assert.equal(
      correctLate({ ...run, state: 'running' }, (from, to) => grid.over(from, to)),
      null,
    );
  });

  it('goes on after a restart with the grams and figures that the history kept', () => {
    const grid = new DayGrid();
    const { emissions } = runDay(grid, 2);
    const kept = JSON.parse(JSON.stringify(emissions.recorded)) as typeof emissions.recorded;
    const restored = new Emissions(kept, { carbon, grid });
    assert(Math.abs(restored.grams - emissions.grams) < 1e-9);
    restored.add(3.6e6, START, START + HOUR);
    assert(restored.grams > emissions.grams);
    const older = new Emissions({ emissionsGrams: 12 }, { carbon });
    older.add(3.6e6, START, START + HOUR);
    assert.equal(older.grams, 12 + 472 * 1.2, 'of an older version’s run the grams stay');
  });

  it('projects by the hours to come, with an interval for both energy and intensity', () => {
    const grid = new DayGrid();
    grid.timeline.add(DAY.map((_, hour) => point(hour, 'forecast')));
    const emissions = new Emissions(null, { carbon, grid });
    const projection = {
      totalEnergyJoules: { median: 36e6, low: 33e6, high: 40e6 },
      remainingSeconds: { median: 6 * 3600, low: 5 * 3600, high: 7 * 3600 },
      basis: 'hand',
    };
    const { median, low, high } = emissions.project(projection, 0, START + 14 * HOUR);
    const forecast = DAY.slice(14, 20).reduce((sum, hour) => sum + hour.forecast / 6, 0);
    assert(Math.abs(median - 10 * 1.2 * forecast) < 1e-6);
    assert(median - low > (3 / 3.6) * 1.2 * forecast && high - median > (4 / 3.6) * 1.2 * forecast);
  });
});
