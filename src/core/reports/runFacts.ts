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
    ['State', stateText(run)],
    ['Started', formatTime(run.startedAtMillis)],
    ['Duration', formatDuration(run.durationSeconds)],
    ['Progress', progressText(run)],
    ['Machine over the same time', formatEnergy(run.machineEnergyJoules)],
    ['Idle power', idlePowerText(run)],
    ['Carbon intensity', intensityText(run.carbon)],
    ['Over the run', intensityRangeText(run)],
    ['Marginal emissions', marginalText(run)],
    ['Intensity by', attributionText(run)],
    ['PUE', pueText(run.carbon)],
    ['Directory', run.cwd],
    ['To be exact', run.carbon.intensity.fix],
  ];
  return facts.flatMap(([name, text]) => (text ? [[name, text] as const] : []));
}
