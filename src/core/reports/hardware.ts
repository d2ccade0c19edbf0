import type { ComponentEnergy, RunSnapshot } from '../runs/snapshot.ts';
import { environmentOf } from './environment.ts';

/** What people mean by hardware, the most telling first. */
const TOLD = ['gpu', 'cpu'] as const;

/** Names of devices that say no more than their component, or where it sits. */
const NO_MODEL = /^(cpu|gpu|all packages|package-?\d*|psys|machine|\d+)$/i;

/**
 * What the run computed on, by what its sensors named and the system tells: `2 × NVIDIA A100-SXM4-40GB, AMD EPYC 7543`;
 * null where neither named a model. Memory and the rest of the machine are left out.
 */
export function hardwareText(run: RunSnapshot): string | null {
  const named = TOLD.flatMap((component) =>
    models(run.components.filter((each) => each.component === component)),
  );
  const cpu = environmentOf(run)?.hardware.cpu;
  const parts = cpu && !named.includes(cpu) ? [...named, cpu] : named;
  return parts.length > 0 ? parts.join(', ') : null;
}

/** Devices of one model by their number; each is counted once however many sources told of it. */
function models(entries: readonly ComponentEnergy[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const device of new Set(entries.map((entry) => entry.device))) {
    const model = device.replace(/\s+(#?\d+|\(.*\))$/, '');
    if (!NO_MODEL.test(model)) counts.set(model, (counts.get(model) ?? 0) + 1);
  }
  return [...counts].map(([model, count]) => (count > 1 ? `${count} × ${model}` : model));
}
