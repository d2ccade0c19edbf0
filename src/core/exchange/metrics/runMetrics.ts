import type { RunSnapshot } from '../../runs/snapshot.ts';

/** A metric of runs, as both OpenTelemetry and Prometheus can have it. */
export interface Metric {
  /** By OpenTelemetry's rules: dots between parts, no unit. */
  readonly name: string;
  /** UCUM: J, W, g, s; `{epoch}` for a count. */
  readonly unit: string;
  readonly description: string;
  /** A counter never falls. */
  readonly kind: 'counter' | 'gauge';
  readonly points: readonly MetricPoint[];
}

export interface MetricPoint {
  readonly attributes: Readonly<Record<string, string>>;
  readonly startedAtMillis: number;
  readonly value: number;
}

/** Names of runs are cut here, since each makes a series of its own. Engineering judgement. */
const LONGEST_NAME = 200;

/** OpenTelemetry's words for components (semantic conventions, hardware attributes: hw.type). */
const HARDWARE = { cpu: 'cpu', gpu: 'gpu', dram: 'memory', rest: 'enclosure' } as const;

/**
 * Runs as metrics. Named after OpenTelemetry's conventions (semantic conventions, general metrics: naming, units;
 * `hw.type` and `hw.id` as in those of hardware). Grams are a gauge, since a better figure of the grid may lower them.
 */
export function runMetrics(runs: readonly RunSnapshot[]): readonly Metric[] {
  const metrics: Metric[] = [
    {
      ...{ name: 'training_footprint.run.energy', unit: 'J', kind: 'counter' },
      description: 'Energy attributed to the run, by device and source.',
      points: runs.flatMap(energyPoints),
    },
    {
      ...{ name: 'training_footprint.run.power', unit: 'W', kind: 'gauge' },
      description: 'Power attributed to the run over the last sample.',
      points: runs.flatMap((run) => point(run, run.powerWatts)),
    },
    {
      ...{ name: 'training_footprint.run.emissions', unit: 'g', kind: 'gauge' },
      description: 'Emissions of that energy in CO2 equivalent.',
      points: runs.flatMap((run) => point(run, run.emissionsGrams)),
    },
    {
      ...{ name: 'training_footprint.run.duration', unit: 's', kind: 'gauge' },
      description: 'Time since the run started, or how long it took.',
      points: runs.flatMap((run) => point(run, run.durationSeconds)),
    },
    {
      ...{ name: 'training_footprint.run.epochs', unit: '{epoch}', kind: 'gauge' },
      description: 'Epochs that the run has finished.',
      points: runs.flatMap((run) =>
        point(run, run.progress.epoch === null ? null : run.progress.epochsCompleted),
      ),
    },
    {
      ...{ name: 'training_footprint.run.projected.energy', unit: 'J', kind: 'gauge' },
      description: 'Energy that the whole run will come to, the median.',
      points: runs.flatMap((run) => point(run, run.projection?.totalEnergyJoules.median ?? null)),
    },
    {
      ...{ name: 'training_footprint.run.projected.emissions', unit: 'g', kind: 'gauge' },
      description: 'Emissions that the whole run will come to, the median.',
      points: runs.flatMap((run) => point(run, run.projectedEmissionsGrams?.median ?? null)),
    },
  ];
  return metrics.filter(({ points }) => points.length > 0);
}

function energyPoints(run: RunSnapshot): MetricPoint[] {
  return run.components.flatMap(({ component, device, source, quality, energyJoules }) =>
    point(run, energyJoules, { 'hw.type': HARDWARE[component], 'hw.id': device, source, quality }),
  );
}

function point(
  run: RunSnapshot,
  value: number | null,
  more: Readonly<Record<string, string>> = {},
): MetricPoint[] {
  if (value === null || !Number.isFinite(value)) return [];
  const { id, label, project, startedAtMillis } = run;
  const names = { 'run.name': label.slice(0, LONGEST_NAME), 'project.name': project.slice(0, LONGEST_NAME) };
  return [{ attributes: { 'run.id': id, ...names, ...more }, startedAtMillis, value }];
}
