import { t } from '../../../language.ts';
import { JOULES_PER_KWH } from '../../carbon/facility.ts';
import { NO_PROGRESS } from '../../progress/event.ts';
import { formatEnergy, formatGrams } from '../../reports/format.ts';
import type { ComponentEnergy, RunSnapshot } from '../../runs/snapshot.ts';
import { contentId, noZoneNote, shortText, toldCarbon, TOLD_ELSEWHERE } from '../fields.ts';
import type { Consumption } from './consumption.ts';
import { epochRecord } from './epochs.ts';
import type { LogEntry } from './logEntries.ts';
import type { LoggedComponent, StandardLog } from './standardLog.ts';

/**
 * Parts are shown where they make up the total within this: durations are written to 0.01 s, and what the tool could
 * not measure it fills from other epochs. Engineering judgement.
 */
const SUM_TOLERANCE = 0.02;

/**
 * The run of a pair of logs, by a total in its output log.
 *
 * @param first what was logged first; null where it is not known to be of this run
 */
export function runOf(
  name: string,
  first: LogEntry | null,
  actual: Consumption,
  predicted: Consumption | null,
  told: StandardLog,
): RunSnapshot {
  const stem = name.replace(/_?carbontracker_output\.log$/i, '');
  const label = labelOf(stem);
  const { durationSeconds, emissionsGrams } = actual;
  const energyJoules = actual.energyKwh * JOULES_PER_KWH;
  const components = componentsOf(told, energyJoules);
  const source = `Carbontracker${told.version ? ` ${told.version}` : ''}`;
  const { pue, place } = told;
  const startedAtMillis = Math.min(first?.timeMillis ?? Infinity, actual.timeMillis - durationSeconds * 1000);
  const epochs = components.length > 0 ? epochRecord(told, startedAtMillis) : null;
  return {
    ...TOLD_ELSEWHERE,
    id: contentId('carbontracker', actual.text),
    ...{ label, project: label, origin: 'carbontracker' },
    state: told.interruptedBefore === null ? 'finished' : 'stopped',
    startedAtMillis,
    endedAtMillis: actual.timeMillis,
    ...{ durationSeconds, energyJoules, emissionsGrams, components },
    machineEnergyJoules: null,
    howKnown: howKnown(components),
    carbon: toldCarbon({ energyJoules, emissionsGrams }, { place: place ?? '', source, pue }),
    progress: progressOf(actual, predicted, told),
    ...(epochs === null ? {} : { epochs }),
    notes: [t('Imported from {0}.', source), noZoneNote(), ...predictionNote(actual, predicted)],
  };
}

/** The prefix that the user chose; what else the name has is process, number and time. */
function labelOf(stem: string): string {
  const prefix = stem.replace(/_?(\d+(\.\w+)?_)?\d{4}-\d\d-\d\dT[\d:]{4,8}Z$/, '');
  return shortText(prefix) || 'carbontracker';
}

function progressOf(
  { epochs }: Consumption,
  predicted: Consumption | null,
  { interruptedBefore }: StandardLog,
): RunSnapshot['progress'] {
  if (epochs === null) return NO_PROGRESS;
  const totalEpochs = predicted?.epochs ?? interruptedBefore ?? epochs;
  return { ...NO_PROGRESS, epoch: epochs, epochsCompleted: epochs, totalEpochs, totalSource: 'output' };
}

function predictionNote(actual: Consumption, predicted: Consumption | null): string[] {
  if (!predicted || predicted.epochs === null || predicted.epochs === actual.epochs) return [];
  const energy = formatEnergy(predicted.energyKwh * JOULES_PER_KWH);
  const grams = formatGrams(predicted.emissionsGrams);
  return [t('It predicted {0} and {1} CO2e for {2} epochs.', energy, grams, predicted.epochs)];
}

function joulesOf({ epochJoules }: LoggedComponent): number | null {
  return epochJoules && epochJoules.reduce((sum, joules) => sum + joules, 0);
}

/** With PUE, as in the total; empty where they do not make it up. */
function componentsOf({ components, pue }: StandardLog, totalJoules: number): ComponentEnergy[] {
  const sum = components.reduce((total, part) => total + (joulesOf(part) ?? NaN), 0) * (pue ?? 1);
  if (!(Math.abs(sum - totalJoules) <= totalJoules * SUM_TOLERANCE)) return [];
  return components.map((part) => ({
    ...{ component: part.name, device: shortText(part.devices), source: 'carbontracker' },
    ...{ quality: qualityOf(part), uncertainty: null },
    energyJoules: (joulesOf(part) ?? 0) * (pue ?? 1),
    machineEnergyJoules: null,
  }));
}

/**
 * RAPL's zones have names of their own (components/cpu/intel.py). Any other processor but Apple's is by its rated power
 * (generic.py, sim_cpu.py). A graphics card may be measured or simulated: the log does not say.
 */
function qualityOf({ name, devices }: LoggedComponent): ComponentEnergy['quality'] {
  if (name !== 'cpu' || /^CPU$/i.test(devices)) return 'unknown';
  return devices.split(', ').every((device) => /^(cpu|dram):\d+$/.test(device)) ? 'measured' : 'estimated';
}

function howKnown(components: readonly ComponentEnergy[]): RunSnapshot['howKnown'] {
  const qualities = new Set(components.map(({ quality }) => quality));
  if (qualities.has('unknown')) return 'unknown';
  return qualities.size > 1 ? 'mixed' : ([...qualities][0] ?? 'unknown');
}
