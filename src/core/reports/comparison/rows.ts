import { t } from '../../../language.ts';
import { formatDuration, formatEnergy, formatGrams, formatTime } from '../format.ts';
import { provenanceText } from '../provenance.ts';
import { energyText, howRunKnown, progressText, stateText } from '../words.ts';
import type { ComparedRun, Comparison, Difference } from './comparison.ts';

/** One thing that is compared: its name, and for each run what it is. */
export interface ComparisonRow {
  readonly name: string;
  readonly cells: readonly string[];
  /** For each run whether it is less or more than the first, where that is clear; else null. */
  readonly trends: readonly ('less' | 'more' | null)[];
}

const NONE = '–';

/** The comparison as rows of text, the same for every format that people read. */
export function comparisonRows({ runs }: Comparison): readonly ComparisonRow[] {
  const row = (name: string, cell: (run: ComparedRun) => string): ComparisonRow => ({
    ...{ name, cells: runs.map(cell) },
    trends: runs.map(() => null),
  });
  const change = (name: string, key: keyof Trended): ComparisonRow => ({
    ...{ name, cells: runs.map(({ difference }) => differenceText(difference, key)) },
    trends: runs.map(({ difference }) => trendOf(difference, key)),
  });
  return [
    row(t('Started'), ({ run }) => formatTime(run.startedAtMillis)),
    row(t('State'), ({ run }) => stateText(run)),
    row(t('Energy'), ({ run }) => energyText(run)),
    change(t('Difference in energy'), 'energyShare'),
    row(t('How it is known'), ({ run }) => howRunKnown(run)),
    row(t('Emissions'), ({ run }) => `${formatGrams(run.emissionsGrams)} CO2e`),
    change(t('Difference in emissions'), 'emissionsShare'),
    row(t('Duration'), ({ run }) => formatDuration(run.durationSeconds)),
    change(t('Difference in time'), 'durationShare'),
    row(t('Progress'), ({ run }) => progressText(run)),
    row(t('Energy an epoch'), ({ perEpoch }) => (perEpoch ? formatEnergy(perEpoch.energyJoules) : NONE)),
    row(t('Emissions an epoch'), ({ perEpoch }) =>
      perEpoch ? `${formatGrams(perEpoch.emissionsGrams)} CO2e` : NONE,
    ),
    row(t('Time an epoch'), ({ perEpoch }) => (perEpoch ? formatDuration(perEpoch.durationSeconds) : NONE)),
    row(t('Carbon intensity'), ({ run }) => intensityCell(run)),
  ];
}

type Trended = Pick<Difference, 'energyShare' | 'emissionsShare' | 'durationShare'>;

function differenceText(difference: Difference | null, key: keyof Trended): string {
  const share = difference?.[key] ?? null;
  if (!difference || share === null) return NONE;
  return key === 'energyShare' && difference.isClear === false
    ? t('{0}, within the errors', signedPercent(share))
    : signedPercent(share);
}

/** `+12 %`, `−3.4 %`. */
export function signedPercent(share: number): string {
  const percent = share * 100;
  const digits = Math.abs(percent) < 9.95 ? 1 : 0;
  const text = Math.abs(percent).toFixed(digits);
  if (Number(text) === 0) return '0 %';
  return `${percent < 0 ? '−' : '+'}${text} %`;
}

function trendOf(difference: Difference | null, key: keyof Trended): 'less' | 'more' | null {
  const share = difference?.[key] ?? null;
  const isClear = key !== 'energyShare' || difference?.isClear !== false;
  if (share === null || !isClear || Math.abs(share) < 0.0005) return null;
  return share < 0 ? 'less' : 'more';
}

function intensityCell({ carbon }: ComparedRun['run']): string {
  return `${Math.round(carbon.intensity.gramsPerKwh)} gCO2e/kWh, ${provenanceText(carbon.intensity.place)}, PUE ${carbon.pue}`;
}
