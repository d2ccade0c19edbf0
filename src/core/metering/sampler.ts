import { t } from '../../language.ts';
import { assumptionsInUse } from '../sensors/assumptions.ts';
import type { ProbedSensor, Sensor, SensorList } from '../sensors/sensor.ts';
import {
  attribute,
  energyShare,
  useBetween,
  withinWhole,
  type IdlePower,
  type RunSample,
  type Shares,
  type UsageMark,
} from './attribution.ts';
import { bootId, monotonicSeconds } from './clock.ts';
import type { Clocks } from './clockWatch.ts';
import { GpuUse } from './gpuUse.ts';
import { MachineEnergy, type Look } from './machineEnergy.ts';
import type { EnergySample, MeterState } from './meter.ts';
import type { MachineLoad, Procfs } from './procfs.ts';
import { ProcessTrees, type TreeRoot, type TreeUsage } from './processTree.ts';

/** What a run needs to go on after its editor was reloaded or killed. Plain data, journaled with the run. */
export interface ResumeState {
  readonly bootId: string;
  readonly meter: MeterState;
  /** With the tree's raw CPU seconds, which compare across a restart; null where there is no /proc. */
  readonly mark: UsageMark | null;
}

/** What a sample brings to a run. */
export interface SampleEvent {
  /** Null at the first look, when there is no interval yet. */
  readonly sample: RunSample | null;
  /** Processes of the run that are alive; null where that cannot be seen. */
  readonly aliveProcesses: number | null;
  /** Whether they are stopped and the run stands still. */
  readonly isPaused: boolean;
  readonly resume: ResumeState;
}

export interface SamplerOptions {
  /** All that there are, best first; asked when something trains where they are yet to be loaded. */
  readonly sensors: readonly Sensor[] | SensorList;
  readonly procfs: Procfs;
  /** Asked at each sample, so that a changed setting holds at once. */
  readonly periodSeconds: () => number;
  /** Asked at each sample. `proportional` where it is left out. */
  readonly idlePower?: () => IdlePower;
  /** Told of errors in listeners; sampling goes on. */
  readonly onError: (error: unknown) => void;
  readonly clocks?: () => Clocks;
}

interface Target {
  readonly root: TreeRoot;
  readonly listener: (event: SampleEvent) => void;
  resume: ResumeState | null;
  mark: UsageMark | null;
  isNew: boolean;
}

/** How long a sample waits for slow sensors; at a run's start and end it waits longer, lest their energy is lost. */
const PATIENCE_MILLIS = 250;
const LONG_PATIENCE_MILLIS = 2000;

/** However soon a counter may wrap, nothing is sampled more often than the setting allows: 0.25 s. */
const LEAST_PERIOD_SECONDS = 0.25;

/**
 * Samples sensors and processes while at least one run is attached, and nothing at all otherwise. Attaching and
 * detaching take a sample of their own, so that a run's energy begins and ends with the run.
 */
