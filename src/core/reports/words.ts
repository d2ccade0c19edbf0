import { t } from '../../language.ts';
import type { CarbonContext } from '../carbon/intensity.ts';
import type { IdlePower } from '../metering/attribution.ts';
import type { Progress } from '../progress/event.ts';
import { workToDo, workUnit } from '../progress/fraction.ts';
import type { ComponentEnergy, RunSnapshot, RunState } from '../runs/snapshot.ts';
import { formatDuration, formatInterval, formatEnergy, formatGrams, formatPercent } from './format.ts';
import { intensityRange } from './intensityRange.ts';
import { provenanceText } from './provenance.ts';

const HOW_KNOWN: Readonly<Record<RunSnapshot['howKnown'], () => string>> = {
  measured: () => t('measured'),
  estimated: () => t('estimated'),
  mixed: () => t('partly measured, partly estimated'),
  unknown: () => t('not known yet'),
};

const KNOWN_BY: Readonly<Record<ComponentEnergy['quality'], (source: string) => string>> = {
  measured: (source) => t('measured by {0}', source),
  estimated: (source) => t('estimated by {0}', source),
  unknown: (source) => t('told by {0}', source),
};

const COMPONENT_NAMES: Readonly<Record<ComponentEnergy['component'], () => string>> = {
  cpu: () => t('Processor'),
  dram: () => t('Memory'),
  gpu: () => 'GPU',
  rest: () => t('Rest of the machine'),
};

const SOURCE_NAMES: ReadonlyMap<string, () => string> = new Map([
  ['rapl', () => t('RAPL counters')],
  ['nvml', () => 'NVML'],
  ['amdgpu', () => t('the amdgpu driver')],
  ['intel-gpu', () => t('the card’s energy counter')],
  ['jetson', () => t('power rails')],
  ['acpi-meter', () => t('the firmware’s power meter')],
  ['ipmi', () => t('the management controller')],
  ['battery', () => t('the battery')],
  ['carbontracker', () => 'Carbontracker'],
  ['codecarbon', () => 'CodeCarbon'],
  ['gpu-estimate', () => t('load and hardware model')],
  ['estimate', () => t('load and hardware model')],
]);

export function componentName(component: ComponentEnergy['component']): string {
  return COMPONENT_NAMES[component]();
}

export function sourceName(source: string): string {
  return SOURCE_NAMES.get(source)?.() ?? source;
}

/** `measured by RAPL counters, ±5 %`; `told by CodeCarbon` where a file says no more. */
export function howComponentKnown({ quality, source, uncertainty }: ComponentEnergy): string {
  const how = KNOWN_BY[quality](sourceName(source));
  return uncertainty === null ? how : `${how}, ${errorText(uncertainty)}`;
}

/** `±5 %`, or that it is unknown. */
export function errorText(uncertainty: number | null): string {
  return uncertainty === null ? t('error unknown') : `±${formatPercent(uncertainty)}`;
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
  if (howKnown === 'unknown' && energyJoules > 0) return t('how it is known is unknown');
  if (howKnown !== 'mixed' || energyJoules <= 0) return HOW_KNOWN[howKnown]();
  const measured = components.filter(({ quality }) => quality === 'measured');
  const share = measured.reduce((sum, entry) => sum + entry.energyJoules, 0) / energyJoules;
  return t('{0} measured, {1} estimated', formatPercent(share), formatPercent(1 - share));
}

/** Of which the run had its part, in English: `, of which the run 38 %`; empty where the machine used nothing. */
export function shareText({
  energyJoules,
  machineEnergyJoules,
}: Pick<RunSnapshot, 'energyJoules' | 'machineEnergyJoules'>): string {
  if (machineEnergyJoules === null || machineEnergyJoules <= 0) return '';
  return `, of which the run ${formatPercent(energyJoules / machineEnergyJoules)}`;
}

const IDLE_POWER: Readonly<Record<IdlePower, () => string>> = {
  proportional: () => t('shared by use'),
  none: () => t('left to the machine'),
  all: () => t('counted as the run’s'),
};

/** What became of idle power. @returns null for a run that has not recorded it */
export function idlePowerText({ idlePower }: RunSnapshot): string | null {
  return idlePower ? IDLE_POWER[idlePower]() : null;
}

