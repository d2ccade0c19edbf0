import { t } from '../../language.ts';
import {
  compareLocations,
  comparableRegions,
  comparableZones,
  COMPARISON_SOURCE,
  type RunElsewhere,
  type RunHere,
} from '../carbon/compareLocations.ts';
import { meanIntensity } from '../carbon/facility.ts';
import type { Place } from '../carbon/place.ts';
import { allZones, CLOUD_SOURCE, cloudRegionById, ZONES_YEAR } from '../carbon/regions.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatEnergy, formatGrams } from './format.ts';
import { escapeMarkdown, table } from './markdown.ts';
import { provenanceText } from './provenance.ts';

/** So many cloud regions are named before all of them. */
const FIRST_REGIONS = 15;

const head = () => [t('Place'), 'gCO2e/kWh', t('Figure'), 'PUE', 'CO2e', t('Against here')];

/**
 * The same run elsewhere, for a Markdown preview: energy times the intensity of other grids. A run under way is compared
 * by its projected total.
 *
 * @param place where this machine is now, so that its own yearly average stands beside what was counted; null to leave
 *   that out
 */
export function markdownLocations(run: RunSnapshot, place: Place | null): string {
  const here = hereOf(run);
  const elsewhere = (ids: readonly string[]) => compareLocations(here, ids);
  const regions = elsewhere(comparableRegions());
  const isCountry = ({ id }: RunElsewhere) => !id.includes('-');
  const parts = place?.country ? elsewhere(partsOf(place.country)) : [];
  const own = place && run.carbon.intensity.place.startsWith(place.name) ? ownAverage(here, place) : null;
  const sections = [
    `# ${t('“{0}” elsewhere', escapeMarkdown(run.label))}`,
    introduction(run, here),
    table(head(), [hereRow(run, here), ...(own ? [row(own, t('**Here**, by the year'))] : [])]),
    ...section(t('Cleanest cloud regions'), regions.slice(0, FIRST_REGIONS)),
    ...section(t('Parts of {0}’s country', place?.name ?? ''), parts),
    ...section(t('Countries'), elsewhere(comparableZones()).filter(isCountry)),
    ...section(t('All cloud regions'), regions),
    t(
      'Grids: {0}. It contains information from Electricity Maps, made available under the Open Database License (ODbL). PUE of cloud regions: {1}; where a provider tells none, yours is taken.',
      ...[COMPARISON_SOURCE, CLOUD_SOURCE].map(escapeMarkdown),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function introduction(run: RunSnapshot, { energyJoules }: RunHere): string {
  const method = t(
    'Elsewhere is a yearly average of {0}, since live figures of all the world are not to be had; other hardware, and sending data there, are not in it.',
    ZONES_YEAR,
  );
  return `${subject(run, formatEnergy(energyJoules))} ${method}`;
}

function subject({ state, projection }: RunSnapshot, energy: string): string {
  if (state !== 'running') return t('The {0} of this run by the grids of other places.', energy);
  return projection
    ? t('Its projected total, {0}, by the grids of other places.', energy)
    : t('The {0} of this run so far by the grids of other places.', energy);
}

function hereOf(run: RunSnapshot): RunHere {
  const { energyJoules, emissionsGrams, projection, projectedEmissionsGrams, carbon } = run;
  const { pue } = carbon;
  return run.state === 'running' && projection && projectedEmissionsGrams
    ? {
        energyJoules: projection.totalEnergyJoules.median,
        emissionsGrams: projectedEmissionsGrams.median,
        pue,
      }
    : { energyJoules, emissionsGrams, pue };
}

function hereRow({ carbon }: RunSnapshot, here: RunHere): string[] {
  const { intensity } = carbon;
  const mean = meanIntensity(here.emissionsGrams, here.energyJoules, here.pue) ?? intensity.gramsPerKwh;
  const how = intensity.live ? t('live: {0}', intensity.source) : provenanceText(intensity.source);
  return [
    t('**Here**, as counted: {0}', escapeMarkdown(provenanceText(intensity.place))),
    String(Math.round(mean)),
    escapeMarkdown(how),
    formatPue(here.pue),
    `**${formatGrams(here.emissionsGrams)}**`,
    '',
  ];
}

function ownAverage(here: RunHere, { cloud, zone, country }: Place): RunElsewhere | null {
  return compareLocations(here, [cloud ?? zone ?? country ?? ''])[0] ?? null;
}

function partsOf(country: string): readonly string[] {
  return allZones()
    .map(({ id }) => id)
    .filter((id) => id.startsWith(`${country}-`));
}

function section(title: string, places: readonly RunElsewhere[]): string[] {
  return places.length === 0
    ? []
    : [
        `## ${escapeMarkdown(title)}`,
        table(
          head(),
          places.map((place) => row(place, escapeMarkdown(place.name))),
        ),
      ];
}

function row({ id, gramsPerKwh, pue, emissionsGrams, timesHere }: RunElsewhere, name: string): string[] {
  const pueYear = cloudRegionById(id)?.pueYear;
  return [
    name,
    String(Math.round(gramsPerKwh)),
    t('yearly average {0}', ZONES_YEAR),
    pueYear ? `${formatPue(pue)} (${pueYear})` : formatPue(pue),
    formatGrams(emissionsGrams),
    timesHere === null ? '' : againstHere(timesHere),
  ];
}

/** `−62 %`, `+12 %`, `3.4 times`. */
function againstHere(times: number): string {
  if (times >= 2) return t('{0} times', times >= 10 ? Math.round(times) : times.toFixed(1));
  const percent = Math.round((times - 1) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}

function formatPue(pue: number): string {
  return String(Number(pue.toFixed(2)));
}
