import { embodiedGrams, type EmbodiedInputs } from '../../carbon/beyond/embodied.ts';
import { sciScore } from '../../carbon/beyond/sci.ts';
import { meanIntensity } from '../../carbon/facility.ts';
import type { ComponentEnergy, RunSnapshot } from '../../runs/snapshot.ts';
import { formatDuration, formatEnergy, formatGrams, formatPercent } from '../format.ts';
import { hardwareText } from '../hardware.ts';
import { dayText } from '../project/period.ts';
import { LONGEST_LABEL, oneLine } from '../safeText.ts';
import { componentName, energyText, howRunKnown, idlePowerText, sourceName } from '../words.ts';
import { CARBONTRACKER, gridReferences, GUM, SCI, type Reference } from './references.ts';

/** A sentence, and the works that it rests on. */
export interface Sentence {
  readonly text: string;
  readonly references: readonly Reference[];
}

/** Of Ember's figures in CO2.js; see `yearlyAverage`. */
const EMBER_YEARS = 'the newest year of the country, 2022 to 2024';

/** More of them are no sentence any more. */
const MOST_SOURCES = 4;

/**
 * What a paper says of a training's footprint: what was used, how that is known and how exactly, by which PUE and
 * intensity it was counted, on which hardware, and what is not in it.
 *
 * @param embodied null where making the hardware is not counted
 */
export function carbonStatement(run: RunSnapshot, embodied: EmbodiedInputs | null): readonly Sentence[] {
  const score = sciSentence(run, embodied);
  return [
    { text: used(run), references: [CARBONTRACKER] },
    ...components(run),
    ...hardware(run),
    { text: share(run), references: [] },
    { text: emitted(run), references: gridReferences(run) },
    ...epochs(run),
    ...(score ? [score] : []),
    { text: notIncluded(score !== null), references: [] },
  ];
}

/** Every work that the sentences rest on, once, in their order. */
export function referencesOf(sentences: readonly Sentence[]): readonly Reference[] {
  return [...new Set(sentences.flatMap(({ references }) => references))];
}

function used(run: RunSnapshot): string {
  const { state, durationSeconds, startedAtMillis } = run;
  const duration = formatDuration(durationSeconds);
  const when = `on ${dayText(startedAtMillis)}`;
  const begins: Readonly<Record<RunSnapshot['state'], string>> = {
    running: `The training, started ${when}, is still running and has so far, in ${duration},`,
    finished: `The training, ${when}, took ${duration} and`,
    failed: `The training, ${when}, failed after ${duration} and`,
    stopped: `The training, ${when}, was stopped after ${duration} and`,
    interrupted: `The training, ${when}, ended after ${duration} and`,
  };
  return `${begins[state]} used ${energyText(run)} of electricity (${howRunKnown(run)}), as tracked by Training Footprint in the manner of Carbontracker.`;
}

/** Each component by each source that told of it. */
function components({ components: entries, uncertainty }: RunSnapshot): readonly Sentence[] {
  const parts = entries.filter(({ energyJoules }) => energyJoules > 0).map(part);
  if (parts.length === 0) return [];
  const isSum = new Set(entries.map(({ source }) => source)).size > 1 && uncertainty !== null;
  const text = `By component: ${parts.join('; ')}.`;
  return [{ text, references: isSum ? [GUM] : [] }];
}

function part({ component, device, source, quality, uncertainty, energyJoules }: ComponentEnergy): string {
  const name =
    device === component ? componentName(component) : `${componentName(component)} ${short(device)}`;
  const how = `${quality === 'measured' || quality === 'estimated' ? quality : 'told'} by ${short(sourceName(source))}`;
  const error = uncertainty === null ? '' : `, ±${formatPercent(uncertainty)}`;
  return `${name} ${formatEnergy(energyJoules)} (${how}${error})`;
}

function hardware(run: RunSnapshot): readonly Sentence[] {
  const text = hardwareText(run);
  return text === null ? [] : [{ text: `Hardware: ${short(text)}.`, references: [] }];
}

