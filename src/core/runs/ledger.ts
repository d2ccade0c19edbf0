import type { RunSample } from '../metering/attribution.ts';
import type { ComponentEnergy, RunSnapshot } from './snapshot.ts';

type Totals = Pick<
  RunSnapshot,
  'energyJoules' | 'machineEnergyJoules' | 'components' | 'howKnown' | 'uncertainty'
>;

/** Adds up a run's energy by device and source. */
export class Ledger {
  readonly #entries = new Map<string, ComponentEnergy>();

  constructor(components: readonly ComponentEnergy[] = []) {
    for (const entry of components) this.#entries.set(keyOf(entry), entry);
  }

  add(sample: RunSample): void {
    for (const part of sample.parts) {
      const before = this.#entries.get(keyOf(part));
      const { component, device, source, quality, uncertainty } = part;
      this.#entries.set(keyOf(part), {
        component,
        device,
        source,
        quality,
        uncertainty,
        energyJoules: (before?.energyJoules ?? 0) + part.runEnergyJoules,
        machineEnergyJoules: (before?.machineEnergyJoules ?? 0) + part.energyJoules,
      });
    }
  }

  get energyJoules(): number {
    let sum = 0;
    for (const entry of this.#entries.values()) sum += entry.energyJoules;
    return sum;
  }

  totals(): Totals {
    const components = [...this.#entries.values()];
    const sum = (value: (entry: ComponentEnergy) => number) =>
      components.reduce((total, entry) => total + value(entry), 0);
    const energyJoules = sum((entry) => entry.energyJoules);
    // errors of one machine's sensors go the same way more often than not, so they are added, not squared
    const errorJoules = sum((entry) => entry.energyJoules * entry.uncertainty);
    return {
      components,
      energyJoules,
      machineEnergyJoules: sum((entry) => entry.machineEnergyJoules),
      howKnown: howKnown(components),
      uncertainty: energyJoules > 0 ? errorJoules / energyJoules : 0,
    };
  }
}

function howKnown(components: readonly ComponentEnergy[]): Totals['howKnown'] {
  const qualities = new Set(components.map((entry) => entry.quality));
  if (qualities.size > 1) return 'mixed';
  return components[0]?.quality ?? 'unknown';
}

function keyOf(entry: { component: string; device: string; source: string }): string {
  return `${entry.component} ${entry.device} ${entry.source}`;
}
