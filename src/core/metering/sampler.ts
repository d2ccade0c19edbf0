import { chooseSources, probeSensors } from '../sensors/index.ts';
import type { Component, ProbedSensor, Reading, Sensor } from '../sensors/sensor.ts';
import {
  attribute,
  sharesBetween,
  withinWhole,
  type RunSample,
  type Shares,
  type UsageMark,
} from './attribution.ts';
import { bootId, monotonicSeconds } from './clock.ts';
import { GuardedSensor } from './guardedRead.ts';
import { Meter, type MeterState } from './meter.ts';
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
  readonly resume: ResumeState;
}

export interface SamplerOptions {
  readonly sensors: readonly Sensor[];
  readonly procfs: Procfs;
  /** Asked at each sample, so that a changed setting holds at once. */
  readonly periodSeconds: () => number;
  /** Told of errors in listeners; sampling goes on. */
  readonly onError: (error: unknown) => void;
}

interface Target {
  readonly root: TreeRoot;
  readonly listener: (event: SampleEvent) => void;
  resume: ResumeState | null;
  mark: UsageMark | null;
  isNew: boolean;
}

const WHOLE_MACHINE: Shares = { cpu: 1, dram: 1, gpu: 1 };

/**
 * Samples sensors and processes while at least one run is attached, and nothing at all otherwise. Attaching and
 * detaching take a sample of their own, so that a run's energy begins and ends with the run.
 */
export class Sampler {
  readonly #options: SamplerOptions;
  readonly #trees: ProcessTrees;
  readonly #targets = new Set<Target>();
  #sources: ReadonlyMap<Component, ProbedSensor> = new Map();
  #guarded: readonly GuardedSensor[] = [];
  #meter = new Meter();
  #timer: NodeJS.Timeout | null = null;
  #queue: Promise<void> = Promise.resolve();
  #nextSeconds = 0;
  #isDisposed = false;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#trees = new ProcessTrees(options.procfs);
  }

  /** The sensor that serves each component, from the last probe. */
  get sources(): ReadonlyMap<Component, ProbedSensor> {
    return this.#sources;
  }

  /** What the estimates among them rest on. */
  get assumptions(): readonly string[] {
    return [...new Set([...this.#sources.values()].flatMap(({ probe }) => probe.assumptions))];
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
      await this.#sample();
    });
  }

  /** Takes a last sample for the tree, unless it is said not to, and forgets it. */
  detach(root: TreeRoot, takesLastSample = true): Promise<void> {
    return this.#enqueue(async () => {
      const target = [...this.#targets].find((candidate) => candidate.root === root);
      if (!target) return;
      if (takesLastSample) await this.#sample();
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
    const probed = await probeSensors(this.#options.sensors);
    this.#sources = chooseSources(probed);
    const used = new Set([...this.#sources.values()].map(({ sensor }) => sensor));
    this.#guarded = [...used].map((sensor) => new GuardedSensor(sensor));
    this.#meter = new Meter();
    this.#nextSeconds = monotonicSeconds();
    if (!this.#isDisposed) this.#schedule();
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Plans the next sample on the grid that began with the first one, so that lateness does not add up. */
  #schedule(): void {
    const period = this.#options.periodSeconds();
    const now = monotonicSeconds();
    this.#nextSeconds += period * Math.max(1, Math.ceil((now - this.#nextSeconds) / period));
    this.#timer = setTimeout(() => void this.#onTimer(), (this.#nextSeconds - now) * 1000);
  }

  async #onTimer(): Promise<void> {
    await this.#enqueue(() => this.#sample()).catch(this.#options.onError);
    if (this.#timer) this.#schedule();
  }

  async #sample(): Promise<void> {
    if (this.#targets.size === 0) return;
    const readings = await this.#read();
    const load = this.#options.procfs.load();
    const usages = this.#trees.scan();
    const energy = this.#meter.add(readings);
    const old = [...this.#targets].filter((target) => !target.isNew);
    const marks = new Map([...this.#targets].map((target) => [target, mark(load, usages.get(target.root))]));
    const shares = withinWhole(old.map((target) => shareOf(target.mark, marks.get(target) ?? null)));
    const samples = new Map<Target, RunSample | null>();
    old.forEach((target, index) =>
      samples.set(target, energy && attribute(energy, shares[index] ?? WHOLE_MACHINE)),
    );
    for (const target of this.#targets) {
      if (target.isNew) samples.set(target, this.#recover(target, readings, usages.get(target.root), load));
      target.isNew = false;
      target.mark = marks.get(target) ?? null;
      this.#tell(target, samples.get(target) ?? null, usages.get(target.root), load);
    }
  }

  async #read(): Promise<readonly Reading[]> {
    const readings = (await Promise.all(this.#guarded.map((sensor) => sensor.read()))).flat();
    return readings.filter(({ component, source }) => this.#sources.get(component)?.sensor.id === source);
  }

  /** The energy between a run's last journal and this first look after a restart, from the counters. */
  #recover(
    target: Target,
    readings: readonly Reading[],
    usage: TreeUsage | undefined,
    load: MachineLoad | null,
  ): RunSample | null {
    const { resume } = target;
    if (!resume || resume.bootId !== bootId()) return null;
    const energy = new Meter(resume.meter).add(readings);
    if (!energy) return null;
    const now = rawMark(load, usage);
    const gapSeconds = energy.endSeconds - energy.startSeconds;
    const note = `${gapSeconds.toFixed(1)} s without the editor are filled in from the energy counters.`;
    return attribute({ ...energy, notes: [...energy.notes, note] }, shareOf(resume.mark, now));
  }

  #tell(
    target: Target,
    sample: RunSample | null,
    usage: TreeUsage | undefined,
    load: MachineLoad | null,
  ): void {
    const resume = { bootId: bootId(), meter: this.#meter.state(), mark: rawMark(load, usage) };
    try {
      target.listener({ sample, aliveProcesses: load && usage ? usage.alive : null, resume });
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

/** Where processes cannot be seen, the whole machine counts as the run's: the run says so. */
function shareOf(before: UsageMark | null, after: UsageMark | null): Shares {
  return before && after ? sharesBetween(before, after) : WHOLE_MACHINE;
}
