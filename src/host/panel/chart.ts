import { wattHours } from '../../core/reports/format.ts';
import { componentName } from '../../core/reports/words.ts';
import { chartSeries } from '../../core/reports/chartSeries.ts';
import { intensitySeries, type IntensityStep } from '../../core/reports/intensitySeries.ts';
import type { Stretch } from '../../core/carbon/integrator.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import type { ChartData, HowKnown, IntensityStrip, ProjectionBand } from '../../protocol/messages.ts';

/** @param ahead intensities of the time that the run still takes */
export function chartOf(
  run: RunSnapshot,
  points: readonly SamplePoint[],
  ahead: readonly Stretch[] = [],
): ChartData {
  const { timeSeconds, powerWatts, energyJoules } = chartSeries(points);
  return {
    runId: run.id,
    emptyText:
      run.state === 'running'
        ? t('The first samples are on their way.')
        : t('There are no samples of this run.'),
    timeSeconds,
    power: [...powerWatts].map(([component, watts]) => ({
      component,
      label: componentName(component),
      howKnown: howKnown(run, component),
      powerWatts: watts,
    })),
    energyWattHours: energyJoules.map(wattHours),
    projection: bandOf(run),
    intensity: stripOf(intensitySeries(run, ahead)),
  };
}

function howKnown(run: RunSnapshot, component: string): HowKnown {
  const qualities = new Set(
    run.components.filter((entry) => entry.component === component).map((entry) => entry.quality),
  );
  return qualities.size > 1 ? 'mixed' : ([...qualities][0] ?? 'unknown');
}

function bandOf({ projection, durationSeconds, energyJoules }: RunSnapshot): ProjectionBand | null {
  if (!projection) return null;
  return {
    startSeconds: durationSeconds,
    endSeconds: durationSeconds + projection.remainingSeconds.median,
    startWattHours: wattHours(energyJoules),
    endWattHours: wattHours(projection.totalEnergyJoules.median),
    lowWattHours: wattHours(projection.totalEnergyJoules.low),
    highWattHours: wattHours(projection.totalEnergyJoules.high),
  };
}

function stripOf(steps: readonly IntensityStep[]): IntensityStrip {
  const end = steps.at(-1);
  if (!end) return { timeSeconds: [], counted: [], expected: [], now: null };
  const isCounted = (step: IntensityStep | undefined) => step?.kind === 'counted';
  // a step is drawn up to the entry after it, which so has a value for both kinds where they meet
  const line = (isWanted: (step: IntensityStep | undefined) => boolean) =>
    [...steps, undefined].map((step, index) => {
      const before = steps[index - 1];
      if (step && isWanted(step)) return step.gramsPerKwh;
      return before && isWanted(before) ? before.gramsPerKwh : null;
    });
  return {
    timeSeconds: [...steps.map(({ startSeconds }) => startSeconds), end.endSeconds],
    counted: line(isCounted),
    expected: line((step) => step !== undefined && !isCounted(step)),
    now: steps.findLastIndex(({ kind }) => kind !== 'forecast'),
  };
}
