import { t } from '../../language.ts';
import type { IdlePower } from '../metering/attribution.ts';
import { monotonicSeconds } from '../metering/clock.ts';
import type { TreeRoot } from '../metering/processTree.ts';
import type { ResumeState, SampleEvent } from '../metering/sampler.ts';
import { workDone, workToDo, workUnit } from '../progress/fraction.ts';
import { ProgressReader, type ProgressOptions, type ProgressReading } from '../progress/reader.ts';
import type { KnownTotals } from '../progress/totals.ts';
import { MilestoneRecorder } from '../projection/milestones.ts';
import type { MilestoneState, OldMilestoneState } from '../projection/milestoneState.ts';
import type { Cost } from '../projection/cost.ts';
import { project } from '../projection/project.ts';
import type { EarlierRuns, Projection } from '../projection/projection.ts';
import { Basis } from './basis.ts';
import { Emissions, type EmissionsContext } from './emissions.ts';
import type { RunEnvironment } from './environment/environment.ts';
import { EpochWatch } from './epochWatch.ts';
import { Ledger } from './ledger.ts';
import { RunClock } from './runClock.ts';
import { pointsOf, Series, thin } from './series.ts';
import type { RunIdentity, RunSnapshot, RunState, SamplePoint } from './snapshot.ts';

/** Notes are for people: more than this many say no more. */
const MOST_NOTES = 50;

/** A history that cannot be written for hours must not fill the memory. */
const MOST_UNSAVED = 20_000;
const UNSAVED_SLOT_SECONDS = 60;

/** What a run needs besides its snapshot to be taken up again after the editor was reloaded or killed. Plain data. */
export interface RunMemory {
  readonly root: TreeRoot;
  /** Monotonic seconds of the run's start, in the boot that `resume` names. */
  readonly startSeconds: number;
  /** How long the run stood still so far. */
  readonly pausedSeconds?: number;
  readonly milestones: MilestoneState | OldMilestoneState;
  /** What the history knows of the same command. */
  readonly earlier?: readonly EarlierRuns[];
  readonly resume: ResumeState | null;
  readonly progressOptions: ProgressOptions;
}

/** What is asked at each sample, so that a changed setting holds from then on. */
export interface RunContext extends EmissionsContext {
  /** What the estimates in use rest on. */
  readonly assumptions: () => readonly string[];
  /** What the sampler is told; `proportional` where it is left out, as there. */
  readonly idlePower?: () => IdlePower;
}

/** A training run while it runs: takes samples and output, gives snapshots. */
export class Run {
  readonly root: TreeRoot;
  readonly #context: RunContext;
  readonly #progress: ProgressReader;
  readonly #progressOptions: ProgressOptions;
  readonly #milestones: MilestoneRecorder;
  readonly #epochs: EpochWatch;
  readonly #ledger: Ledger;
  readonly #series = new Series();
  readonly #notes: string[];
  readonly #basis: Basis;
  readonly #emissions: Emissions;
  #identity: RunIdentity;
  readonly #clock: RunClock;
  #startsWithSample = false;
  #unsaved: SamplePoint[] = [];
  #resume: ResumeState | null;
  #powerWatts: number | null = null;
  #isWholeMachine = false;
  #state: RunState = 'running';
  #exitCode: number | null = null;
  #earlier: readonly EarlierRuns[];
  #environment: RunEnvironment | null;

  private constructor(
    identity: RunIdentity,
    memory: RunMemory,
    context: RunContext,
    before: RunSnapshot | null,
  ) {
    this.#identity = identity;
    this.root = memory.root;
    this.#context = context;
    this.#progressOptions = memory.progressOptions;
    this.#milestones = new MilestoneRecorder(memory.milestones);
    this.#epochs = new EpochWatch(before, this.#milestones.sampled);
    this.#progress = new ProgressReader(memory.progressOptions, undefined, this.#epochs.onText);
    this.#ledger = new Ledger(before?.components);
    this.#clock = new RunClock(memory.startSeconds, memory.pausedSeconds ?? 0);
    this.#earlier = memory.earlier ?? [];
    const problem = this.#progress.problem(); // a snapshot has it among its notes
    this.#notes = (before?.notes ?? []).filter((text) => text !== problem);
    this.#basis = new Basis(before);
    this.#resume = memory.resume;
    this.#emissions = new Emissions(before, context);
    this.#environment = before?.environment ?? null;
    if (before) this.#progress.restore(before.progress);
  }

