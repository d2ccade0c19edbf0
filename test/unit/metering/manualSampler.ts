import type { RunSample } from '../../../src/core/metering/attribution.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { Sampler, type ResumeState, type SamplerOptions } from '../../../src/core/metering/sampler.ts';
import { RaplSensor } from '../../../src/core/sensors/linux/rapl.ts';
import type { Component } from '../../../src/core/sensors/sensor.ts';

/** What one run was told. */
export interface Recorded {
  readonly samples: RunSample[];
  readonly alive: (number | null)[];
  resume: ResumeState | null;
}

/** A process tree that is nowhere. */
const NOBODY: TreeRoot = { pid: 4_000_000, startSeconds: 1, counts: 'itself', childrenSinceSeconds: 0 };

/** A sampler on simulated `/sys` and `/proc` whose timer stays still: it looks when it is told to. */
export class ManualSampler {
  readonly sampler: Sampler;
  readonly errors: unknown[] = [];

  constructor(sysfs: string, procfs: string, more: Partial<SamplerOptions> = {}) {
    this.sampler = new Sampler({
      sensors: [new RaplSensor({ sysfs, procfs })],
      procfs: new Procfs(procfs),
      periodSeconds: () => 1e5,
      onError: (error) => this.errors.push(error),
      ...more,
    });
  }

  async attach(root: TreeRoot, resume: ResumeState | null = null): Promise<Recorded> {
    const recorded: Recorded = { samples: [], alive: [], resume: null };
    await this.sampler.attach(
      root,
      (event) => {
        if (event.sample) recorded.samples.push(event.sample);
        recorded.alive.push(event.aliveProcesses);
        recorded.resume = event.resume;
      },
      resume,
    );
    return recorded;
  }

  /** Takes one sample, for a run that comes and goes. */
  async look(): Promise<void> {
    await this.sampler.attach(NOBODY, () => {});
    await this.sampler.detach(NOBODY, false);
  }
}

/** Joules of the run, or of the machine, over all its samples. */
export function joulesOf(recorded: Recorded, whose: 'run' | 'machine', component?: Component): number {
  const parts = recorded.samples.flatMap((sample) => sample.parts);
  return parts
    .filter((part) => !component || part.component === component)
    .reduce((sum, part) => sum + (whose === 'run' ? part.runEnergyJoules : part.energyJoules), 0);
}
