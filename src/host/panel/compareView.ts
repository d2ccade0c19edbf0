import { compare, type Compared, type ComparedRun, type Comparison } from '../../core/compare/comparison.ts';
import { costSentences } from '../../core/compare/costWords.ts';
import type { Alignment } from '../../core/compare/curve.ts';
import type { QualityMeasure } from '../../core/compare/quality.ts';
import { formatDuration, formatEnergy, formatGrams, formatTime } from '../../core/reports/format.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
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
      'Energy',
      'CO2e',
      'Duration',
      'Energy per epoch',
      'CO2e per epoch',
      'Time per epoch',
      endColumn(comparison),
    ],
    runs: comparison.runs.map((compared) => rowOf(compared, measure)),
    alignment,
    alignmentNote: alignmentNote(comparison),
    overlay: overlayOf(comparison),
    quality: {
      measures: [
        ...names.map((name) => ({ id: `seen ${name}`, label: name })),
        { id: GIVEN, label: 'A result that I give for each run' },
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
  if (commonEnd === null) return 'Energy at the same point';
  return alignment === 'epoch' ? `Energy at epoch ${commonEnd}` : `Energy after ${formatDuration(commonEnd)}`;
}

function alignmentNote({ alignment, runs }: Comparison): string | null {
  const unknown = runs.filter(({ curve }) => curve === null).length;
  if (unknown === 0) return null;
  const what = alignment === 'epoch' ? 'epochs' : 'samples';
  return `${unknown === 1 ? 'One run has' : `${unknown} runs have`} no ${what} on record and no line here.`;
}

function missingText(measure: QualityMeasure, names: readonly string[]): string {
  if (measure.kind === 'given') return 'Type the result of each run in the table above.';
  return names.length === 0
    ? 'The output of these runs told no loss and no accuracy.'
    : 'None of these runs told this metric.';
}

function rowOf(compared: ComparedRun, measure: QualityMeasure): ComparedRunRow {
  const { run } = compared;
  const given = measure.kind === 'given' ? measure.values[run.id] : undefined;
  return {
    id: run.id,
    title: run.label,
    note: `${formatTime(run.startedAtMillis)}, ${run.state}`,
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
  if (!compared) return { value: 'unknown', difference: '', trend: null };
  return { value: format(compared.value), ...differenceOf(compared.difference) };
}

function differenceOf(difference: number | null): Omit<ComparedCell, 'value'> {
  if (difference === null) return { difference: '', trend: null };
  if (Math.abs(difference) < LEAST_DIFFERENCE) return { difference: 'the same', trend: 'same' };
  const trend = difference > 0 ? 'more' : 'less';
  if (difference > 4) return { difference: `${(difference + 1).toPrecision(3)} times`, trend };
  return { difference: `${Math.round(Math.abs(difference) * 100)} % ${trend}`, trend };
}