export class Sampler {
  readonly #options: SamplerOptions;
  readonly #trees: ProcessTrees;
  readonly #gpuUse: GpuUse;
  readonly #targets = new Set<Target>();
  readonly #machine: MachineEnergy;
  #timer: NodeJS.Timeout | null = null;
  #queue: Promise<void> = Promise.resolve();
  #nextSeconds = 0;
  #isDisposed = false;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#machine = new MachineEnergy(options.sensors, options.clocks);
    this.#trees = new ProcessTrees(options.procfs);
    this.#gpuUse = new GpuUse(options.procfs);
  }

  /** The sensor that serves each component at this moment: `cpu`, `dram`, `gpu nvidia`, `machine`. */
  get sources(): ReadonlyMap<string, ProbedSensor> {
    return this.#machine.sources;
  }

  /** What the estimates among them rest on. */
  get assumptions(): readonly string[] {
    return assumptionsInUse(this.sources);
  }

  get isRunning(): boolean {
    return this.#timer !== null;
  }

  /** Starts to tell `listener` what the tree uses. Resolves when the first look is taken. */
  attach(root: TreeRoot, listener: Target['listener'], resume: ResumeState | null = null): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#targets.size === 0) await this.#start();
      if (this.#isDisposed) return;
      this.#trees.add(root);
      this.#targets.add({ root, listener, resume, mark: null, isNew: true });
      await this.#sample(true);
    });
  }

  /** Takes a last sample for the tree, unless it is said not to, and forgets it. */
  detach(root: TreeRoot, takesLastSample = true): Promise<void> {
    return this.#enqueue(async () => {
      const target = [...this.#targets].find((candidate) => candidate.root === root);
      if (!target) return;
      if (takesLastSample) await this.#sample(true);
      this.#targets.delete(target);
      this.#trees.remove(root);
      if (this.#targets.size === 0) this.#stop();
    });
  }

  /** Stops at once and for good. */
  dispose(): void {
    this.#isDisposed = true;
    this.#targets.clear();
    this.#stop();
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined); // whoever asked for it is told
    return done;
  }

  async #start(): Promise<void> {
    await this.#machine.open();
    this.#nextSeconds = monotonicSeconds();
    if (!this.#isDisposed) this.#schedule();
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#machine.close();
  }

  /** Plans the next sample on the grid that began with the first one, so that lateness does not add up. */
  #schedule(): void {
    const safe = Math.max(LEAST_PERIOD_SECONDS, this.#machine.safePeriodSeconds());
    const period = Math.min(this.#options.periodSeconds(), safe);
    const now = monotonicSeconds();
    this.#nextSeconds += period * Math.max(1, Math.ceil((now - this.#nextSeconds) / period));
    this.#timer = setTimeout(() => void this.#onTimer(), (this.#nextSeconds - now) * 1000);
  }

  async #onTimer(): Promise<void> {
    await this.#enqueue(() => this.#sample(false)).catch(this.#options.onError);
    if (this.#timer) this.#schedule();
  }

  /** @param isEdge whether a run begins or ends here: then nothing may be left for the next sample */
  async #sample(isEdge: boolean): Promise<void> {
    if (this.#targets.size === 0) return;
    const look = await this.#machine.look(isEdge ? LONG_PATIENCE_MILLIS : PATIENCE_MILLIS, isEdge);
    const load = this.#options.procfs.load();
    const usages = this.#trees.scan(isEdge ? null : (load?.busySeconds ?? null));
    const samples = this.#share(look.energy, load, usages);
    for (const target of this.#targets) {
      const usage = usages.get(target.root);
      const sample = target.isNew ? this.#recover(target, look, usage, load) : samples.get(target);
      target.isNew = false;
      target.mark = mark(load, usage);
      this.#tell(target, sample ?? null, usage, load);
    }
  }

  /** Each run's part of the machine's energy, for the runs that had a look before. */
  #share(
    energy: EnergySample | null,
    load: MachineLoad | null,
    usages: ReadonlyMap<TreeRoot, TreeUsage>,
  ): ReadonlyMap<Target, RunSample> {
    if (!energy) return new Map();
    const old = [...this.#targets].filter((target) => !target.isNew);
    const seen = old.map((target) => this.#sharesOf(target.mark, usages.get(target.root), load, target));
    const shares = withinWhole(seen.map((each) => each ?? new Map<string, number>()));
    return new Map(
      old.map((target, index) => [target, attribute(energy, seen[index] ? (shares[index] ?? null) : null)]),
    );
  }

  /** Null where processes cannot be seen: then the whole machine counts as the run's, and the run says so. */
  #sharesOf(
    before: UsageMark | null,
    usage: TreeUsage | undefined,
    load: MachineLoad | null,
    key: object,
  ): Shares | null {
    const after = mark(load, usage);
    return before && after && usage ? this.#sharesBetween(before, after, usage, key) : null;
  }

  #sharesBetween(before: UsageMark, after: UsageMark, usage: TreeUsage, key: object): Shares {
    const idle = this.#options.idlePower?.() ?? 'proportional';
    const { cpu, dram } = useBetween(before, after);
    const shares = new Map([
      ['cpu', energyShare(cpu, idle)],
      ['dram', energyShare(dram, idle)],
    ]);
    for (const [device, use] of this.#machine.devices)
      shares.set(`gpu ${device}`, energyShare(this.#gpuUse.of(use, usage.members, key), idle));
    return shares;
  }

  /** The energy between a run's last journal and this first look after a restart, from the counters. */
  #recover(
    target: Target,
    look: Look,
    usage: TreeUsage | undefined,
    load: MachineLoad | null,
  ): RunSample | null {
    const { resume } = target;
    if (!resume || resume.bootId !== bootId()) return null;
    const energy = this.#machine.since(resume.meter, look);
    if (!energy) return null;
    const now = rawMark(load, usage);
    const gapSeconds = energy.endSeconds - energy.startSeconds;
    const note = t('{0} s without the editor are filled in from the energy counters.', gapSeconds.toFixed(1));
    const shares = resume.mark && now && usage ? this.#sharesBetween(resume.mark, now, usage, target) : null;
    return attribute({ ...energy, notes: [...energy.notes, note] }, shares);
  }

  #tell(
    target: Target,
    sample: RunSample | null,
    usage: TreeUsage | undefined,
    load: MachineLoad | null,
  ): void {
    const resume = { bootId: bootId(), meter: this.#machine.state(), mark: rawMark(load, usage) };
    try {
      target.listener({
        sample,
        aliveProcesses: load && usage ? usage.alive : null,
        isPaused: usage?.isStopped ?? false,
        resume,
      });
    } catch (error) {
      this.#options.onError(error);
    }
  }
}

function mark(load: MachineLoad | null, usage: TreeUsage | undefined): UsageMark | null {
  if (!load || !usage) return null;
  return { ...load, treeCpuSeconds: usage.cpuSeconds, treeResidentBytes: usage.residentBytes };
}

function rawMark(load: MachineLoad | null, usage: TreeUsage | undefined): UsageMark | null {
  return usage ? mark(load, { ...usage, cpuSeconds: usage.rawCpuSeconds }) : null;
}