  static start(identity: RunIdentity, root: TreeRoot, options: ProgressOptions, context: RunContext): Run {
    const memory: RunMemory = {
      root,
      startSeconds: monotonicSeconds() - Math.max(0, Date.now() - identity.startedAtMillis) / 1000,
      milestones: new MilestoneRecorder().state(),
      resume: null,
      progressOptions: options,
    };
    return new Run(identity, memory, context, null);
  }

  /** Takes up a run that an earlier editor left. */
  static restore(
    before: RunSnapshot,
    memory: RunMemory,
    points: readonly SamplePoint[],
    context: RunContext,
  ): Run {
    const run = new Run(identityOf(before), memory, context, before);
    run.#series.add(points);
    return run;
  }

  get identity(): RunIdentity {
    return this.#identity;
  }

  get resume(): ResumeState | null {
    return this.#resume;
  }

  /** What it runs in; null until that is known. */
  get environment(): RunEnvironment | null {
    return this.#environment;
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Terminal output of the training. @returns whether the progress changed */
  feed(text: string): boolean {
    const changed = this.#progress.feed(text);
    if (changed) this.#see();
    this.#seeEpoch(changed);
    return changed;
  }

  /**
   * The training was started only after the first look at the sensors. So the run begins with that look, not while
   * sensors were still searched for.
   */
  startWithFirstLook(): void {
    this.#startsWithSample = this.#clock.sampleSeconds === 0;
  }

  take(event: SampleEvent): void {
    this.#resume = event.resume;
    if (event.aliveProcesses === null) this.#noteWholeMachine();
    this.setPaused(event.isPaused);
    const { sample } = event;
    if (!sample) return;
    if (this.#startsWithSample) this.#startAt(sample.startSeconds);
    for (const text of sample.notes) this.note(text);
    const { assumptions, idlePower } = this.#context;
    const change = this.#basis.add(sample, assumptions, idlePower?.() ?? 'proportional');
    if (change) this.note(change);
    const energyBefore = this.#ledger.energyJoules;
    this.#ledger.add(sample);
    const energyJoules = this.#ledger.energyJoules - energyBefore;
    const elapsed = sample.endSeconds - sample.startSeconds;
    const endMillis = Date.now() - (monotonicSeconds() - sample.endSeconds) * 1000;
    this.#emissions.add(energyJoules, endMillis - elapsed * 1000, endMillis);
    if (elapsed > 0) this.#powerWatts = energyJoules / elapsed;
    this.#clock.sampled(sample.endSeconds, elapsed);
    const points = pointsOf(sample, this.#clock.startSeconds);
    this.#series.add(points);
    this.#unsaved.push(...points);
    if (this.#unsaved.length > MOST_UNSAVED) this.#unsaved = [...thin(this.#unsaved, UNSAVED_SLOT_SECONDS)];
    this.#milestones.sample(this.#usedNow());
    this.#epochs.sample(this.#usedNow());
  }

  #startAt(seconds: number): void {
    const startedAtMillis = this.#identity.startedAtMillis + this.#clock.startAt(seconds) * 1000;
    this.#identity = { ...this.#identity, startedAtMillis };
    this.#startsWithSample = false;
  }

  #noteWholeMachine(): void {
    if (this.#isWholeMachine) return;
    this.#isWholeMachine = true;
    this.note(
      t('Processes cannot be seen on this system, so the whole machine’s energy is counted as the run’s.'),
    );
  }

  /** Takes totals that became known after its start. */
  learnTotals(totals: KnownTotals): void {
    this.#progress.learn(totals);
  }

  /** What was read of its output, for people who wonder. */
  reading(): ProgressReading {
    return this.#progress.reading();
  }

  /** What comes after its end is of another moment. */
  setEnvironment(environment: RunEnvironment): void {
    if (this.isRunning) this.#environment = environment;
  }

  /** What the history knows of the same command, for the projection. */
  compareWith(earlier: readonly EarlierRuns[]): void {
    this.#earlier = earlier;
  }

  /** Told when its processes were stopped or go on; each sample tells it, too. */
  setPaused(isPaused: boolean): void {
    if (this.#clock.setPaused(isPaused)) this.note(isPaused ? t('Paused.') : t('Goes on.'));
  }

  note(text: string): void {
    const time = new Date().toLocaleTimeString('en-GB');
    if (this.#notes.length < MOST_NOTES) this.#notes.push(`${time} ${text}`);
  }

  /** The training is over with the last sample. What it printed may still be read until `end`. */
  stopClock(): void {
    this.setPaused(false);
    this.#clock.stop();
  }

  end(state: Exclude<RunState, 'running'>, exitCode: number | null): void {
    if (!this.isRunning) return;
    this.#progress.finish(exitCode);
    this.#emissions.settle();
    this.#state = state;
    this.#exitCode = exitCode;
    this.stopClock();
    this.#seeEpoch(true);
    this.#epochs.sample(this.#usedNow());
    this.#powerWatts = null;
  }

  /** Points that the journal does not have yet. */
  unsavedPoints(): readonly SamplePoint[] {
    return this.#unsaved;
  }

  markSaved(): void {
    this.#unsaved = [];
  }

  points(): readonly SamplePoint[] {
    return this.#series.points();
  }

  memory(): RunMemory {
    return {
      root: this.root,
      startSeconds: this.#clock.startSeconds,
      pausedSeconds: this.#clock.pausedSeconds(),
      milestones: this.#milestones.state(),
      earlier: this.#earlier,
      resume: this.#resume,
      progressOptions: this.#progressOptions,
    };
  }

  snapshot(): RunSnapshot {
    const totals = this.#ledger.totals();
    const projection = this.#project();
    const problem = this.#progress.problem();
    const durationSeconds = this.#clock.seconds();
    return {
      ...this.identity,
      ...totals,
      state: this.#state,
      isPaused: this.#clock.isPaused,
      exitCode: this.#exitCode,
      endedAtMillis: this.#clock.isStopped ? this.identity.startedAtMillis + durationSeconds * 1000 : null,
      durationSeconds,
      powerWatts: this.#powerWatts,
      ...this.#emissions.recorded,
      carbon: this.#context.carbon(),
      progress: this.#progress.progress(),
      ...(this.#epochs.record ? { epochs: this.#epochs.record } : {}),
      projection,
      projectedEmissionsGrams: projection && this.#emissions.project(projection, totals.energyJoules),
      ...this.#basis.recorded,
      ...(this.#environment ? { environment: this.#environment } : {}),
      notes: problem ? [...this.#notes, problem] : [...this.#notes],
    };
  }

  #see(): void {
    const progress = this.#progress.progress();
    const unit = workUnit(progress);
    const work = workDone(progress);
    if (unit === null || work === null) return;
    const { epochsCompleted, phase } = progress;
    this.#milestones.see({ unit, work, epochsCompleted, phase }, this.#clock.activeSeconds());
  }

  #seeEpoch(hasChanged: boolean): void {
    const now = () => ({ activeSeconds: this.#clock.activeSeconds(), atSeconds: this.#clock.seconds() });
    this.#epochs.see(this.#progress.progress(), hasChanged, now);
  }

  #usedNow(): Cost {
    return { energyJoules: this.#energyNow(), timeSeconds: this.#clock.activeSeconds() };
  }

  /** The energy up to now: that of the samples, and since the last one by its power. */
  #energyNow(): number {
    return this.#ledger.energyJoules + (this.#powerWatts ?? 0) * this.#clock.unsampledSeconds();
  }

  #project(): Projection | null {
    const progress = this.#progress.progress();
    const workToDoInAll = workToDo(progress);
    if (!this.isRunning || workToDoInAll === null) return null;
    return project(this.#milestones.state(), {
      used: this.#milestones.sampled,
      workToDo: workToDoInAll,
      unit: workUnit(progress),
      isStale: progress.isStale,
      samplingSeconds: this.#clock.sampleSeconds,
      earlier: this.#earlier,
    });
  }
}

function identityOf(snapshot: RunSnapshot): RunIdentity {
  const { id, label, command, cwd, project, origin, startedAtMillis } = snapshot;
  return { id, label, command, cwd, project, origin, startedAtMillis };
}
