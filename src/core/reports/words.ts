import type { CarbonContext } from '../carbon/intensity.ts';
import type { IdlePower } from '../metering/attribution.ts';
import type { Progress } from '../progress/event.ts';
import { workToDo, workUnit } from '../progress/fraction.ts';
import type { ComponentEnergy, RunSnapshot } from '../runs/snapshot.ts';
import { formatDuration, formatInterval, formatEnergy, formatGrams, formatPercent } from './format.ts';
import { intensityRange } from './intensityRange.ts';

const HOW_KNOWN: Readonly<Record<RunSnapshot['howKnown'], string>> = {
  measured: 'measured',
  estimated: 'estimated',
  mixed: 'partly measured, partly estimated',
  unknown: 'not known yet',
};

const COMPONENT_NAMES: Readonly<Record<ComponentEnergy['component'], string>> = {
  cpu: 'Processor',
  dram: 'Memory',
  gpu: 'GPU',
  rest: 'Rest of the machine',
};

const SOURCE_NAMES: Readonly<Record<string, string>> = {
  rapl: 'RAPL counters',
  nvml: 'NVML',
  amdgpu: 'the amdgpu driver',
  'intel-gpu': 'the card’s energy counter',
  jetson: 'power rails',
  'acpi-meter': 'the firmware’s power meter',
  ipmi: 'the management controller',
  battery: 'the battery',
  carbontracker: 'Carbontracker',
  codecarbon: 'CodeCarbon',
  'gpu-estimate': 'load and hardware model',
  estimate: 'load and hardware model',
};

export function componentName(component: ComponentEnergy['component']): string {
  return COMPONENT_NAMES[component];
}

export function sourceName(source: string): string {
  return SOURCE_NAMES[source] ?? source;
}

/** `measured by RAPL counters, ±5 %`; `told by CodeCarbon` where a file says no more. */
export function howComponentKnown({ quality, source, uncertainty }: ComponentEnergy): string {
  const how = `${quality === 'unknown' ? 'told' : quality} by ${sourceName(source)}`;
  return uncertainty === null ? how : `${how}, ${errorText(uncertainty)}`;
}

/** `±5 %`, or that it is unknown. */
export function errorText(uncertainty: number | null): string {
  return uncertainty === null ? 'error unknown' : `±${formatPercent(uncertainty)}`;
}

/** `12.4 Wh ±6 %`. */
export function energyText(run: Pick<RunSnapshot, 'energyJoules' | 'howKnown' | 'uncertainty'>): string {
  const energy = formatEnergy(run.energyJoules);
  const isTold = run.howKnown !== 'unknown' && run.uncertainty !== null;
  return isTold ? `${energy} ${errorText(run.uncertainty)}` : energy;
}

/** `measured`, or how much of it is: `71 % measured, 29 % estimated`. */
export function howRunKnown({
  howKnown,
  components,
  energyJoules,
}: Pick<RunSnapshot, 'howKnown' | 'components' | 'energyJoules'>): string {
  if (howKnown === 'unknown' && energyJoules > 0) return 'how it is known is unknown';
  if (howKnown !== 'mixed' || energyJoules <= 0) return HOW_KNOWN[howKnown];
  const measured = components.filter(({ quality }) => quality === 'measured');
  const share = measured.reduce((sum, entry) => sum + entry.energyJoules, 0) / energyJoules;
  return `${formatPercent(share)} measured, ${formatPercent(1 - share)} estimated`;
}

/** Of which the run had its part: `, of which the run 38 %`; empty where the machine used nothing. */
export function shareText({
  energyJoules,
  machineEnergyJoules,
}: Pick<RunSnapshot, 'energyJoules' | 'machineEnergyJoules'>): string {
  if (machineEnergyJoules === null || machineEnergyJoules <= 0) return '';
  return `, of which the run ${formatPercent(energyJoules / machineEnergyJoules)}`;
}

const IDLE_POWER: Readonly<Record<IdlePower, string>> = {
  proportional: 'shared by use',
  none: 'left to the machine',
  all: 'counted as the run’s',
};

/** What became of idle power. @returns null for a run that has not recorded it */
export function idlePowerText({ idlePower }: RunSnapshot): string | null {
  return idlePower ? IDLE_POWER[idlePower] : null;
}

