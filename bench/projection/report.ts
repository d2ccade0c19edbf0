import type { Quantity } from '../../src/core/projection/cost.ts';
import type { Table } from '../report.ts';
import { coverage, quantile, type Evaluation, type Figure, type Rule } from './evaluation.ts';
import { MOMENTS, type Moment } from './replay.ts';

/** What was aimed at, and what came of it. */
export interface Target {
  readonly name: string;
  readonly value: string;
  readonly isMet: boolean;
}

const STEADY_TOLERANCE = 0.005;

export function targets(evaluation: Evaluation): readonly Target[] {
  const first = (rule: Rule) => quantile(of(evaluation, rule, 'first epoch', 'energyJoules'), 0.5) ?? NaN;
  const [ours, theirs] = [first('ours'), first('carbontracker')];
  const worst = Math.max(...steadyDifferences(evaluation));
  const early = of(evaluation, 'ours', 0.05, 'energyJoules').filter(({ trace }) => trace.hasSteps);
  const far = early.filter(({ error }) => Math.abs(error) > 0.2).map(({ trace }) => trace.name);
  const near = early.length - far.length;
  const withSteps = evaluation.traces.filter(({ hasSteps }) => hasSteps).length;
  const held = coverage(evaluation.figures) ?? NaN;
  return [
    {
      name: 'Median error of energy after the first epoch below half of Carbontracker’s',
      value: `${percent(ours)} to ${percent(theirs)}: ${(ours / theirs).toFixed(2)}`,
      isMet: ours < theirs / 2,
    },
    {
      name: `Never worse than Carbontracker on a steady training (by more than ${percent(STEADY_TOLERANCE)})`,
      value: `at most ${percent(worst)} more error, ${steadyDifferences(evaluation).length} trainings`,
      isMet: worst <= STEADY_TOLERANCE,
    },
    {
      name: 'Within 20 % at 5 % of the work, where steps are shown',
      value: `${near} of ${withSteps}, median error ${percent(quantile(early, 0.5))}${far.length > 0 ? `; not ${far.join(', ')}` : ''}`,
      isMet: near === withSteps,
    },
    {
      name: 'The 80 % interval holds the truth in 75 % to 88 %',
      value: percent(held),
      isMet: held >= 0.75 && held <= 0.88,
    },
  ];
}

function steadyDifferences(evaluation: Evaluation): readonly number[] {
  const theirs = of(evaluation, 'carbontracker', 'first epoch', 'energyJoules');
  return of(evaluation, 'ours', 'first epoch', 'energyJoules').flatMap(({ trace, error }) => {
    const other = theirs.find((figure) => figure.trace === trace);
    return trace.shape === 'steady' && other ? [Math.abs(error) - Math.abs(other.error)] : [];
  });
}

/** Median and ninth decile of the error, by moment. */
export function momentTable(evaluation: Evaluation): Table {
  const cell = (rule: Rule, moment: Moment, quantity: Quantity) => {
    const figures = of(evaluation, rule, moment, quantity);
    return figures.length === 0
      ? '–'
      : `${percent(quantile(figures, 0.5))} (${percent(quantile(figures, 0.9))})`;
  };
  const rows = MOMENTS.map((moment) => {
    const ours = evaluation.figures.filter((figure) => figure.rule === 'ours' && figure.moment === moment);
    return [
      momentName(moment),
      cell('ours', moment, 'energyJoules'),
      cell('carbontracker', moment, 'energyJoules'),
      cell('elapsed / fraction', moment, 'energyJoules'),
      cell('ours', moment, 'timeSeconds'),
      cell('carbontracker', moment, 'timeSeconds'),
      cell('elapsed / fraction', moment, 'timeSeconds'),
      percent(coverage(ours)),
    ];
  });
  const head = [
    'When',
    'Energy: ours',
    'Carbontracker',
    'elapsed / fraction',
    'Time: ours',
    'Carbontracker',
    'elapsed / fraction',
    'In our interval',
  ];
  return { title: 'Errors by when the projection is made, median (ninth decile)', head, rows };
}

/** By kind of training, after the first epoch: or at a tenth of the work, where there is but one or none. */
export function shapeTable(evaluation: Evaluation): Table {
  const shapes = [...new Set(evaluation.traces.map(({ shape }) => shape))];
  const rows = shapes.map((shape) => {
    const traces = evaluation.traces.filter((trace) => trace.shape === shape);
    const figures = evaluation.figures.filter(({ trace }) => trace.shape === shape);
    const first = (rule: Rule) =>
      percent(
        quantile(
          figures.filter((each) => isAt(each, rule, 'first epoch', 'energyJoules')),
          0.5,
        ),
      );
    const tenth = figures.filter((each) => isAt(each, 'ours', 0.1, 'energyJoules'));
    return [
      shape,
      `${traces.length} (${traces.filter(({ source }) => source === 'recorded').length})`,
      percent(median(traces.map((trace) => evaluation.firstShares.get(trace) ?? 1))),
      first('ours'),
      first('carbontracker'),
      percent(quantile(tenth, 0.5)),
      percent(coverage(figures)),
    ];
  });
  const head = [
    'Kind',
    'Trainings (recorded)',
    'First said at',
    'First epoch: ours',
    'Carbontracker',
    'Ours at 10 %',
    'In our interval',
  ];
  return { title: 'Median error of the energy, by kind of training', head, rows };
}

/** How far the plan's projection lies above what early stopping left of it, as a median over such trainings. */
export function earlyStopping(evaluation: Evaluation): string | null {
  const stopped = of(evaluation, 'ours', 'first epoch', 'energyJoules').filter(({ trace }) => trace.stopped);
  if (stopped.length === 0) return null;
  const over = stopped.map(
    ({ trace, error }) => ((1 + error) * trace.end.energyJoules) / (trace.stopped?.energyJoules ?? 1),
  );
  return `${stopped.length} trainings would have been ended by early stopping. They trained on, so that the truth of the plan is known, and it is the plan that is compared: no rule can know when the loss will stop falling, and what a person decides on is the cost of going on. Beside what was used when early stopping would have ended them, the plan’s projection was ${median(over).toFixed(1)} times as much.`;
}

export function targetTable(evaluation: Evaluation): Table {
  return {
    title: 'What was aimed at',
    head: ['Target', 'Came to', ''],
    rows: targets(evaluation).map(({ name, value, isMet }) => [name, value, isMet ? 'met' : 'missed']),
  };
}

function of(evaluation: Evaluation, rule: Rule, moment: Moment, quantity: Quantity): readonly Figure[] {
  return evaluation.figures.filter((figure) => isAt(figure, rule, moment, quantity));
}

function isAt(figure: Figure, rule: Rule, moment: Moment, quantity: Quantity): boolean {
  return figure.rule === rule && figure.moment === moment && figure.quantity === quantity;
}

function momentName(moment: Moment): string {
  return typeof moment === 'number' ? `${moment * 100} % of the work` : `the ${moment}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}
