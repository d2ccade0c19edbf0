import { NO_PROGRESS } from '../../../src/core/progress/event.ts';
import type { RunMemory } from '../../../src/core/runs/run.ts';
import type { RunSnapshot, SamplePoint } from '../../../src/core/runs/snapshot.ts';

const HERE = {
  intensity: {
    gramsPerKwh: 342.4,
    place: 'Germany',
    source: 'yearly average, by hand',
    isGuess: false,
    fix: null,
  },
  pue: 1.2,
  pueSource: 'your setting',
};

/** A finished run of 3600 s with 36 kJ, unless it is said otherwise. */
export function snapshot(more: Partial<RunSnapshot> = {}): RunSnapshot {
  return {
    id: 'run-1',
    label: 'train.py',
    command: 'python train.py',
    cwd: '/home/me/project',
    project: 'project',
    origin: 'terminal',
    startedAtMillis: Date.UTC(2026, 10, 23, 22, 15),
    state: 'finished',
    isPaused: false,
    exitCode: 0,
    endedAtMillis: Date.UTC(2026, 10, 23, 23, 15),
    durationSeconds: 3600,
    energyJoules: 36_000,
    machineEnergyJoules: 72_000,
    components: [
      {
        component: 'cpu',
        device: 'package-0',
        source: 'rapl',
        quality: 'measured',
        uncertainty: 0.05,
        energyJoules: 36_000,
        machineEnergyJoules: 72_000,
      },
    ],
    howKnown: 'measured',
    uncertainty: 0.05,
    powerWatts: null,
    emissionsGrams: 4.1088,
    carbon: HERE,
    progress: {
      ...NO_PROGRESS,
      epoch: 30,
      epochsCompleted: 30,
      totalEpochs: 30,
      totalSource: 'output',
      family: 'keras',
    },
    projection: null,
    projectedEmissionsGrams: null,
    assumptions: [],
    notes: [],
    ...more,
  };
}

export function memory(more: Partial<RunMemory> = {}): RunMemory {
  return {
    root: { pid: 4_000_000, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 },
    startSeconds: 1000,
    milestones: { ends: [], mark: { epochs: 0, energyJoules: 0, timeSeconds: 0 } },
    resume: null,
    progressOptions: {},
    ...more,
  };
}

/** A point of one second of the processor. */
export function point(startSeconds: number, energyJoules = 10, more: Partial<SamplePoint> = {}): SamplePoint {
  const machineEnergyJoules = energyJoules * 2;
  return { component: 'cpu', startSeconds, durationSeconds: 1, energyJoules, machineEnergyJoules, ...more };
}

export function sumOf(
  points: readonly SamplePoint[],
  key: 'energyJoules' | 'machineEnergyJoules' | 'durationSeconds',
) {
  return points.reduce((sum, each) => sum + each[key], 0);
}
