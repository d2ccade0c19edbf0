import { chartSeries, type ChartSeries } from '../chartSeries.ts';
import { formatEnergy, formatPower, wattHours } from '../format.ts';
import { componentName } from '../words.ts';
import type { RunSnapshot, SamplePoint } from '../../runs/snapshot.ts';
import { PLAIN, placer, timeAxis, valueAxis, WATTS, WATT_HOURS } from './axes.ts';
import { figure, type LegendEntry } from './figure.ts';
import { html, type Markup } from './markup.ts';
import { areaPath, linePath, steps, type Place } from './path.ts';

/** Height of the intensity's strip in units of the picture. */
const STRIP = 120;

/** A run's charts: power by component, energy with the projection, and the grid's intensity where it changed. */
export function runCharts(run: RunSnapshot, points: readonly SamplePoint[]): readonly Markup[] {
  const series = chartSeries(points);
  if (series.timeSeconds.length < 2) return [];
  return [powerChart(series), energyChart(run, series), ...intensityChart(run)];
}

function powerChart({ timeSeconds, powerWatts }: ChartSeries): Markup {
  const components = [...powerWatts];
  const tops = stackedTops(components.map(([, watts]) => watts));
  const peakWatts = Math.max(0, ...(tops.at(-1) ?? []));
  const x = timeAxis(timeSeconds.at(-1) ?? 0);
  const y = valueAxis(peakWatts, WATTS);
  const at = placer(x, y);
  const outline = (heights: readonly number[]) =>
    steps(timeSeconds, heights).map(([time, height]): Place => [at.x(time), at.y(height)]);
  const ground = timeSeconds.map(() => 0);
  const areas = components.map(([component], index) => {
    const below = tops[index - 1] ?? ground;
    return html`<path
      class="area ${component}"
      d="${areaPath(outline(tops[index] ?? ground), outline(below))}"
    />`;
  });
  const legend = components.map(([component]) => ({ colour: component, label: componentName(component) }));
  const description = `Peak ${formatPower(peakWatts)}.`;
  return figure({ title: 'Power of the run', description, x, y, legend, drawing: areas });
}

/** The upper edge of each component's area on those before it; what was not read is 0 high. */
function stackedTops(lines: readonly (readonly (number | null)[])[]): readonly (readonly number[])[] {
  let below: readonly number[] = [];
  return lines.map((line) => (below = line.map((value, index) => (below[index] ?? 0) + (value ?? 0))));
}

function energyChart(run: RunSnapshot, { timeSeconds, energyJoules }: ChartSeries): Markup {
  const { projection } = run;
  const lastSeconds = timeSeconds.at(-1) ?? 0;
  const endSeconds = projection ? run.durationSeconds + projection.remainingSeconds.median : lastSeconds;
  const total = projection?.totalEnergyJoules;
  const x = timeAxis(Math.max(lastSeconds, endSeconds));
  const y = valueAxis(wattHours(Math.max(energyJoules.at(-1) ?? 0, total?.high ?? 0)), WATT_HOURS);
  const at = placer(x, y);
  const place = (time: number, joules: number): Place => [at.x(time), at.y(wattHours(joules))];
  const used = [place(0, 0), ...timeSeconds.map((time, index) => place(time, energyJoules[index] ?? 0))];
  const ground = [place(0, 0), place(lastSeconds, 0)];
  const start = place(run.durationSeconds, run.energyJoules);
  const band = total && [
    html`<path
      class="band"
      d="${areaPath([start, place(endSeconds, total.high)], [start, place(endSeconds, total.low)])}"
    />`,
    html`<path class="line dashed projected" d="${linePath([start, place(endSeconds, total.median)])}" />`,
  ];
  const legend: LegendEntry[] = [{ colour: 'energy', label: 'Used' }];
  if (total) legend.push({ colour: 'projected', label: 'Projected, with its 80 % interval', isDashed: true });
  const projected = total ? `, projected ${formatEnergy(total.median)}` : '';
  return figure({
    title: 'Energy of the run',
    description: `${formatEnergy(run.energyJoules)} used${projected}.`,
    ...{ x, y, legend },
    drawing: html`<path class="shade energy" d="${areaPath(used, ground)}" />${band ?? []}<path
        class="line energy"
        d="${linePath(used)}"
      />`,
  });
}

/** Nothing where one intensity held all the time. */
function intensityChart({ intensitySegments = [], startedAtMillis }: RunSnapshot): readonly Markup[] {
  const grams = intensitySegments.map(({ gramsPerKwh }) => gramsPerKwh);
  const [low, high] = [Math.round(Math.min(...grams)), Math.round(Math.max(...grams))];
  if (grams.length < 2 || low === high) return [];
  const ends = intensitySegments.map(({ toMillis }) => Math.max(0, toMillis - startedAtMillis) / 1000);
  const x = timeAxis(ends.at(-1) ?? 0);
  const y = valueAxis(high, PLAIN, 2);
  const at = placer(x, y, STRIP);
  const line = steps(ends, grams).map(([time, value]): Place => [at.x(time), at.y(value)]);
  const description = `${low} to ${high} gCO2e/kWh.`;
  const drawing = html`<path class="line intensity" d="${linePath(line)}" />`;
  return [
    figure({ title: 'Carbon intensity, gCO2e/kWh', description, x, y, height: STRIP, legend: [], drawing }),
  ];
}
