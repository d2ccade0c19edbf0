import * as vscode from 'vscode';
import { monotonicSeconds } from '../../core/metering/clock.ts';
import type { TreeRoot } from '../../core/metering/processTree.ts';
import { Procfs } from '../../core/metering/procfs.ts';
import type { Run } from '../../core/runs/run.ts';
import { t } from '../../language.ts';
import { shellIntegrationOf, type TrainingTerminals } from '../trainingTerminals.ts';
import { labelOf } from './shellTracking.ts';
import type { Launch, TrackedRuns } from './trackedRuns.ts';

/** How often a shell without integration is asked for its children, while its training terminal is open. */
const LOOK_MILLIS = 2000;

/** A run without processes is over when the shell's own word has not come by then. */
const SECONDS_WITHOUT_PROCESSES = 1.5;

/** What a run says whose output nobody can read. */
export const NO_OUTPUT = t(
  'This shell has no shell integration, so the output cannot be read: progress, projection and exit code stay unknown. How to switch it on: {0}',
  'https://code.visualstudio.com/docs/terminal/shell-integration',
);

/** Tells a run's start and end by its processes, where no shell integration does. */
export class ProcessTracking implements vscode.Disposable {
  readonly #runs: TrackedRuns;
  readonly #procfs = new Procfs();
  readonly #timers = new Map<vscode.Terminal, NodeJS.Timeout>();
  readonly #idleSince = new WeakMap<Run, number>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(runs: TrackedRuns, terminals: TrainingTerminals) {
    this.#runs = runs;
    this.#subscriptions = [
      terminals.onDidOpen(({ terminal }) => void this.#watch(terminal)),
      vscode.window.onDidCloseTerminal((terminal) => this.#unwatch(terminal)),
      vscode.window.onDidChangeTerminalShellIntegration(({ terminal }) => this.#unwatch(terminal)),
    ];
  }

  /** Starts a run that will end with its processes. */
  async start(terminal: vscode.Terminal, launch: Launch): Promise<void> {
    const shellPid = await terminal.processId;
    if (shellPid !== undefined) this.#begin(terminal, launch, shellPid, 'children');
  }

  /** Told at each sample how many of a run's processes live; null where that cannot be seen. */
  see(run: Run, aliveProcesses: number | null): void {
    const tracked = this.#runs.all.find((candidate) => candidate.run === run);
    if (!tracked?.endsWithProcesses || aliveProcesses === null) return;
    const now = monotonicSeconds();
    const idleSince = this.#idleSince.get(run) ?? now;
    this.#idleSince.set(run, aliveProcesses > 0 ? now : idleSince);
    const isOver = aliveProcesses === 0 && now - idleSince >= SECONDS_WITHOUT_PROCESSES;
    if (isOver) void this.#runs.end(tracked, null);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const timer of this.#timers.values()) clearInterval(timer);
  }

  async #watch(terminal: vscode.Terminal): Promise<void> {
    if (await shellIntegrationOf(terminal)) return;
    if (terminal.exitStatus || this.#timers.has(terminal)) return;
    this.#timers.set(
      terminal,
      setInterval(() => void this.#look(terminal), LOOK_MILLIS),
    );
  }

  #unwatch(terminal: vscode.Terminal): void {
    clearInterval(this.#timers.get(terminal));
    this.#timers.delete(terminal);
  }

  async #look(terminal: vscode.Terminal): Promise<void> {
    const shellPid = await terminal.processId;
    if (shellPid === undefined || this.#runs.inTerminal(terminal)) return;
    const [child] = this.#procfs.children(shellPid);
    const words = child === undefined ? [] : this.#procfs.commandLine(child);
    if (child === undefined || !words?.length) return;
    const command = words.join(' ');
    const cwd = vscode.workspace.workspaceFolders?.[0]?.uri;
    const launch: Launch = {
      ...{ command, label: labelOf(command), cwd: cwd?.fsPath ?? '', origin: 'terminal' },
      ...{ epochs: null, isAsked: false, scope: cwd },
    };
    this.#begin(terminal, launch, child, 'itself');
  }

  #begin(terminal: vscode.Terminal, launch: Launch, pid: number, counts: TreeRoot['counts']): void {
    const tracked = this.#runs.start(launch, terminal, pid, counts);
    tracked.endsWithProcesses = true;
    tracked.run.note(NO_OUTPUT);
  }
}
