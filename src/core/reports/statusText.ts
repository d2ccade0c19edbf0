import { t } from '../../language.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatEnergy, formatGrams } from './format.ts';

/** What marks an estimate where there is no room for a word. */
const ESTIMATED = '~';

/** One line on a run: `~12.4 Wh · 3.1 g → 148 Wh · 37 g  ep 3/30`; grams are of CO2 equivalent. */
export function statusText(run: RunSnapshot, runCount: number): string {
  const mark = run.howKnown === 'measured' ? '' : ESTIMATED;
  const count = runCount > 1 ? `${t('{0} runs', runCount)} · ` : '';
  return `${count}${mark}${formatEnergy(run.energyJoules)} · ${formatGrams(run.emissionsGrams)}${projected(run)}${epoch(run)}${run.isPaused ? `  ${t('paused')}` : ''}`;
}

function projected({ projection, projectedEmissionsGrams }: RunSnapshot): string {
  if (!projection || !projectedEmissionsGrams) return '';
  return ` → ${formatEnergy(projection.totalEnergyJoules.median)} · ${formatGrams(projectedEmissionsGrams.median)}`;
}

function epoch({ progress }: RunSnapshot): string {
  if (progress.epoch === null) return '';
  const epoch = `${progress.epoch}${progress.isStale ? '+' : ''}`;
  return `  ${t('ep {0}', progress.totalEpochs === null ? epoch : `${epoch}/${progress.totalEpochs}`)}`;
}
