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

/** So many cloud regions are named before all of them. */
const FIRST_REGIONS = 15;

const HEAD = ['Place', 'gCO2e/kWh', 'Figure', 'PUE', 'CO2e', 'Against here'];

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
    `# “${escapeMarkdown(run.label)}” elsewhere`,
    introduction(run, here),
    table(HEAD, [hereRow(run, here), ...(own ? [row(own, '**Here**, by the year')] : [])]),
    ...section('Cleanest cloud regions', regions.slice(0, FIRST_REGIONS)),
    ...section(`Parts of ${place?.name ?? ''}’s country`, parts),
    ...section('Countries', elsewhere(comparableZones()).filter(isCountry)),
    ...section('All cloud regions', regions),
    `Grids: ${escapeMarkdown(COMPARISON_SOURCE)}. It contains information from Electricity Maps, made available under the Open Database License (ODbL). PUE of cloud regions: ${escapeMarkdown(CLOUD_SOURCE)}; where a provider tells none, yours is taken.`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function introduction(run: RunSnapshot, { energyJoules }: RunHere): string {
  const energy = formatEnergy(energyJoules);
  const what =
    run.state === 'running' && run.projection
      ? `Its projected total, ${energy},`
      : `The ${energy} of this run${run.state === 'running' ? ' so far' : ''}`;
  return `${what} by the grids of other places. Elsewhere is a yearly average of ${ZONES_YEAR}, since live figures of all the world are not to be had; other hardware, and sending data there, are not in it.`;
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
  const how = intensity.live ? `live: ${intensity.source}` : intensity.source;
  return [
    `**Here**, as counted: ${escapeMarkdown(intensity.place)}`,
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
          HEAD,
          places.map((place) => row(place, escapeMarkdown(place.name))),
        ),
      ];
}

function row({ id, gramsPerKwh, pue, emissionsGrams, timesHere }: RunElsewhere, name: string): string[] {
  const pueYear = cloudRegionById(id)?.pueYear;
  return [
    name,
    String(Math.round(gramsPerKwh)),
    `yearly average ${ZONES_YEAR}`,
    pueYear ? `${formatPue(pue)} (${pueYear})` : formatPue(pue),
    formatGrams(emissionsGrams),
    timesHere === null ? '' : againstHere(timesHere),
  ];
}

/** `−62 %`, `+12 %`, `3.4 times`. */
function againstHere(times: number): string {
  if (times >= 2) return `${times >= 10 ? Math.round(times) : times.toFixed(1)} times`;
  const percent = Math.round((times - 1) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}

function formatPue(pue: number): string {
  return String(Number(pue.toFixed(2)));
}
