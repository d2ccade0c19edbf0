import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { Procfs } from '../../core/metering/procfs.ts';
import type { TreeRoot } from '../../core/metering/processTree.ts';
import { inSlices } from '../../core/progress/slices.ts';
import { endState, startProblem } from '../../core/runs/endState.ts';
import { processIdentity } from '../../core/runs/owner.ts';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { Run } from '../../core/runs/run.ts';
import type { RunOrigin, RunState } from '../../core/runs/snapshot.ts';
import type { Messages } from '../messages.ts';
import type { Settings } from '../settings.ts';

/** What is known of a training when it starts. */
export interface Launch {
  readonly command: string;
  readonly label: string;
  readonly cwd: string;
  readonly origin: RunOrigin;
  /** By the task, null where it names none. */
  readonly epochs: number | null;
  /** The user asked for a training. Else a short command without progress, such as `ls`, is none. */
  readonly isAsked: boolean;
  readonly scope: vscode.Uri | undefined;
}

/** A run of this window with the terminal it runs in. */
export interface TrackedRun {
  readonly run: Run;
  readonly isAsked: boolean;
  /** Whose settings hold for it; undefined for those of the window. */
  readonly scope: vscode.Uri | undefined;
  /** Null until the terminal of a run of before a reload is found. */
  terminal: vscode.Terminal | null;
  execution: vscode.TerminalShellExecution | null;
  /** Resolves when the output is read to its end. */
  outputRead: Promise<void>;
  /** Pieces of output read so far. */
  piecesRead: number;
  /** Nobody tells the end of this run: it is over when its processes are gone. */
  endsWithProcesses: boolean;
}

/** Typed commands that end sooner, without progress, are not kept. */
const SHORTEST_TYPED_SECONDS = 2;

/** The first process may have started this long before VS Code told of the command. */
const START_DELAY_SECONDS = 1;

/** Output of a command that ended may still be on its way: when none came for so long, that was the last. */
const LAST_OUTPUT_MILLIS = 1000;

/** A flood of it is read for so many times as long at most. */
const MOST_WAITS = 20;

const OPEN_RUNS_KEY = 'openRuns';

/** The runs of this window. */
export class TrackedRuns {
  readonly #recorder: Recorder;
  readonly #settings: Settings;
  readonly #memory: vscode.Memento;
  readonly #messages: Messages;
  readonly #procfs = new Procfs();
  readonly #tracked = new Map<string, TrackedRun>();
  /** Terminals of runs that ended, as long as they are open. */
  readonly #terminals = new Map<string, vscode.Terminal>();
  #latest: Run | null = null;

  constructor(recorder: Recorder, settings: Settings, memory: vscode.Memento, messages: Messages) {
    this.#messages = messages;
    this.#recorder = recorder;
    this.#settings = settings;
    this.#memory = memory;
  }

