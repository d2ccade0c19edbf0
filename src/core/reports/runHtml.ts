import { t } from '../../language.ts';
import type { ComponentEnergy, RunSnapshot, SamplePoint } from '../runs/snapshot.ts';
import { beyondRows, type BeyondWishes } from './beyond.ts';
import { formatDuration, formatEnergy, formatGrams, formatPercent } from './format.ts';
import { html, preformatted, type Markup } from './html/markup.ts';
import { page } from './html/page.ts';
import { dataTable, factTable, section, tiles, type Tile } from './html/parts.ts';
import { runCharts } from './html/runCharts.ts';
import { runFacts } from './runFacts.ts';
import { provenanceText } from './provenance.ts';
import {
  componentName,
  howComponentKnown,
  howRunKnown,
  intensityRangeText,
  progressText,
  projectionText,
  stateText,
} from './words.ts';

const columns = () => [
  { name: t('Component') },
  { name: t('Run'), isNumber: true },
  { name: t('Machine'), isNumber: true },
  { name: t('Share'), isNumber: true },
  { name: t('How it is known') },
];

/** The report of one run as a page of its own, with its charts. */
export function runHtml(run: RunSnapshot, points: readonly SamplePoint[], beyond: BeyondWishes): string {
  const besides = factTable(beyondRows(run, beyond));
  const content = html`<p class="lead">${stateText(run)}</p>
    ${run.command && html`<pre>${preformatted(run.command)}</pre>`} ${tiles(headline(run))}
    ${runCharts(run, points)}
    <h2>${t('Energy by component')}</h2>
    ${componentTable(run)}
    <h2>${t('Circumstances')}</h2>
    ${factTable(runFacts(run))}
    ${
      besides &&
      html`<h2>${t('Beyond electricity')}</h2>
        ${besides}`
    }
    ${section(t('Assumptions'), run.assumptions)} ${section(t('Notes'), run.notes)}`;
  return page(t('Footprint report'), run.label, content);
}

function headline(run: RunSnapshot): readonly Tile[] {
  const { intensity } = run.carbon;
  const grams = intensityRangeText(run) ?? `${Math.round(intensity.gramsPerKwh)} gCO2e/kWh`;
  const grid = `${grams}, ${provenanceText(intensity.place)}`;
  return [
    {
      ...{ name: t('Energy'), value: formatEnergy(run.energyJoules), error: errorText(run) },
      note: howRunKnown(run),
    },
    { name: t('Emissions'), value: `${formatGrams(run.emissionsGrams)} CO2e`, note: grid },
    ...projected(run),
    { name: t('Duration'), value: formatDuration(run.durationSeconds), note: progressText(run) },
  ];
}

function errorText({ howKnown, uncertainty }: RunSnapshot): string | undefined {
  return howKnown === 'unknown' || uncertainty === null ? undefined : `±${formatPercent(uncertainty)}`;
}

function projected(run: RunSnapshot): readonly Tile[] {
  if (run.state !== 'running') return [];
  const projection = projectionText(run);
  if ('missing' in projection)
    return [{ name: t('Projected total'), value: t('unknown'), note: projection.missing }];
  const { energy, emissions, time } = projection;
  const total = run.projection ? formatEnergy(run.projection.totalEnergyJoules.median) : energy;
  const note = t('{0}, {1} CO2e; {2} left', energy, emissions, time);
  return [{ name: t('Projected total'), value: total, note }];
}

function componentTable(run: RunSnapshot): Markup {
  const rows = run.components.map((entry) => [nameOf(entry), ...figures(entry), howComponentKnown(entry)]);
  const sum = [t('Together'), ...figures(run), howRunKnown(run)];
  return dataTable(t('Energy by component'), columns(), rows, rows.length > 1 ? sum : undefined);
}

function nameOf({ component, device }: ComponentEnergy): string {
  return device === component ? componentName(component) : `${componentName(component)} ${device}`;
}

function figures(entry: Pick<RunSnapshot, 'energyJoules' | 'machineEnergyJoules'>): readonly string[] {
  const { energyJoules, machineEnergyJoules } = entry;
  const share = machineEnergyJoules ? formatPercent(energyJoules / machineEnergyJoules) : t('unknown');
  return [formatEnergy(energyJoules), formatEnergy(machineEnergyJoules), share];
}
