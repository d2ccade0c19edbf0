import type { AttributedPart, RunSample } from '../metering/attribution.ts';
import type { ComponentEnergy, RecordedEnergy, RunSnapshot } from './snapshot.ts';
import { combinedUncertainty } from './uncertainty.ts';

interface Totals extends Pick<RunSnapshot, 'energyJoules' | 'howKnown'> {
  readonly machineEnergyJoules: number;
  readonly components: readonly RecordedEnergy[];
  readonly uncertainty: number;
}

/** Adds up a run's energy by device, source and quality. */
export class Ledger {
  readonly #entries = new Map<string, RecordedEnergy>();

  constructor(components: readonly ComponentEnergy[] = []) {
    for (const entry of components.filter(isRecorded)) this.#entries.set(keyOf(entry), entry);
  }

  add(sample: RunSample): void {
    for (const part of sample.parts) {
      const before = this.#entries.get(keyOf(part));
      const { component, device, source, quality } = part;
      this.#entries.set(keyOf(part), {
        ...{ component, device, source, quality },
        uncertainty: uncertaintyWith(part, before),
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
    return {
      components,
      energyJoules: this.energyJoules,
      machineEnergyJoules: components.reduce((total, entry) => total + entry.machineEnergyJoules, 0),
      howKnown: howKnown(components),
      uncertainty: combinedUncertainty(components),
    };
  }
}

/**
 * That of all energy so far, weighted by energy where it changes from sample to sample: a card may be told exactly
 * under load and badly idle. That of the rest of the machine is of all energy so far already.
 */
function uncertaintyWith(part: AttributedPart, before: RecordedEnergy | undefined): number {
  const sum = (before?.energyJoules ?? 0) + part.runEnergyJoules;
  if (!before || sum <= 0 || part.component === 'rest' || part.uncertainty === before.uncertainty)
    return part.uncertainty;
  return (before.energyJoules * before.uncertainty + part.runEnergyJoules * part.uncertainty) / sum;
}

function howKnown(components: readonly RecordedEnergy[]): Totals['howKnown'] {
  const qualities = new Set(components.map((entry) => entry.quality));
  if (qualities.size > 1) return 'mixed';
  return components[0]?.quality ?? 'unknown';
}

function isRecorded(entry: ComponentEnergy): entry is RecordedEnergy {
  return entry.quality !== 'unknown' && entry.uncertainty !== null && entry.machineEnergyJoules !== null;
}

type Named = Pick<ComponentEnergy, 'component' | 'device' | 'source' | 'quality'>;

function keyOf({ component, device, source, quality }: Named): string {
  return `${component} ${device} ${source} ${quality}`;
}
