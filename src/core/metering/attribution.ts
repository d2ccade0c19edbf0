import type { Component } from '../sensors/sensor.ts';
import type { EnergyPart, EnergySample } from './meter.ts';

/** What machine and tree had used at one moment: the keys by which energy is shared. Plain data. */
export interface UsageMark {
  /** CPU seconds of all processes since boot. */
  readonly busySeconds: number;
  readonly usedMemoryBytes: number;
  readonly treeCpuSeconds: number;
  readonly treeResidentBytes: number;
}

/** A run's share of each component's energy, 0 to 1. */
export type Shares = Readonly<Record<Component, number>>;

/** One part of the machine's energy with what of it is the run's. */
export interface AttributedPart extends EnergyPart {
  readonly runEnergyJoules: number;
}

/** Energy of one run over one interval. */
export interface RunSample extends Omit<EnergySample, 'parts'> {
  readonly parts: readonly AttributedPart[];
}

/**
 * The run's share between two marks: the processor by CPU time, memory by resident memory. Idle energy is shared by
 * the same keys, so it needs no idle power to be known. This is how Kepler shares a node's energy among its processes
 * (sustainable-computing.io), but for the idle part, which it leaves to the node.
 */
export function sharesBetween(before: UsageMark, after: UsageMark): Shares {
  return {
    cpu: ratio(after.treeCpuSeconds - before.treeCpuSeconds, after.busySeconds - before.busySeconds),
    // a tree that has just ended holds no memory any more, but did until then
    dram: ratio(after.treeResidentBytes || before.treeResidentBytes, after.usedMemoryBytes),
    gpu: 0,
  };
}

/** Scales shares of concurrent runs down where they add up to more than the whole, so that none is counted twice. */
export function withinWhole(shares: readonly Shares[]): readonly Shares[] {
  const sum = (component: Component) => shares.reduce((total, share) => total + share[component], 0);
  const scale = {
    cpu: 1 / Math.max(1, sum('cpu')),
    dram: 1 / Math.max(1, sum('dram')),
    gpu: 1 / Math.max(1, sum('gpu')),
  };
  return shares.map(({ cpu, dram, gpu }) => ({
    cpu: cpu * scale.cpu,
    dram: dram * scale.dram,
    gpu: gpu * scale.gpu,
  }));
}

export function attribute(sample: EnergySample, shares: Shares): RunSample {
  return {
    ...sample,
    parts: sample.parts.map((part) => ({
      ...part,
      runEnergyJoules: part.energyJoules * shares[part.component],
    })),
  };
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}