function share(run: RunSnapshot): string {
  const idle = idlePowerText(run);
  const machine =
    run.machineEnergyJoules === null
      ? ''
      : `; the whole machine used ${formatEnergy(run.machineEnergyJoules)} over the same time`;
  const rule = idle === null ? '' : `, idle power being ${idle.replace('the run’s', 'the training’s')}`;
  return `This is the training’s share of the machine’s energy${rule}${machine}.`;
}

function emitted(run: RunSnapshot): string {
  const { emissionsGrams, energyJoules, carbon } = run;
  const { intensity, pue, pueSource } = carbon;
  const mean = meanIntensity(emissionsGrams, energyJoules, pue) ?? intensity.gramsPerKwh;
  const source = pueSource === 'your setting' ? 'set by the authors' : pueSource;
  const grid = `${Math.round(mean)} gCO2e/kWh (${short(intensity.place)}; ${intensitySources(run)})`;
  return `With a PUE of ${pue} (${short(source)}) and a carbon intensity of ${grid}, it caused ${formatGrams(emissionsGrams)} CO2e, location-based.`;
}

/** Which intensities were taken, and of when. */
function intensitySources({ carbon, intensitySegments = [], ...run }: RunSnapshot): string {
  const used = new Set(intensitySegments.map(({ source }) => short(source)));
  const sources = used.size > 0 ? [...used] : [short(carbon.intensity.source)];
  const year = years(run.startedAtMillis, run.endedAtMillis);
  const told = sources.map((source) => {
    if (/Ember/.test(source)) return `${source}, ${EMBER_YEARS}`;
    return /yearly average/.test(source) ? source : `${source}, ${year}`;
  });
  return told.length <= MOST_SOURCES ? told.join('; ') : `several sources, ${year}`;
}

function years(fromMillis: number, toMillis: number | null): string {
  const [from, to] = [fromMillis, toMillis ?? fromMillis].map((millis) => new Date(millis).getFullYear());
  return from === to ? String(from) : `${from} to ${to}`;
}

function epochs({ progress, energyJoules }: RunSnapshot): readonly Sentence[] {
  const { epochsCompleted, totalEpochs } = progress;
  if (epochsCompleted <= 0) return [];
  const count = totalEpochs === null ? `${epochsCompleted}` : `${epochsCompleted} of ${totalEpochs}`;
  const text = `It completed ${count} epochs, at ${formatEnergy(energyJoules / epochsCompleted)} each on average.`;
  return [{ text, references: [] }];
}

/** Only where the user gave inputs for the hardware, without which it is no SCI. */
function sciSentence(run: RunSnapshot, inputs: EmbodiedInputs | null): Sentence | null {
  if (inputs === null || !run.machineEnergyJoules) return null;
  const part = run.energyJoules / run.machineEnergyJoules;
  const grams = embodiedGrams(inputs, run.durationSeconds, part);
  const { epochsCompleted } = run.progress;
  const unit = epochsCompleted > 0 ? 'epoch' : 'run';
  const units = epochsCompleted > 0 ? epochsCompleted : 1;
  const score = sciScore({ operationalGrams: run.emissionsGrams, embodiedGrams: grams, unit, units });
  if (!score) return null;
  const { machineKilograms, lifetimeYears } = inputs;
  const text =
    `With the training’s share of making the machine, ${formatGrams(grams)} CO2e (of ${machineKilograms} kg over ` +
    `${lifetimeYears} years), its software carbon intensity is ${formatGrams(score.gramsPerUnit)} CO2e per ${unit}.`;
  return { text, references: [SCI] };
}

function notIncluded(isMakingCounted: boolean): string {
  const making = isMakingCounted ? '' : ', and making the hardware';
  return `Not included are other runs, such as those that failed or searched for hyperparameters${making}.`;
}

function short(text: string): string {
  return oneLine(text, LONGEST_LABEL);
}
