import type { EnergyPart, EnergySample } from './meter.ts';

/**
 * What becomes of the power that a machine draws for being on. `proportional`: shared like the rest of the energy, by
 * what each run uses of what is in use. `none`: left to the machine. `all`: the run's, for a machine that is on for it.
 */
export const IDLE_POWERS = ['proportional', 'none', 'all'] as const;
export type IdlePower = (typeof IDLE_POWERS)[number];

export function isIdlePower(value: unknown): value is IdlePower {
  return IDLE_POWERS.some((known) => known === value);
}

/** What machine and tree had used at one moment: the keys by which energy is shared. Plain data. */
export interface UsageMark {
  /** CPU seconds of all processes since boot. */
  readonly busySeconds: number;
  /** The same with the seconds that processors were idle. */
  readonly capacitySeconds: number;
  readonly usedMemoryBytes: number;
  readonly totalMemoryBytes: number;
  readonly treeCpuSeconds: number;
  readonly treeResidentBytes: number;
}

/** How much of a component was in use, and of that how much by the run, each 0 to 1. */
export interface ComponentUse {
  readonly inUse: number;
  readonly byRun: number;
}

/** A run's share of the energy of each component, 0 to 1, by `shareKey`. What is not in it is not the run's. */
export type Shares = ReadonlyMap<string, number>;

/** One part of the machine's energy with what of it is the run's. */
export interface AttributedPart extends EnergyPart {
  readonly runEnergyJoules: number;
}

/** Energy of one run over one interval. */
export interface RunSample extends Omit<EnergySample, 'parts'> {
  readonly parts: readonly AttributedPart[];
}

/** Processor and memory are shared as one, GPUs each for itself. */
export function shareKey({ component, device }: Pick<EnergyPart, 'component' | 'device'>): string {
  return component === 'gpu' ? `gpu ${device}` : component;
}

/**
 * The run's share of a component's energy. The dynamic part of the energy is E x (what was in use of all there is),
 * which is how Kepler tells active from idle energy (sustainable-computing.io), and is shared by use; the rest is idle.
 */
export function energyShare({ inUse, byRun }: ComponentUse, idle: IdlePower): number {
  switch (idle) {
    case 'proportional':
      return byRun;
    case 'none':
      return byRun * inUse;
    case 'all':
      return byRun * inUse + (1 - inUse);
  }
}

/** The processor's use between two marks by CPU time, the memory's by what is resident. */
export function useBetween(
  before: UsageMark,
  after: UsageMark,
): { readonly cpu: ComponentUse; readonly dram: ComponentUse } {
  const busy = after.busySeconds - before.busySeconds;
  // a tree that has just ended holds no memory any more, but did until then
  const resident = after.treeResidentBytes || before.treeResidentBytes;
  return {
    cpu: {
      inUse: ratio(busy, after.capacitySeconds - before.capacitySeconds),
      byRun: ratio(after.treeCpuSeconds - before.treeCpuSeconds, busy),
    },
    dram: {
      inUse: ratio(after.usedMemoryBytes, after.totalMemoryBytes),
      byRun: ratio(resident, after.usedMemoryBytes),
    },
  };
}

/** Scales shares of concurrent runs down where they add up to more than the whole, so that none is counted twice. */
export function withinWhole(runs: readonly Shares[]): readonly Shares[] {
  const sums = new Map<string, number>();
  for (const shares of runs) for (const [key, share] of shares) sums.set(key, (sums.get(key) ?? 0) + share);
  return runs.map(
    (shares) => new Map([...shares].map(([key, share]) => [key, share / Math.max(1, sums.get(key) ?? 1)])),
  );
}

/**
 * Gives the run its part of a sample. Of the rest of the machine (fans, disks, voltage converters) it gets what it got
 * of all components together.
 *
 * @param shares null where processes cannot be seen: then everything is the run's
 */
export function attribute(sample: EnergySample, shares: Shares | null): RunSample {
  const parts = sample.parts.filter(({ component }) => component !== 'rest');
  const shared = parts.map((part) => give(part, shares ? (shares.get(shareKey(part)) ?? 0) : 1));
  const ofAll = ratio(
    sum(shared, (part) => part.runEnergyJoules),
    sum(parts, (part) => part.energyJoules),
  );
  const rest = sample.parts.filter(({ component }) => component === 'rest');
  return { ...sample, parts: [...shared, ...rest.map((part) => give(part, shares ? ofAll : 1))] };
}

function give(part: EnergyPart, share: number): AttributedPart {
  return { ...part, runEnergyJoules: part.energyJoules * share };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function ratio(part: number, whole: number): number {
  return whole > 0 && part > 0 ? Math.min(1, part / whole) : 0;
}