  get all(): readonly TrackedRun[] {
    return [...this.#tracked.values()];
  }

  /** Runs that are worth showing: what was typed becomes so after a moment. */
  get shown(): readonly TrackedRun[] {
    return this.all.filter(({ run, isAsked }) => isAsked || isWorthKeeping(run));
  }

  /** Where a run of this window trains or trained; null where that is not known or closed. */
  terminalOf(id: string): vscode.Terminal | null {
    const terminal = this.#tracked.get(id)?.terminal ?? this.#terminals.get(id) ?? null;
    return terminal?.exitStatus === undefined ? terminal : null;
  }

  /** The run that was started last, ended or not; null while there was none. */
  get latest(): Run | null {
    return this.#latest;
  }

  inTerminal(terminal: vscode.Terminal | undefined): TrackedRun | null {
    return this.all.find((tracked) => tracked.terminal === terminal) ?? null;
  }

  /** @param processId the shell's or the training's own, by `counts` */
  start(
    launch: Launch,
    terminal: vscode.Terminal | null,
    processId: number,
    counts: TreeRoot['counts'],
  ): TrackedRun {
    const { startSeconds } = processIdentity(processId);
    const nowSeconds = this.#procfs.uptimeSeconds() ?? 0;
    const root: TreeRoot = {
      pid: processId,
      startSeconds,
      counts,
      childrenSinceSeconds: nowSeconds - START_DELAY_SECONDS,
    };
    const { command, label, cwd, origin } = launch;
    const identity = {
      id: randomUUID(),
      command,
      label,
      cwd,
      origin,
      project: path.basename(cwd),
      startedAtMillis: Date.now(),
    };
    const options = this.#settings.progress(command, launch.epochs, launch.scope);
    const { run } = this.#recorder.start(identity, root, options);
    return this.#add(run, terminal, launch);
  }

  /** Takes up a run of before a reload. */
  adopt(run: Run): TrackedRun {
    const tracked = this.#add(run, null, { isAsked: true, scope: undefined });
    tracked.endsWithProcesses = true;
    return tracked;
  }

  /** Reads a run's output until it ends. What fails is the reader's loss only. */
  read(tracked: TrackedRun, output: AsyncIterable<string>): void {
    const readAll = async () => {
      for await (const text of output) {
        await inSlices(text, (slice) => tracked.run.feed(slice));
        tracked.piecesRead += 1;
      }
    };
    tracked.outputRead = readAll().catch(() => undefined);
  }

  async end(
    tracked: TrackedRun,
    exitCode: number | null,
    state?: Exclude<RunState, 'running'>,
  ): Promise<void> {
    if (!this.#tracked.has(tracked.run.identity.id)) return;
    const { run, isAsked } = tracked;
    // a training that goes on untracked goes on to print
    await Promise.all([this.#recorder.settle(run), lastOutput(tracked, state ? 1 : MOST_WAITS)]);
    if (!this.#tracked.delete(run.identity.id)) return;
    this.#rememberTerminal(tracked);
    if (isAsked || isWorthKeeping(run)) await this.#recorder.end(run, state ?? endState(exitCode), exitCode);
    else await this.#recorder.discard(run);
    await this.#remember();
    const problem = isAsked ? startProblem(exitCode, run.identity.command) : null;
    if (problem) this.#messages.error(problem);
  }

  /** The runs that this window had in progress when it was reloaded or closed. */
  rememberedIds(): readonly string[] {
    return this.#memory.get<readonly string[]>(OPEN_RUNS_KEY, []);
  }

  #add(
    run: Run,
    terminal: vscode.Terminal | null,
    { isAsked, scope }: Pick<Launch, 'isAsked' | 'scope'>,
  ): TrackedRun {
    const tracked: TrackedRun = {
      ...{ run, terminal, isAsked, scope, execution: null, outputRead: Promise.resolve() },
      piecesRead: 0,
      endsWithProcesses: false,
    };
    this.#tracked.set(run.identity.id, tracked);
    this.#latest = run;
    void this.#remember();
    return tracked;
  }

  #rememberTerminal({ run, terminal }: TrackedRun): void {
    for (const [id, { exitStatus }] of this.#terminals)
      if (exitStatus !== undefined) this.#terminals.delete(id);
    if (terminal) this.#terminals.set(run.identity.id, terminal);
  }

  async #remember(): Promise<void> {
    await this.#memory.update(OPEN_RUNS_KEY, [...this.#tracked.keys()]);
  }
}

/** Resolves when the output is read to its end, or nothing more of it comes. */
async function lastOutput(tracked: TrackedRun, mostWaits: number): Promise<void> {
  let isRead = false;
  const read = tracked.outputRead.then(() => (isRead = true));
  for (let waits = 0, before = -1; waits < mostWaits && tracked.piecesRead !== before && !isRead; waits++) {
    before = tracked.piecesRead;
    await Promise.race([read, sleep(LAST_OUTPUT_MILLIS)]);
  }
}

function isWorthKeeping(run: Run): boolean {
  const { durationSeconds, progress } = run.snapshot();
  return durationSeconds >= SHORTEST_TYPED_SECONDS || progress.epoch !== null || progress.step !== null;
}
