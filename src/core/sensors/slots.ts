import type { ProbedSensor, Scope, Sensor } from './sensor.ts';

/** What one source serves at a time: `cpu`, `dram`, `machine`, and GPUs by family, `gpu nvidia`. */
export type Slot = string;

export function slotOf(sensor: Sensor, scope: Scope): Slot {
  return scope === 'gpu' ? `gpu ${sensor.gpuFamily ?? sensor.id}` : scope;
}

/** The ready sensors of each slot, best first. */
export function sourcesBySlot(probed: readonly ProbedSensor[]): ReadonlyMap<Slot, readonly ProbedSensor[]> {
  const bySlot = new Map<Slot, ProbedSensor[]>();
  for (const entry of probed) {
    if (entry.probe.state !== 'ready') continue;
    for (const scope of entry.probe.components) {
      const slot = slotOf(entry.sensor, scope);
      bySlot.set(slot, [...(bySlot.get(slot) ?? []), entry]);
    }
  }
  return bySlot;
}

/** The first ready sensor of each slot, so that nothing is counted twice. */
export function chooseSources(probed: readonly ProbedSensor[]): ReadonlyMap<Slot, ProbedSensor> {
  const chosen = new Map<Slot, ProbedSensor>();
  for (const [slot, [best]] of sourcesBySlot(probed)) if (best) chosen.set(slot, best);
  return chosen;
}
