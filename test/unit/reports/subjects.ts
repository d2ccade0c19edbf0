import { compare, type Comparison } from '../../../src/core/reports/comparison/comparison.ts';
import { ALL_TIME } from '../../../src/core/reports/project/period.ts';
import { projectTotal, type ProjectTotal } from '../../../src/core/reports/project/projectTotal.ts';
import { NOTHING_BEYOND } from '../../../src/core/reports/beyond.ts';
import type { RunSubject } from '../../../src/core/reports/report.ts';
import type { ComponentEnergy, RunSnapshot, SamplePoint } from '../../../src/core/runs/snapshot.ts';
import { point, snapshot } from '../runs/snapshots.ts';

/** Ten minutes of a processor and a card. */
export const POINTS: readonly SamplePoint[] = Array.from({ length: 600 }, (_, second) => [
  point(second, 40 + (second % 60)),
  point(second, 200, { component: 'gpu' }),
]).flat();

/** A run that carries the text wherever a run can carry text. */
export function labelled(text: string, more: Partial<RunSnapshot> = {}): RunSnapshot {
  const run = snapshot();
  const [entry] = run.components as [ComponentEnergy];
  const intensity = { ...run.carbon.intensity, place: text, source: text, fix: text, fallback: text };
  return snapshot({
    ...{ label: text, command: text, cwd: text, project: text, notes: [text], assumptions: [text] },
    components: [
      { ...entry, device: text, source: text },
      { ...entry, component: 'gpu', device: `NVIDIA ${text}` },
    ],
    carbon: { ...run.carbon, intensity, pueSource: text },
    ...more,
  });
}

export function subject(run: RunSnapshot, points: readonly SamplePoint[] = []): RunSubject {
  return { run, points: () => points, beyond: NOTHING_BEYOND };
}

export function comparisonOf(...runs: readonly RunSnapshot[]): Comparison {
  return compare(runs.map((run) => ({ run, points: () => POINTS })));
}

export function totalOf(...runs: readonly RunSnapshot[]): ProjectTotal {
  return projectTotal(runs, null, ALL_TIME);
}
