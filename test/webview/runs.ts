import { NO_PROGRESS } from '../../src/core/progress/event.ts';
import type { EpochEnd } from '../../src/core/runs/epochs.ts';
import type { RunSnapshot, SamplePoint } from '../../src/core/runs/snapshot.ts';
import { snapshot } from '../unit/runs/snapshots.ts';

const EPOCH_SECONDS = 60;
const WATTS = { cpu: 55, gpu: 210, dram: 6 } as const;
const STARTED = Date.UTC(2026, 10, 24, 9, 30);

export interface Made {
  readonly id?: string;
  readonly label?: string;
  readonly epochs?: number;
  /** How much of the energy that others take. */
  readonly size?: number;
  readonly isRunning?: boolean;
  /** Of the metric, per epoch. */
  readonly accuracy?: (epoch: number) => number;
}

const learned = (epoch: number) => 0.95 - 0.5 * 0.8 ** epoch;

/** A run as trainings have them, with its samples. */
export function made(options: Made = {}): { run: RunSnapshot; points: SamplePoint[] } {
  const { id = 'run-1', label = 'python train.py', epochs = 12, size = 1, isRunning = false } = options;
  const accuracy = options.accuracy ?? learned;
  const durationSeconds = epochs * EPOCH_SECONDS + 20;
  const components = Object.keys(WATTS) as (keyof typeof WATTS)[];
  const points: SamplePoint[] = [];
  for (let second = 0; second < durationSeconds; second += 5)
    for (const component of components) {
      const wave = 1 + 0.15 * Math.sin(second / 9) + (second % EPOCH_SECONDS < 10 ? -0.4 : 0);
      const energyJoules = WATTS[component] * size * wave * 5;
      const machineEnergyJoules = energyJoules * 1.3;
      points.push({ component, startSeconds: second, durationSeconds: 5, energyJoules, machineEnergyJoules });
    }
  const upTo = (seconds: number) =>
    points.reduce((sum, point) => sum + (point.startSeconds < seconds ? point.energyJoules : 0), 0);
  const mark = (done: number, seconds: number) => ({
    ...{ done, energyJoules: upTo(seconds), activeSeconds: seconds, atSeconds: seconds },
  });
  const ends: EpochEnd[] = Array.from({ length: epochs }, (_, index) => ({
    ...mark(index + 1, 20 + (index + 1) * EPOCH_SECONDS),
    metrics: { loss: 1 / (index + 1), val_acc: accuracy(index + 1) },
  }));
  const energyJoules = upTo(durationSeconds);
  const hour = 3_600_000;
  const segment = { pue: 1.2, source: 'Energy-Charts, measured', isFinal: true };
  const intensitySegments = [
    {
      ...segment,
      fromMillis: STARTED,
      toMillis: STARTED + 0.1 * hour,
      energyJoules: energyJoules / 2,
      gramsPerKwh: 310,
    },
    {
      ...{ ...segment, isFinal: false, fromMillis: STARTED + 0.1 * hour },
      ...{ toMillis: STARTED + durationSeconds * 1000, energyJoules: energyJoules / 2, gramsPerKwh: 265 },
    },
  ];
  const total = isRunning ? epochs * 3 : epochs;
  const range = (median: number) => ({ median, low: median * 0.92, high: median * 1.1 });
  const run = snapshot({
    ...{ id, label, command: `${label} --epochs ${total}`, cwd: '/home/me/two-moons', project: 'two-moons' },
    ...{ startedAtMillis: STARTED, durationSeconds, energyJoules, machineEnergyJoules: energyJoules * 1.3 },
    state: isRunning ? 'running' : 'finished',
    exitCode: isRunning ? null : 0,
    endedAtMillis: isRunning ? null : STARTED + durationSeconds * 1000,
    powerWatts: isRunning ? 271 * size : null,
    emissionsGrams: (energyJoules / 3.6e6) * 1.2 * 287,
    intensitySegments,
    components: components.map((component) => ({
      ...{
        component,
        device: component === 'gpu' ? 'NVIDIA A100' : component,
        source: component === 'gpu' ? 'nvml' : 'rapl',
      },
      quality: component === 'dram' ? ('estimated' as const) : ('measured' as const),
      uncertainty: component === 'dram' ? 0.3 : 0.05,
      energyJoules: upToOf(points, component),
      machineEnergyJoules: upToOf(points, component) * 1.3,
    })),
    howKnown: 'mixed',
    epochs: { unit: 'epoch', start: mark(0, 20), ends },
    progress: {
      ...NO_PROGRESS,
      ...{
        epoch: isRunning ? epochs + 1 : epochs,
        epochsCompleted: epochs,
        totalEpochs: total,
        totalSource: 'output',
      },
      ...{
        family: 'keras',
        step: isRunning ? 12 : null,
        totalSteps: isRunning ? 40 : null,
        stepsOf: 'epoch',
      },
    },
    projection: isRunning
      ? {
          totalEnergyJoules: range(energyJoules * 3),
          remainingSeconds: range(durationSeconds * 2),
          basis: '12 epochs',
        }
      : null,
    projectedEmissionsGrams: isRunning ? range((energyJoules / 3.6e6) * 1000) : null,
    notes: ['09:31:12 The processor’s counter wrapped around.'],
    assumptions: ['Memory: 0.38 W a GB.'],
  });
  return { run, points };
}

function upToOf(points: readonly SamplePoint[], component: string): number {
  return points.reduce((sum, point) => sum + (point.component === component ? point.energyJoules : 0), 0);
}