/** `342 gCO2e/kWh, Germany, yearly average, Ember through CO2.js 0.19.0`, and why it is no better. */
export function intensityText({ intensity }: CarbonContext): string {
  const text = `${Math.round(intensity.gramsPerKwh)} gCO2e/kWh, ${intensity.place}, ${intensity.source}`;
  return intensity.fallback ? `${text} (${intensity.fallback})` : text;
}

/** `231 gCO2e/kWh on average, 180 to 320`; null where it did not change over the run. */
export function intensityRangeText(run: RunSnapshot): string | null {
  const range = intensityRange(run);
  if (!range) return null;
  const [mean, low, high] = [range.mean, range.low, range.high].map(Math.round);
  return low === high ? null : `${mean} gCO2e/kWh on average, ${low} to ${high}`;
}

/** Whose figures were used, with their licences where there are any; null where only yearly averages were. */
export function attributionText({ carbon }: RunSnapshot): string | null {
  const names = [carbon.intensity, carbon.marginal].flatMap((each) => each?.live?.attribution ?? []);
  return names.length > 0 ? [...new Set(names)].join('; ') : null;
}

/** `12.1 g CO2e (marginal, by 410 gCO2e/kWh now)`: what the run added; null where nobody told it. */
export function marginalText({ marginal, carbon }: RunSnapshot): string | null {
  if (!marginal) return null;
  const source = carbon.marginal ? `, ${carbon.marginal.source}` : '';
  return `${formatGrams(marginal.emissionsGrams)} CO2e by the plants that answer to more load${source}; not part of the emissions above`;
}

export function pueText({ pue, pueSource }: CarbonContext): string {
  return `${pue} (${pueSource})`;
}

export function stateText(run: RunSnapshot): string {
  const duration = formatDuration(run.durationSeconds);
  switch (run.state) {
    case 'running':
      return run.isPaused ? `paused, ${duration} after its start` : `running for ${duration}`;
    case 'finished':
      return `finished in ${duration}${run.exitCode === null ? ', exit code unknown' : ''}`;
    case 'failed':
      return `failed with exit code ${run.exitCode} after ${duration}`;
    case 'stopped':
      return `stopped after ${duration}`;
    case 'interrupted':
      return `ended unseen after ${duration}, exit code unknown`;
  }
}

/** `epoch 3 of 30, step 42 of 100`, or that nothing is known. */
export function progressText(run: RunSnapshot): string {
  return progressPhrase(run.progress, run.state !== 'running');
}

/** The same of a progress alone. @param isOver the training is, so that what it completed counts */
export function progressPhrase(progress: Progress, isOver = false): string {
  const { epoch, epochsCompleted, totalEpochs, step, totalSteps, percent, stage, totalStages } = progress;
  const parts: string[] = [];
  if (stage) parts.push(`part ${stage}${of(totalStages)}`);
  if (isOver && (epoch !== null || epochsCompleted > 0)) {
    parts.push(`${epochsCompleted}${of(totalEpochs)} epochs completed`);
  } else {
    if (epoch !== null) parts.push(`epoch ${epoch}${of(totalEpochs)}`);
    if (step !== null) parts.push(`step ${step}${of(totalSteps)}`);
    else if (typeof percent === 'number') parts.push(`${percent} %`);
  }
  if (parts.length > 0 && progress.totalSource === 'history')
    parts.push('the total guessed from earlier runs');
  if (parts.length > 0 && progress.totalSource === 'config')
    parts.push('the total by the configuration file');
  if (parts.length > 0 && progress.isStale) parts.push('as last seen before a reload');
  return parts.join(', ') || 'no progress recognised in the output';
}

function of(total: number | null): string {
  return total === null ? '' : ` of ${total}`;
}

/** The projected total in words; without one, why, and what would help. */
export function projectionText(
  run: RunSnapshot,
): { energy: string; emissions: string; time: string } | { missing: string } {
  if (run.projection && run.projectedEmissionsGrams) {
    return {
      energy: formatInterval(run.projection.totalEnergyJoules, formatEnergy),
      emissions: formatInterval(run.projectedEmissionsGrams, formatGrams),
      time: formatInterval(run.projection.remainingSeconds, formatDuration),
    };
  }
  if (workUnit(run.progress) === null) return { missing: 'no progress recognised in the output yet' };
  if (workToDo(run.progress) === null)
    return { missing: 'the number of epochs is unknown: set it in the task or the settings' };
  return { missing: 'comes with the first steps, or the first finished epoch' };
}
