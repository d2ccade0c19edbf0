import { wattHours } from '../../core/reports/format.ts';
import { componentName } from '../../core/reports/words.ts';
import { chartSeries } from '../../core/reports/chartSeries.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import type { ChartData, HowKnown, ProjectionBand } from '../../protocol/messages.ts';

export function chartOf(run: RunSnapshot, points: readonly SamplePoint[]): ChartData {
  const { timeSeconds, powerWatts, energyJoules } = chartSeries(points);
  return {
    runId: run.id,
    timeSeconds,
    power: [...powerWatts].map(([component, watts]) => ({
      component,
      label: componentName(component),
      howKnown: howKnown(run, component),
      powerWatts: watts,
    })),
    energyWattHours: energyJoules.map(wattHours),
    projection: bandOf(run),
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
