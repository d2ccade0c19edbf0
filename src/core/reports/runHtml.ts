import type { ComponentEnergy, RunSnapshot, SamplePoint } from '../runs/snapshot.ts';
import { beyondRows, type BeyondWishes } from './beyond.ts';
import { formatDuration, formatEnergy, formatGrams, formatPercent } from './format.ts';
import { html, preformatted, type Markup } from './html/markup.ts';
import { page } from './html/page.ts';
import { dataTable, factTable, section, tiles, type Tile } from './html/parts.ts';
import { runCharts } from './html/runCharts.ts';
import { runFacts } from './runFacts.ts';
import {
  componentName,
  howComponentKnown,
  howRunKnown,
  intensityRangeText,
  progressText,
  projectionText,
  stateText,
} from './words.ts';

const COLUMNS = [
  { name: 'Component' },
  { name: 'Run', isNumber: true },
  { name: 'Machine', isNumber: true },
  { name: 'Share', isNumber: true },
  { name: 'How it is known' },
];

/** The report of one run as a page of its own, with its charts. */
export function runHtml(run: RunSnapshot, points: readonly SamplePoint[], beyond: BeyondWishes): string {
  const besides = factTable(beyondRows(run, beyond));
  const content = html`<p class="lead">${stateText(run)}</p>
    ${run.command && html`<pre>${preformatted(run.command)}</pre>`} ${tiles(headline(run))}
    ${runCharts(run, points)}
    <h2>Energy by component</h2>
    ${componentTable(run)}
    <h2>Circumstances</h2>
    ${factTable(runFacts(run))}
    ${
      besides &&
      html`<h2>Beyond electricity</h2>
        ${besides}`
    }
    ${section('Assumptions', run.assumptions)} ${section('Notes', run.notes)}`;
  return page('Footprint report', run.label, content);
}

function headline(run: RunSnapshot): readonly Tile[] {
  const { intensity } = run.carbon;
  const grams = intensityRangeText(run) ?? `${Math.round(intensity.gramsPerKwh)} gCO2e/kWh`;
  const grid = `${grams}, ${intensity.place}`;
  return [
    { name: 'Energy', value: formatEnergy(run.energyJoules), error: errorText(run), note: howRunKnown(run) },
    { name: 'Emissions', value: `${formatGrams(run.emissionsGrams)} CO2e`, note: grid },
    ...projected(run),
    { name: 'Duration', value: formatDuration(run.durationSeconds), note: progressText(run) },
  ];
}

function errorText({ howKnown, uncertainty }: RunSnapshot): string | undefined {
  return howKnown === 'unknown' || uncertainty === null ? undefined : `±${formatPercent(uncertainty)}`;
}

function projected(run: RunSnapshot): readonly Tile[] {
  if (run.state !== 'running') return [];
  const projection = projectionText(run);
  if ('missing' in projection)
    return [{ name: 'Projected total', value: 'unknown', note: projection.missing }];
  const { energy, emissions, time } = projection;
  const total = run.projection ? formatEnergy(run.projection.totalEnergyJoules.median) : energy;
  return [{ name: 'Projected total', value: total, note: `${energy}, ${emissions} CO2e; ${time} left` }];
}

function componentTable(run: RunSnapshot): Markup {
  const rows = run.components.map((entry) => [nameOf(entry), ...figures(entry), howComponentKnown(entry)]);
  const sum = ['Together', ...figures(run), howRunKnown(run)];
  return dataTable('Energy by component', COLUMNS, rows, rows.length > 1 ? sum : undefined);
}

function nameOf({ component, device }: ComponentEnergy): string {
  return device === component ? componentName(component) : `${componentName(component)} ${device}`;
}

function figures(entry: Pick<RunSnapshot, 'energyJoules' | 'machineEnergyJoules'>): readonly string[] {
  const { energyJoules, machineEnergyJoules } = entry;
  const share = machineEnergyJoules ? formatPercent(energyJoules / machineEnergyJoules) : 'unknown';
  return [formatEnergy(energyJoules), formatEnergy(machineEnergyJoules), share];
}
