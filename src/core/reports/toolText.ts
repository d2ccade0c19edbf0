import { inEnglish } from '../../language.ts';
import { perEpoch } from '../compare/perEpoch.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatDuration, formatEnergy, formatGrams, formatTime } from './format.ts';
import { escapeMarkdown, table } from './markdown.ts';
import {
  componentName,
  energyText,
  howComponentKnown,
  howRunKnown,
  intensityText,
  progressText,
  projectionText,
  pueText,
  sourceName,
  stateText,
} from './words.ts';

/** Names and commands may be of any length; a language model needs no more of them than this. */
const MOST_CHARACTERS = 200;

/**
 * A run in short Markdown for a language model, in English: the figures, how each is known, and the id to ask further
 * by. What programs and users wrote stands in it as text, never as markup.
 */
export function runToolText(run: RunSnapshot): string {
  return inEnglish(() => runText(run));
}

function runText(run: RunSnapshot): string {
  const lines = [
    `**${plain(run.label)}** (run id ${run.id}), ${stateText(run)}, started ${formatTime(run.startedAtMillis)}`,
    '',
    `- Energy: ${energyText(run)}, ${howRunKnown(run)}; whole machine over the same time: ${formatEnergy(run.machineEnergyJoules)}`,
    ...run.components.map(
      (entry) =>
        `  - ${componentName(entry.component)} ${plain(entry.device)}: ${formatEnergy(entry.energyJoules)}, ${plain(howComponentKnown(entry))}`,
    ),
    `- Emissions: ${formatGrams(run.emissionsGrams)} CO2e, estimated by ${plain(intensityText(run.carbon))}; PUE ${plain(pueText(run.carbon))}`,
    `- Progress: ${progressText(run)}`,
    ...(run.state === 'running' ? [projectionLine(run)] : []),
    `- Command: ${plain(run.command)}`,
    ...run.notes.map((note) => `- Note: ${plain(note)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function projectionLine(run: RunSnapshot): string {
  const projection = projectionText(run);
  if ('missing' in projection) return `- Projected total: unknown, ${projection.missing}`;
  const { energy, emissions, time } = projection;
  return `- Projected total (80 % interval): ${energy}, ${emissions} CO2e; time left: ${time}`;
}

/** Two runs side by side with what the second has more or less, and what stands in the way of comparing them. */
export function comparisonToolText(first: RunSnapshot, second: RunSnapshot): string {
  return inEnglish(() => comparisonText(first, second));
}

function comparisonText(first: RunSnapshot, second: RunSnapshot): string {
  const both = [first, second] as const;
  const row = (name: string, value: (run: RunSnapshot) => number | null, text: (value: number) => string) => {
    const [a, b] = both.map(value);
    const cell = (each: number | null | undefined) => (typeof each === 'number' ? text(each) : 'unknown');
    return [name, cell(a), cell(b), differenceText(a ?? null, b ?? null)];
  };
  const rows = [
    ['Run', ...both.map(({ id }) => id), ''],
    ['State', ...both.map(stateText), ''],
    row('Energy', (run) => run.energyJoules, formatEnergy),
    ['How it is known', ...both.map((run) => `${energyText(run)}, ${howRunKnown(run)}`), ''],
    row('Emissions (CO2e)', (run) => run.emissionsGrams, formatGrams),
    row('Duration', (run) => run.durationSeconds, formatDuration),
    row('Epochs completed', (run) => run.progress.epochsCompleted, String),
    row('Energy per epoch', (run) => perEpoch(run)?.energyJoules ?? null, formatEnergy),
    row('Emissions per epoch (CO2e)', (run) => perEpoch(run)?.emissionsGrams ?? null, formatGrams),
    row(
      'Carbon intensity (gCO2e/kWh)',
      (run) => run.carbon.intensity.gramsPerKwh,
      (grams) => grams.toFixed(0),
    ),
  ];
  const head = ['', ...both.map(({ label }) => plain(label)), 'Second against first'];
  const cautions = cautionsOf(first, second).map((text) => `- ${text}`);
  return `${[table(head, rows), ...(cautions.length > 0 ? ['', ...cautions] : [])].join('\n')}\n`;
}

function differenceText(first: number | null, second: number | null): string {
  if (first === null || second === null || first <= 0) return 'unknown';
  const percent = (second / first - 1) * 100;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

/** Why the difference may be another than that of the trainings. */
function cautionsOf(first: RunSnapshot, second: RunSnapshot): string[] {
  const cautions: string[] = [];
  const [sources, others] = [sourcesOf(first), sourcesOf(second)];
  if (sources !== others)
    cautions.push(
      `The first is known by ${sources}, the second by ${others}: part of the difference may be theirs.`,
    );
  if (first.idlePower !== second.idlePower)
    cautions.push(
      'Idle power is counted in different ways, so that the energies cannot be compared as they are.',
    );
  if (first.carbon.pue !== second.carbon.pue)
    cautions.push(`Their emissions are counted with a PUE of ${first.carbon.pue} and ${second.carbon.pue}.`);
  for (const run of [first, second])
    if (run.state !== 'finished')
      cautions.push(`${plain(run.label)} has not come to its end: ${stateText(run)}.`);
  return cautions;
}

function sourcesOf({ components }: RunSnapshot): string {
  const names = [...new Set(components.map(({ source }) => sourceName(source)))].sort();
  return plain(names.join(', ')) || 'nothing';
}

function plain(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return escapeMarkdown(short);
}
