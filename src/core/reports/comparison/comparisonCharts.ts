import { t } from '../../../language.ts';
import { chartSeries } from '../chartSeries.ts';
import { formatGrams, wattHours } from '../format.ts';
import { GRAMS, placer, timeAxis, valueAxis, WATT_HOURS } from '../html/axes.ts';
import { barChart, type Bar } from '../html/bars.ts';
import { figure } from '../html/figure.ts';
import { html, type Markup } from '../html/markup.ts';
import { linePath, type Place } from '../html/path.ts';
import { LONGEST_LABEL, oneLine } from '../safeText.ts';
import { energyText } from '../words.ts';
import type { ComparedRun, Comparison } from './comparison.ts';

/** Energy and emissions as bars, and the energy over time of those runs whose samples are kept. */
export function comparisonCharts({ runs }: Comparison): readonly Markup[] {
  const energy = runs.map(({ run }, index): Bar => ({
    ...{ label: nameOf(run.label, index), colour: colourOf(index), text: energyText(run) },
    value: wattHours(run.energyJoules),
    error: run.uncertainty === null ? null : wattHours(run.energyJoules) * run.uncertainty,
  }));
  const emissions = runs.map(({ run }, index): Bar => ({
    ...{ label: nameOf(run.label, index), colour: colourOf(index), error: null },
    ...{ text: `${formatGrams(run.emissionsGrams)} CO2e`, value: run.emissionsGrams },
  }));
  return [
    barChart(t('Energy'), energy, WATT_HOURS),
    barChart(t('Emissions'), emissions, GRAMS),
    ...energyOverTime(runs),
  ];
}

function energyOverTime(runs: readonly ComparedRun[]): readonly Markup[] {
  const lines = runs.map(({ points }) => chartSeries(points()));
  if (lines.every(({ timeSeconds }) => timeSeconds.length < 2)) return [];
  const x = timeAxis(Math.max(...lines.map(({ timeSeconds }) => timeSeconds.at(-1) ?? 0)));
  const y = valueAxis(
    Math.max(...lines.map(({ energyJoules }) => wattHours(energyJoules.at(-1) ?? 0))),
    WATT_HOURS,
  );
  const at = placer(x, y);
  const drawing = lines.map(({ timeSeconds, energyJoules }, index) => {
    const places = timeSeconds.map((time, step): Place => [
      at.x(time),
      at.y(wattHours(energyJoules[step] ?? 0)),
    ]);
    return html`<path class="line ${colourOf(index)}" d="${linePath([[at.x(0), at.y(0)], ...places])}" />`;
  });
  const legend = runs.flatMap(({ run }, index) =>
    lines[index]?.timeSeconds.length ? [{ colour: colourOf(index), label: nameOf(run.label, index) }] : [],
  );
  const description = t('Each run from its own start.');
  return [figure({ title: t('Energy over time'), description, x, y, legend, drawing })];
}

function nameOf(label: string, index: number): string {
  return `${index + 1}. ${oneLine(label, LONGEST_LABEL)}`;
}

function colourOf(index: number): string {
  return `run-${index + 1}`;
}
