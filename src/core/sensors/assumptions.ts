import type { Probe, ProbedSensor, Scope } from './sensor.ts';
import { slotOf } from './slots.ts';

/** What the figures of these components rest on, by one sensor. */
export function assumptionsFor({ assumptions }: Probe, components: readonly Scope[]): readonly string[] {
  return assumptions.filter(({ component }) => components.includes(component)).map(({ text }) => text);
}

/** The components that each sensor serves. @param sources by slot, see `slots.ts` */
export function componentsInUse(
  sources: ReadonlyMap<string, ProbedSensor>,
): ReadonlyMap<ProbedSensor, readonly Scope[]> {
  const served = new Map<ProbedSensor, Scope[]>();
  for (const [slot, entry] of sources) {
    const scopes = entry.probe.components.filter((scope) => slotOf(entry.sensor, scope) === slot);
    served.set(entry, [...(served.get(entry) ?? []), ...scopes]);
  }
  return served;
}

/** What the figures of a run rest on: where the processor is measured, nothing is assumed of it. */
export function assumptionsInUse(sources: ReadonlyMap<string, ProbedSensor>): readonly string[] {
  const texts = [...componentsInUse(sources)].flatMap(([{ probe }, scopes]) => assumptionsFor(probe, scopes));
  return [...new Set(texts)];
}
