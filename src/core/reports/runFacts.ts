import { t } from '../../language.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatDuration, formatEnergy, formatTime } from './format.ts';
import {
  attributionText,
  idlePowerText,
  intensityRangeText,
  intensityText,
  marginalText,
  progressText,
  pueText,
  stateText,
} from './words.ts';

/** A name and what it is, as text. */
export type Fact = readonly [name: string, text: string];

/** What a report tells of a run besides energy and emissions. What is unknown is left out. */
export function runFacts(run: RunSnapshot): readonly Fact[] {
  const facts: readonly (readonly [string, string | null])[] = [
    [t('State'), stateText(run)],
    [t('Started'), formatTime(run.startedAtMillis)],
    [t('Duration'), formatDuration(run.durationSeconds)],
    [t('Progress'), progressText(run)],
    [t('Machine over the same time'), formatEnergy(run.machineEnergyJoules)],
    [t('Idle power'), idlePowerText(run)],
    [t('Carbon intensity'), intensityText(run.carbon)],
    [t('Over the run'), intensityRangeText(run)],
    [t('Marginal emissions'), marginalText(run)],
    [t('Intensity by'), attributionText(run)],
    ['PUE', pueText(run.carbon)],
    [t('Directory'), run.cwd],
    [t('To be exact'), run.carbon.intensity.fix],
  ];
  return facts.flatMap(([name, text]) => (text ? [[name, text] as const] : []));
}
