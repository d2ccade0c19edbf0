import type { RecordedEnergy } from './snapshot.ts';

type Entry = Pick<RecordedEnergy, 'source' | 'uncertainty' | 'energyJoules'>;

/**
 * Relative uncertainty of the sum of a run's entries, 0.05 for ±5 %.
 *
 * A source's error is one of scale or model: the same today and tomorrow, the same for each of its devices. So what it
 * gave is fully correlated, and its errors add up as they are, however long the run. Different sources (a counter in
 * the processor, one on the graphics card, a model of the memory) err each for itself, so theirs add up by their
 * squares. Both are the law of propagation of uncertainty for a sum (GUM, JCGM 100:2008: equation 10 for independent
 * quantities, 5.2.2 note 1 for those with correlation +1).
 *
 * The rest of the machine is a difference that has the parts' errors in it, too; taken as independent here, it makes
 * the result too large rather than too small. How well energy is shared among runs is not in it.
 */
export function combinedUncertainty(entries: readonly Entry[]): number {
  const errors = new Map<string, number>();
  let energyJoules = 0;
  for (const entry of entries) {
    energyJoules += entry.energyJoules;
    errors.set(entry.source, (errors.get(entry.source) ?? 0) + entry.energyJoules * entry.uncertainty);
  }
  if (energyJoules > 0) return Math.hypot(...errors.values()) / energyJoules;
  return Math.max(0, ...entries.map(({ uncertainty }) => uncertainty));
}