/** `342 gCO2e/kWh, Germany, yearly average, Ember through CO2.js 0.19.0`, and why it is no better. */
export function intensityText({ intensity }: CarbonContext): string {
  const text = `${Math.round(intensity.gramsPerKwh)} gCO2e/kWh, ${provenanceText(intensity.place)}, ${provenanceText(intensity.source)}`;
  return intensity.fallback ? `${text} (${intensity.fallback})` : text;
}

/** `231 gCO2e/kWh on average, 180 to 320`; null where it did not change over the run. */
export function intensityRangeText(run: RunSnapshot): string | null {
  const range = intensityRange(run);
  if (!range) return null;
  const [mean, low, high] = [Math.round(range.mean), Math.round(range.low), Math.round(range.high)];
  return low === high ? null : t('{0} gCO2e/kWh on average, {1} to {2}', mean, low, high);
}

/** Whose figures were used, with their licences where there are any; null where only yearly averages were. */
export function attributionText({ carbon }: RunSnapshot): string | null {
  const names = [carbon.intensity, carbon.marginal].flatMap((each) => each?.live?.attribution ?? []);
  return names.length > 0 ? [...new Set(names)].join('; ') : null;
}

/** `12.1 g CO2e (marginal, by 410 gCO2e/kWh now)`: what the run added; null where nobody told it. */
export function marginalText({ marginal, carbon }: RunSnapshot): string | null {
  if (!marginal) return null;
  const grams = formatGrams(marginal.emissionsGrams);
  return carbon.marginal
    ? t(
        '{0} CO2e by the plants that answer to more load, {1}; not part of the emissions above',
        ...[grams, carbon.marginal.source],
      )
    : t('{0} CO2e by the plants that answer to more load; not part of the emissions above', grams);
}

export function pueText({ pue, pueSource }: CarbonContext): string {
  return `${pue} (${provenanceText(pueSource)})`;
}

const STATE_NAMES: Readonly<Record<RunState, () => string>> = {
  running: () => t('running'),
  finished: () => t('finished'),
  failed: () => t('failed'),
  stopped: () => t('stopped'),
  interrupted: () => t('interrupted'),
};

/** `finished`: what became of a run, in one word. */
export function stateName(state: RunState): string {
  return STATE_NAMES[state]();
}

/** `1 run`, `12 runs`. @param shown the number as it is written */
export function runCountText(count: number, shown = String(count)): string {
  return count === 1 ? t('1 run') : t('{0} runs', shown);
}

export function stateText(run: RunSnapshot): string {
  const duration = formatDuration(run.durationSeconds);
  switch (run.state) {
    case 'running':
      return run.isPaused ? t('paused, {0} after its start', duration) : t('running for {0}', duration);
    case 'finished':
      return run.exitCode === null
        ? t('finished in {0}, exit code unknown', duration)
        : t('finished in {0}', duration);
    case 'failed':
      return t('failed with exit code {0} after {1}', String(run.exitCode), duration);
    case 'stopped':
      return t('stopped after {0}', duration);
    case 'interrupted':
      return t('ended unseen after {0}, exit code unknown', duration);
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
  if (stage) parts.push(t('part {0}', outOf(stage, totalStages)));
  if (isOver && (epoch !== null || epochsCompleted > 0)) {
    parts.push(t('{0} epochs completed', outOf(epochsCompleted, totalEpochs)));
  } else {
    if (epoch !== null) parts.push(t('epoch {0}', outOf(epoch, totalEpochs)));
    if (step !== null) parts.push(t('step {0}', outOf(step, totalSteps)));
    else if (typeof percent === 'number') parts.push(`${percent} %`);
  }
  if (parts.length > 0 && progress.totalSource === 'history')
    parts.push(t('the total guessed from earlier runs'));
  if (parts.length > 0 && progress.totalSource === 'config')
    parts.push(t('the total by the configuration file'));
  if (parts.length > 0 && progress.isStale) parts.push(t('as last seen before a reload'));
  return parts.join(', ') || t('no progress recognised in the output');
}

/** `3 of 30`; `3` where nobody knows of how many. */
function outOf(count: number, total: number | null): string {
  return total === null ? String(count) : t('{0} of {1}', count, total);
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
  if (workUnit(run.progress) === null) return { missing: t('no progress recognised in the output yet') };
  if (workToDo(run.progress) === null)
    return { missing: t('the number of epochs is unknown: set it in the task or the settings') };
  return { missing: t('comes with the first steps, or the first finished epoch') };
}
