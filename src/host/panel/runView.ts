import { progressFraction } from '../../core/progress/fraction.ts';
import { formatCost } from '../../core/reports/budgetText.ts';
import {
  formatDuration,
  formatEnergy,
  formatGrams,
  formatPercent,
  formatPower,
  formatTime,
} from '../../core/reports/format.ts';
import { provenanceText } from '../../core/reports/provenance.ts';
import {
  energyText,
  howRunKnown,
  idlePowerText,
  intensityText,
  progressText,
  projectionText,
  pueText,
  sourceName,
  stateText,
} from '../../core/reports/words.ts';
import type { Stretch } from '../../core/carbon/integrator.ts';
import type { Interval } from '../../core/projection/projection.ts';
import { costOf, type Price } from '../../core/runs/budget.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import type { Figure, RunView } from '../../protocol/messages.ts';
import { chartOf } from './chart.ts';
import { environmentFacts } from './environmentFacts.ts';
import { epochTable } from './epochTable.ts';
import { componentRows } from './components.ts';

/** A run as the page shows it. @param ahead intensities of the time that it still takes */
export function runView(
  run: RunSnapshot,
  points: readonly SamplePoint[],
  price: Price | null = null,
  ahead: readonly Stretch[] = [],
): RunView {
  return {
    id: run.id,
    title: run.label,
    command: run.command,
    state: run.state,
    isPaused: run.isPaused,
    stateText: stateText(run),
    figures: [...figuresOf(run), ...costFigure(run, price)],
    progress: progressFraction(run.progress),
    progressText: progressText(run),
    components: componentRows(run),
    epochs: epochTable(run),
    facts: factsOf(run),
    notes: run.notes,
    chart: chartOf(run, points, ahead),
  };
}

function figuresOf(run: RunSnapshot): Figure[] {
  const known = { howKnown: run.howKnown, note: knownText(run) };
  const { intensity } = run.carbon;
  const name = provenanceText(intensity.place);
  const place = intensity.isGuess ? t('by the {0}', name) : name;
  const figures: Figure[] = [
    { id: 'energy', label: t('Energy'), value: energyText(run).replace(/ %$/, '\u00a0%'), ...known },
    {
      id: 'emissions',
      label: 'CO2e',
      value: formatGrams(run.emissionsGrams),
      howKnown: 'estimated',
      note: `${Math.round(run.carbon.intensity.gramsPerKwh)} g/kWh, ${place}`,
    },
  ];
  if (run.state !== 'running') return [...figures, machineFigure(run)];
  const power = run.powerWatts === null ? t('unknown') : formatPower(run.powerWatts);
  const powerFigure: Figure = { id: 'power', label: t('Power now'), value: power, howKnown: run.howKnown };
  return [...figures, ...projectedFigures(run), powerFigure, machineFigure(run)];
}

/** What the chip does not say: how much is measured, or by what it is known. */
function knownText(run: RunSnapshot): string {
  if (run.howKnown === 'mixed' || run.components.length === 0) return howRunKnown(run);
  return t('by {0}', [...new Set(run.components.map(({ source }) => sourceName(source)))].join(', '));
}

function projectedFigures(run: RunSnapshot): Figure[] {
  const { projection, projectedEmissionsGrams } = run;
  const text = projectionText(run);
  if (!projection || !projectedEmissionsGrams || 'missing' in text) {
    return [
      {
        id: 'projected',
        label: t('Projected total'),
        value: t('unknown'),
        note: 'missing' in text ? text.missing : '',
      },
    ];
  }
  const range = ({ median, low, high }: Interval, format: (value: number, like?: number) => string) =>
    t('80 % between {0} and {1}', format(low, median), format(high, median));
  return [
    {
      ...{ id: 'projected', label: t('Projected total'), howKnown: 'estimated' },
      value: formatEnergy(projection.totalEnergyJoules.median),
      note: t('{0}, from {1}', range(projection.totalEnergyJoules, formatEnergy), projection.basis),
    },
    {
      ...{ id: 'projectedEmissions', label: t('Projected CO2e'), howKnown: 'estimated' },
      value: formatGrams(projectedEmissionsGrams.median),
      note: range(projectedEmissionsGrams, formatGrams),
    },
    {
      ...{ id: 'timeLeft', label: t('Time left'), howKnown: 'estimated' },
      value: formatDuration(projection.remainingSeconds.median),
      note: range(projection.remainingSeconds, formatDuration),
    },
  ];
}

function costFigure(run: RunSnapshot, price: Price | null): Figure[] {
  if (!price) return [];
  const cost = (joules: number) => formatCost(costOf(joules, run.carbon.pue, price), price);
  const perKwh = formatCost(price.perKwh, price);
  const projected = run.projection && cost(run.projection.totalEnergyJoules.median);
  return [
    {
      ...{ id: 'cost', label: t('Cost'), howKnown: run.howKnown, value: cost(run.energyJoules) },
      note: projected ? t('at {0} a kWh, {1} projected', perKwh, projected) : t('at {0} a kWh', perKwh),
    },
  ];
}

function machineFigure(run: RunSnapshot): Figure {
  const share = run.machineEnergyJoules
    ? formatPercent(run.energyJoules / run.machineEnergyJoules)
    : t('unknown');
  return {
    ...{ id: 'machine', label: t('Whole machine'), howKnown: run.howKnown },
    value: formatEnergy(run.machineEnergyJoules),
    note: t('this run’s share: {0}', share),
  };
}

function factsOf(run: RunSnapshot): { label: string; text: string }[] {
  const idlePower = idlePowerText(run);
  const facts = [
    { label: t('Carbon intensity'), text: intensityText(run.carbon) },
    { label: 'PUE', text: pueText(run.carbon) },
    ...(idlePower === null ? [] : [{ label: t('Idle power'), text: idlePower }]),
    { label: t('Started'), text: formatTime(run.startedAtMillis) },
    { label: t('Directory'), text: run.cwd || t('unknown') },
    ...environmentFacts(run),
    ...run.assumptions.map((text) => ({ label: t('Assumption'), text })),
  ];
  if (run.carbon.intensity.fix) facts.push({ label: t('To be exact'), text: run.carbon.intensity.fix });
  return facts;
}
