import { t } from '../../language.ts';
import { bootId, monotonicSeconds } from '../metering/clock.ts';
import type { TreeRoot } from '../metering/processTree.ts';
import type { SampleEvent, Sampler } from '../metering/sampler.ts';
import { totalsFromConfigs } from '../progress/configFile.ts';
import type { ProgressOptions } from '../progress/reader.ts';
import { earlierRuns, MOST_EARLIER_RUNS } from './earlier.ts';
import { totalsFromRuns } from './earlierTotals.ts';
import { EnvironmentWatch } from './environmentWatch.ts';
import { isAlive, processIdentity, type Owner } from './owner.ts';
import { Run, type RunContext } from './run.ts';
import type { RunIdentity, RunSnapshot, RunState } from './snapshot.ts';
import type { Store, UnfinishedRun } from './store.ts';

/** A killed editor loses at most what was sampled since the last journal: 5 s, less one period. */
const JOURNAL_SECONDS = 4;

/** What ends sooner is often no training: it is written down only when it ends. */
const FIRST_JOURNAL_SECONDS = 2;

/** How often a long run's samples are thinned. */
const THIN_SECONDS = 1800;

export interface RecorderOptions {
  readonly sampler: Sampler;
  readonly openStore: () => Promise<Store>;
  readonly context: RunContext;
  /** Told after each sample, progress and end. */
  readonly onChange: (run: Run) => void;
  /** Told how many processes of the run are alive, null where that cannot be seen. */
  readonly onAlive: (run: Run, alive: number | null) => void;
  /** One clear sentence for people; the recorder goes on without what failed. */
  readonly onProblem: (message: string) => void;
}

