import { formatDuration, formatEnergy, formatGrams } from '../../core/reports/format.ts';
import { formatMetric } from '../../core/reports/metricText.ts';
import { epochUses, type EpochUse } from '../../core/runs/epochUse.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import type { EpochRow, EpochTable } from '../../protocol/messages.ts';

/** Columns of metrics that a table still has room for. */
const MOST_METRICS = 4;

/** The run epoch by epoch, the newest first; null where it has none. */
export function epochTable(run: RunSnapshot): EpochTable | null {
  const uses = epochUses(run);
  const unit = run.epochs?.unit ?? 'epoch';
  const titles =
    unit === 'step'
      ? { title: t('Steps'), rowTitle: t('Step') }
      : { title: t('Epochs'), rowTitle: t('Epoch') };
  if (!uses) {
    if (run.progress.epochsCompleted === 0 || run.epochs) return null;
    return {
      ...titles,
      metrics: [],
      rows: [],
      note: t('Unknown: this run was recorded before epochs were.'),
    };
  }
  const metrics = metricNames(uses);
  const current = unit === 'epoch' && run.state === 'running' ? currentUse(run, uses) : null;
  const most = Math.max(...uses.map(perOne), current ? current.energyJoules : 0);
  const rows = uses.map((use) => rowOf(use, run, metrics, most));
  if (current)
    rows.push({
      ...rowOf(current, run, metrics, most),
      ...{ id: 'current', label: t('{0}, so far', current.from) },
    });
  return { ...titles, metrics, rows: rows.reverse(), note: noteOf(uses, unit) };
}

/** Those told last, of other data than the training's first. */
function metricNames(uses: readonly EpochUse[]): readonly string[] {
  const names = [...new Set(uses.slice(-8).flatMap(({ metrics }) => Object.keys(metrics ?? {})))];
  return names.slice(0, MOST_METRICS);
}

function currentUse(run: RunSnapshot, uses: readonly EpochUse[]): EpochUse | null {
  const last = uses.at(-1);
  const { progress } = run;
  const isOver = progress.totalEpochs !== null && progress.epochsCompleted >= progress.totalEpochs;
  if (!last || isOver || run.energyJoules <= last.energySoFarJoules) return null;
  return {
    ...last,
    from: last.to + 1,
    to: last.to + 1,
    energyJoules: run.energyJoules - last.energySoFarJoules,
    emissionsGrams: Math.max(0, run.emissionsGrams - last.gramsSoFar),
    durationSeconds: Math.max(0, run.durationSeconds - last.secondsSoFar),
    metrics: null,
  };
}

function rowOf(use: EpochUse, run: RunSnapshot, metrics: readonly string[], most: number): EpochRow {
  const before = run.epochs?.unit === 'step' ? 0 : (run.progress.epochsBefore ?? 0);
  const [from, to] = [use.from + before, use.to + before];
  return {
    id: `${from}`,
    label: from === to ? `${from}` : `${from}–${to}`,
    energy: formatEnergy(use.energyJoules),
    energyTitle: `${Math.round(use.energyJoules)} J`,
    emissions: formatGrams(use.emissionsGrams),
    duration: formatDuration(use.durationSeconds),
    metrics: metrics.map((name) =>
      use.metrics?.[name] === undefined ? '–' : formatMetric(use.metrics[name]),
    ),
    share: most > 0 ? perOne(use) / most : 0,
  };
}

function perOne({ from, to, energyJoules }: EpochUse): number {
  return energyJoules / Math.max(1, to - from + 1);
}

function noteOf(uses: readonly EpochUse[], unit: 'epoch' | 'step'): string | null {
  const several = uses.some(({ from, to }) => to > from);
  return several && unit === 'epoch'
    ? t(
        'A row stands for several epochs where their ends came at once or there are too many to keep. Bars are per epoch.',
      )
    : null;
}
