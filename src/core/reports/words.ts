import type { CarbonContext } from '../carbon/intensity.ts';
import type { ComponentEnergy, RunSnapshot } from '../runs/snapshot.ts';
import { formatDuration, formatInterval, formatEnergy, formatGrams, formatPercent } from './format.ts';

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
  estimate: 'load and hardware model',
};

export function componentName(component: ComponentEnergy['component']): string {
  return COMPONENT_NAMES[component];
}

export function sourceName(source: string): string {
  return SOURCE_NAMES[source] ?? source;
}

/** `measured by RAPL counters, ±5 %`. */
export function howComponentKnown(entry: ComponentEnergy): string {
  return `${entry.quality} by ${sourceName(entry.source)}, ±${formatPercent(entry.uncertainty)}`;
}

/** `measured, ±5 %`. */
export function howRunKnown(run: Pick<RunSnapshot, 'howKnown' | 'uncertainty'>): string {
  if (run.howKnown === 'unknown') return HOW_KNOWN.unknown;
  return `${HOW_KNOWN[run.howKnown]}, ±${formatPercent(run.uncertainty)}`;
}

/** `342 gCO2e/kWh, Germany, yearly average, Ember through CO2.js 0.19.0`. */
export function intensityText({ intensity }: CarbonContext): string {
  return `${Math.round(intensity.gramsPerKwh)} gCO2e/kWh, ${intensity.place}, ${intensity.source}`;
}

export function pueText({ pue, pueSource }: CarbonContext): string {
  return `${pue} (${pueSource})`;
}

export function stateText(run: RunSnapshot): string {
  const duration = formatDuration(run.durationSeconds);
  switch (run.state) {
    case 'running':
      return `running for ${duration}`;
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

/** `epoch 3 of 30, step 42 of 100`, or how to make it known. */
export function progressText(run: RunSnapshot): string {
  const { epoch, epochsCompleted, totalEpochs, step, totalSteps } = run.progress;
  const parts: string[] = [];
  if (run.state !== 'running' && (epoch !== null || epochsCompleted > 0)) {
    parts.push(`${epochsCompleted}${totalEpochs === null ? '' : ` of ${totalEpochs}`} epochs completed`);
  } else {
    if (epoch !== null) parts.push(`epoch ${epoch}${totalEpochs === null ? '' : ` of ${totalEpochs}`}`);
    if (step !== null) parts.push(`step ${step}${totalSteps === null ? '' : ` of ${totalSteps}`}`);
  }
  if (parts.length > 0 && run.progress.isStale) parts.push('as last seen before a reload');
  return parts.join(', ') || 'no progress recognised in the output';
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
  if (run.progress.epoch === null && run.progress.step === null)
    return { missing: 'no progress recognised in the output yet' };
  if (run.progress.totalEpochs === null)
    return { missing: 'the number of epochs is unknown: set it in the task or the settings' };
  return { missing: 'comes with the first finished epoch' };
}