/** Runs, from their start to their row in the history: samples them, journals them, takes them up after a restart. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #runs = new Map<string, Run>();
  readonly #times = new WeakMap<Run, { readonly journaledAt: number; readonly thinnedAt: number }>();
  readonly #environments = new EnvironmentWatch();
  readonly #owner: Owner = processIdentity(process.pid);
  readonly #told = new Set<string>();
  #store: Promise<Store | null> | null = null;
  #openedStore: Store | null = null;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Runs in progress, oldest first. */
  get running(): readonly Run[] {
    return [...this.#runs.values()];
  }

  /** The history, opened at the first call; null where this Node has no SQLite, which is told once. */
  store(): Promise<Store | null> {
    this.#store ??= this.#openStore();
    return this.#store;
  }

  /** Starts a run. Its samples come by themselves; `ready` tells when the first look at the sensors is taken. */
  start(
    identity: RunIdentity,
    root: TreeRoot,
    progress: ProgressOptions,
  ): { run: Run; ready: Promise<void> } {
    const run = Run.start(identity, root, progress, this.#options.context);
    this.#runs.set(identity.id, run);
    this.#environments.begin(run);
    void totalsFromConfigs(identity.command, identity.cwd).then((totals) => run.learnTotals(totals));
    const now = monotonicSeconds();
    this.#times.set(run, { journaledAt: now - JOURNAL_SECONDS + FIRST_JOURNAL_SECONDS, thinnedAt: now });
    const attached = this.#options.sampler.attach(root, (event) => this.#take(run, event));
    const compared = this.store().then((store) => store && this.#compare(run, store));
    const ready = Promise.all([attached, compared]).then(() => undefined);
    return { run, ready: ready.catch((error: unknown) => this.#tell(error)) };
  }

  /** Takes the last sample of a run that is over, though its output may not yet be read. */
  async settle(run: Run): Promise<void> {
    await this.#options.sampler.detach(run.root).catch((error: unknown) => this.#tell(error));
    run.stopClock();
  }

  /** Takes the last sample and writes the run down for good. */
  async end(run: Run, state: Exclude<RunState, 'running'>, exitCode: number | null): Promise<void> {
    if (!this.#runs.delete(run.identity.id)) return;
    await this.settle(run);
    run.end(state, exitCode);
    await this.store(); // a short run may end before the history is open
    this.#journal(run);
    this.#options.onChange(run);
  }

  /** Ends a run and leaves no trace of it. */
  async discard(run: Run): Promise<void> {
    if (!this.#runs.delete(run.identity.id)) return;
    await this.#options.sampler.detach(run.root, false).catch((error: unknown) => this.#tell(error));
    run.end('stopped', null);
    await this.store();
    this.#guard(() => this.#openedStore?.delete(run.identity.id));
    this.#options.onChange(run);
  }

  /**
   * Goes on with the runs that an editor or command line left when it was reloaded or killed: those whose processes
   * live and that `isOurs` claims are sampled again, those whose processes are gone are closed.
   */
  async recover(isOurs: (run: UnfinishedRun) => boolean): Promise<readonly Run[]> {
    const store = await this.store();
    if (!store) return [];
    const recovered: Run[] = [];
    for (const left of store.unfinished()) {
      if (isAlive(left.owner)) continue;
      const lives = left.memory.resume?.bootId === bootId() && isAlive(left.memory.root);
      if (lives && !isOurs(left)) continue;
      if (!store.claim(left.snapshot.id, left.owner, this.#owner)) continue;
      if (lives) recovered.push(await this.#takeUp(store, left));
      else this.#close(store, left.snapshot);
    }
    return recovered;
  }

  /** Writes all running runs down at once, for an editor that is about to go. */
  journalAll(): void {
    for (const run of this.#runs.values()) this.#journal(run);
  }

  dispose(): void {
    this.journalAll();
    this.#options.sampler.dispose();
    this.#openedStore?.close();
    this.#openedStore = null;
  }

  async #openStore(): Promise<Store | null> {
    try {
      const store = await this.#options.openStore();
      this.#openedStore = store;
      if (store.problem) this.#tell(store.problem);
      return store;
    } catch (error) {
      this.#tell(error);
      return null;
    }
  }

  #compare(run: Run, store: Store): void {
    const { command, cwd } = run.identity;
    this.#guard(() => {
      const finished = store.finishedRunsOf(command, cwd, MOST_EARLIER_RUNS);
      run.compareWith(earlierRuns(finished));
      run.learnTotals(totalsFromRuns(finished));
    });
  }

  async #takeUp(store: Store, { snapshot, memory }: UnfinishedRun): Promise<Run> {
    const run = Run.restore(snapshot, memory, store.points(snapshot.id), this.#options.context);
    this.#runs.set(snapshot.id, run);
    this.#environments.begin(run);
    await this.#options.sampler.attach(run.root, (event) => this.#take(run, event), memory.resume);
    this.#journal(run);
    return run;
  }

  #close(store: Store, snapshot: RunSnapshot): void {
    const endedAtMillis = snapshot.startedAtMillis + snapshot.durationSeconds * 1000;
    const notes = [...snapshot.notes, t('It ended while neither editor nor command line looked.')];
    const closed: RunSnapshot = {
      ...snapshot,
      ...{ state: 'interrupted', isPaused: false },
      endedAtMillis,
      notes,
      projection: null,
      powerWatts: null,
    };
    this.#guard(() => store.save(closed, [], null, this.#owner));
  }

  #take(run: Run, event: SampleEvent): void {
    run.take(event);
    this.#environments.sampled(run);
    if (!this.#runs.has(run.identity.id)) return;
    const now = monotonicSeconds();
    if (now - (this.#times.get(run)?.journaledAt ?? -Infinity) >= JOURNAL_SECONDS) this.#journal(run);
    this.#options.onChange(run);
    this.#options.onAlive(run, event.aliveProcesses);
  }

  #journal(run: Run): void {
    const store = this.#openedStore;
    if (!store) return;
    const now = monotonicSeconds();
    const times = this.#times.get(run) ?? { journaledAt: now, thinnedAt: now };
    const isThinningDue = !run.isRunning || now - times.thinnedAt >= THIN_SECONDS;
    this.#times.set(run, { journaledAt: now, thinnedAt: isThinningDue ? now : times.thinnedAt });
    this.#guard(() => {
      store.save(run.snapshot(), run.unsavedPoints(), run.isRunning ? run.memory() : null, this.#owner);
      run.markSaved();
      if (isThinningDue) store.thinSamples(run.identity.id);
    });
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#tell(error);
    }
  }

  #tell(problem: unknown): void {
    const message =
      problem instanceof Error
        ? t('The run history could not be written: {0}.', problem.message)
        : String(problem);
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#options.onProblem(message);
  }
}
