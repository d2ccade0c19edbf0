import type { ComponentEnergy, RunSnapshot } from '../runs/snapshot.ts';

/** What people mean by hardware, the most telling first. */
const TOLD = ['gpu', 'cpu'] as const;

/** Names of devices that say no more than their component, or where it sits. */
const NO_MODEL = /^(cpu|gpu|all packages|package-?\d*|psys|machine|\d+)$/i;

/**
 * What the run computed on, by what its sensors named: `2 × NVIDIA A100-SXM4-40GB`; null where they named no model.
 * Memory and the rest of the machine are left out.
 */
export function hardwareText({ components }: RunSnapshot): string | null {
  const parts = TOLD.flatMap((component) =>
    models(components.filter((each) => each.component === component)),
  );
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
