import { compare, type Compared, type ComparedRun, type Comparison } from '../../core/compare/comparison.ts';
import { costSentences } from '../../core/compare/costWords.ts';
import type { Alignment } from '../../core/compare/curve.ts';
import type { QualityMeasure } from '../../core/compare/quality.ts';
import { formatDuration, formatEnergy, formatGrams, formatTime } from '../../core/reports/format.ts';
import { stateName } from '../../core/reports/words.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import type { ComparedCell, ComparedRunRow, CompareView } from '../../protocol/messages.ts';
import { overlayOf, qualityChartOf } from './compareCharts.ts';

/** Differences below this are said to be none. Engineering judgement: half of the last digit that is shown. */
const LEAST_DIFFERENCE = 0.005;

export const GIVEN = 'given';

/** What the person has chosen. */
export interface CompareChoice {
  readonly alignment: Alignment;
  readonly measure: QualityMeasure;
  /** Metrics that the runs told. */
  readonly names: readonly string[];
}

/** Runs beside each other, as the page shows them. */
export function compareView(
  runs: readonly RunSnapshot[],
  points: (run: RunSnapshot) => readonly SamplePoint[],
  { alignment, measure, names }: CompareChoice,
): CompareView {
  const comparison = compare(runs, points, alignment);
  const chart = qualityChartOf(runs, measure);
  return {
    columns: [
      t('Energy'),
      'CO2e',
      t('Duration'),
      t('Energy per epoch'),
      t('CO2e per epoch'),
      t('Time per epoch'),
      endColumn(comparison),
    ],
    runs: comparison.runs.map((compared) => rowOf(compared, measure)),
    alignment,
    alignmentNote: alignmentNote(comparison),
    overlay: overlayOf(comparison),
    quality: {
      measures: [
        ...names.map((name) => ({ id: `seen ${name}`, label: name })),
        { id: GIVEN, label: t('A result that I give for each run') },
      ],
      chosen: measure.kind === 'given' ? GIVEN : `seen ${measure.name}`,
      chart,
      sentences: costSentences(runs, measure),
      missing: chart.x.length > 0 ? null : missingText(measure, names),
      isLowerBetter: measure.kind === 'given' ? measure.isLowerBetter : null,
    },
  };
}

function endColumn({ alignment, commonEnd }: Comparison): string {
  if (commonEnd === null) return t('Energy at the same point');
  return alignment === 'epoch'
    ? t('Energy at epoch {0}', commonEnd)
    : t('Energy after {0}', formatDuration(commonEnd));
}

function alignmentNote({ alignment, runs }: Comparison): string | null {
  const unknown = runs.filter(({ curve }) => curve === null).length;
  if (unknown === 0) return null;
  if (alignment === 'epoch')
    return unknown === 1
      ? t('One run has no epochs on record and no line here.')
      : t('{0} runs have no epochs on record and no line here.', unknown);
  return unknown === 1
    ? t('One run has no samples on record and no line here.')
    : t('{0} runs have no samples on record and no line here.', unknown);
}

function missingText(measure: QualityMeasure, names: readonly string[]): string {
  if (measure.kind === 'given') return t('Type the result of each run in the table above.');
  return names.length === 0
    ? t('The output of these runs told no loss and no accuracy.')
    : t('None of these runs told this metric.');
}

function rowOf(compared: ComparedRun, measure: QualityMeasure): ComparedRunRow {
  const { run } = compared;
  const given = measure.kind === 'given' ? measure.values[run.id] : undefined;
  return {
    id: run.id,
    title: run.label,
    note: `${formatTime(run.startedAtMillis)}, ${stateName(run.state)}`,
    cells: [
      cellOf(compared.energyJoules, formatEnergy),
      cellOf(compared.emissionsGrams, formatGrams),
      cellOf(compared.durationSeconds, formatDuration),
      cellOf(compared.energyPerEpochJoules, formatEnergy),
      cellOf(compared.gramsPerEpoch, formatGrams),
      cellOf(compared.secondsPerEpoch, formatDuration),
      cellOf(compared.energyAtCommonEnd, formatEnergy),
    ],
    given: measure.kind === 'given' ? (given === undefined ? '' : String(given)) : null,
  };
}

function cellOf(compared: Compared | null, format: (value: number) => string): ComparedCell {
  if (!compared) return { value: t('unknown'), difference: '', trend: null };
  return { value: format(compared.value), ...differenceOf(compared.difference) };
}

function differenceOf(difference: number | null): Omit<ComparedCell, 'value'> {
  if (difference === null) return { difference: '', trend: null };
  if (Math.abs(difference) < LEAST_DIFFERENCE) return { difference: t('the same'), trend: 'same' };
  const trend = difference > 0 ? 'more' : 'less';
  if (difference > 4) return { difference: t('{0} times', (difference + 1).toPrecision(3)), trend };
  const percent = Math.round(Math.abs(difference) * 100);
  return { difference: difference > 0 ? t('{0} % more', percent) : t('{0} % less', percent), trend };
}
