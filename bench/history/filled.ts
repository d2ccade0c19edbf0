import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { Store } from '../../src/core/runs/store.ts';
import type { RunSnapshot, SamplePoint } from '../../src/core/runs/snapshot.ts';
import { snapshot } from '../../test/unit/runs/snapshots.ts';

/** Labels of two runs that are in every filled history. */
export const SHORT_RUN = 'ten minutes';
export const LONG_RUN = 'thirty days';

const ME = { pid: 1, startSeconds: 1 };
const PROJECTS = [
  'vision',
  'speech',
  'tabular',
  'translation',
  'robots',
  'recommender',
  'weather',
  'proteins',
];
const FRAMEWORKS = [['torch', 'lightning'], ['tensorflow', 'keras'], ['torch', 'transformers'], ['xgboost']];
const GPUS = ['NVIDIA A100-SXM4-40GB', 'NVIDIA H100 80GB HBM3', 'NVIDIA GeForce RTX 4090'];
const DAY_SECONDS = 86_400;
const COMPONENTS = ['cpu', 'dram', 'gpu'] as const;

/** One a quarter of an hour: three years of a busy team. */
const EVERY_MILLIS = 900_000;
const LAST = Date.UTC(2026, 10, 24, 12);

/** Fills a history with so many runs, of which the newest two are a short one and one of 30 days at 1 s. */
export async function fill(file: string, runs: number): Promise<void> {
  const store = await Store.open(file);
  fillRows(file, runs - 2);
  saveRun(store, SHORT_RUN, 600, LAST + EVERY_MILLIS);
  saveRun(store, LONG_RUN, 30 * DAY_SECONDS, LAST + 2 * EVERY_MILLIS);
  store.close();
}

/** All in one transaction, by the store's own triggers. */
function fillRows(file: string, runs: number): void {
  const database = new DatabaseSync(file);
  const insert = database.prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)');
  database.exec('BEGIN');
  for (let index = 0; index < runs; index++) {
    const run = made(index, LAST - (runs - index) * EVERY_MILLIS);
    const { id, startedAtMillis, label, state, durationSeconds, energyJoules, emissionsGrams } = run;
    const columns = [
      id,
      startedAtMillis,
      label,
      state,
      durationSeconds,
      energyJoules,
      emissionsGrams,
    ] as const;
    insert.run(...columns, run.progress.epochsCompleted, JSON.stringify(run), JSON.stringify(ME));
  }
  database.exec('COMMIT');
  database.close();
}

function made(index: number, startedAtMillis: number): RunSnapshot {
  const project = pick(PROJECTS, index * 7);
  const script = `train_${project}.py`;
  const model = `m${(index * 31) % 240}`;
  const durationSeconds = 60 + ((index * 7919) % 20_000);
  const energyJoules = durationSeconds * (40 + ((index * 104_729) % 360));
  return {
    ...snapshot({ id: randomUUID(), startedAtMillis, durationSeconds, energyJoules }),
    label: `${script} ${model} seed ${index % 1000}`,
    command: `python ${script} --config configs/${model}.yaml --lr ${1 + (index % 9)}e-4`,
    cwd: `/home/me/${project}`,
    project,
    state: index % 11 === 0 ? 'failed' : 'finished',
    emissionsGrams: (energyJoules / 3.6e6) * 342,
    howKnown: index % 3 === 0 ? 'mixed' : 'measured',
    ...(index % 20 === 0 ? { tags: ['baseline'] } : {}),
    ...{ environment: environmentOf(index), components: componentsOf(index, energyJoules) },
  } as RunSnapshot;
}

function environmentOf(index: number) {
  return {
    git: { commit: 'c0ffee'.padEnd(40, String(index % 10)), branch: 'main', isDirty: index % 4 === 0 },
    python: { name: 'venv 3.12.4', version: '3.12.4', executable: '/home/me/.venv/bin/python' },
    frameworks: pick(FRAMEWORKS, index).map((name) => ({ name, version: '2.4.0' })),
    hardware: { cpu: 'AMD EPYC 7763 64-Core Processor', threads: 64, memoryBytes: 256e9 },
  };
}

function componentsOf(index: number, energyJoules: number): RunSnapshot['components'] {
  const device = `${pick(GPUS, index * 3)} #0`;
  const shared = { quality: 'measured', uncertainty: 0.05, machineEnergyJoules: energyJoules } as const;
  return [
    { ...shared, component: 'cpu', device: 'package-0', source: 'rapl', energyJoules: energyJoules * 0.3 },
    { ...shared, component: 'gpu', device, source: 'nvml', energyJoules: energyJoules * 0.7 },
  ];
}

/** Saved and thinned as the recorder does it, though by days and not by half hours. */
function saveRun(store: Store, label: string, seconds: number, startedAtMillis: number): void {
  const id = randomUUID();
  for (let from = 0; from < seconds; from += DAY_SECONDS) {
    const to = Math.min(seconds, from + DAY_SECONDS);
    const state = to < seconds ? 'running' : 'finished';
    store.save(
      { ...made(3, startedAtMillis), id, label, state, durationSeconds: to },
      pointsOf(from, to),
      null,
      ME,
    );
    store.thinSamples(id);
  }
}

function pointsOf(from: number, to: number): SamplePoint[] {
  const points: SamplePoint[] = [];
  for (let second = from; second < to; second++)
    for (const component of COMPONENTS) {
      const energyJoules = (component === 'gpu' ? 300 : 40) * (1 + 0.2 * Math.sin(second / 37));
      points.push({
        ...{ component, startSeconds: second, durationSeconds: 1, energyJoules },
        machineEnergyJoules: energyJoules * 1.2,
      });
    }
  return points;
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
