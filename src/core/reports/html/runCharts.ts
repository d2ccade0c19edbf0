import { t } from '../../../language.ts';
import { chartSeries, type ChartSeries } from '../chartSeries.ts';
import { formatEnergy, formatPower, wattHours } from '../format.ts';
import { componentName } from '../words.ts';
import { epochUses } from '../../runs/epochUse.ts';
import type { RunSnapshot, SamplePoint } from '../../runs/snapshot.ts';
import { PLAIN, placer, timeAxis, valueAxis, WATTS, WATT_HOURS } from './axes.ts';
import { columnChart } from './columnChart.ts';
import { figure, type LegendEntry } from './figure.ts';
import { html, type Markup } from './markup.ts';
import { areaPath, linePath, steps, type Place } from './path.ts';

/** Height of the intensity's strip in units of the picture. */
const STRIP = 120;

/** More columns than these are too thin to see. */
const MOST_COLUMNS = 128;

/** A run's charts: power by component, energy with the projection and by epoch, and the grid's intensity where it changed. */
export function runCharts(run: RunSnapshot, points: readonly SamplePoint[]): readonly Markup[] {
  const series = chartSeries(points);
  const overTime = series.timeSeconds.length < 2 ? [] : [powerChart(series), energyChart(run, series)];
  return [...overTime, ...epochChart(run), ...intensityChart(run)];
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
  const description = t('Peak {0}.', formatPower(peakWatts));
  return figure({ title: t('Power of the run'), description, x, y, legend, drawing: areas });
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
  const legend: LegendEntry[] = [{ colour: 'energy', label: t('Used') }];
  if (total)
    legend.push({ colour: 'projected', label: t('Projected, with its 80 % interval'), isDashed: true });
  const usedText = formatEnergy(run.energyJoules);
  return figure({
    title: t('Energy of the run'),
    description: total
      ? t('{0} used, projected {1}.', usedText, formatEnergy(total.median))
      : t('{0} used.', usedText),
    ...{ x, y, legend },
    drawing: html`<path class="shade energy" d="${areaPath(used, ground)}" />${band ?? []}<path
        class="line energy"
        d="${linePath(used)}"
      />`,
  });
}

/** Nothing where each epoch's energy is not known, or there are too many of them. */
function epochChart(run: RunSnapshot): readonly Markup[] {
  const uses = epochUses(run) ?? [];
  const isEach = run.epochs?.unit === 'epoch' && uses.every(({ from, to }) => from === to);
  if (!isEach || uses.length < 2 || uses.length > MOST_COLUMNS) return [];
  const columns = uses.map(({ to, energyJoules }) => ({ label: String(to), value: wattHours(energyJoules) }));
  return [columnChart(t('Energy of each epoch'), columns, WATT_HOURS)];
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
  const description = t('{0} to {1} gCO2e/kWh.', low, high);
  const drawing = html`<path class="line intensity" d="${linePath(line)}" />`;
  return [
    figure({
      title: t('Carbon intensity, gCO2e/kWh'),
      ...{ description, x, y, height: STRIP, legend: [], drawing },
    }),
  ];
}
