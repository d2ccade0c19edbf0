import path from 'node:path';
import * as vscode from 'vscode';
import type { TreeRoot } from '../../core/metering/processTree.ts';
import type { TrainingTerminals } from '../trainingTerminals.ts';
import type { Launch, TrackedRun, TrackedRuns } from './trackedRuns.ts';

/** VS Code closes terminals by itself when the window goes; their trainings live on where it reconnects. */
const CLOSED_BY_SHUTDOWN = vscode.TerminalExitReason.Shutdown;

/** Tracks the commands of training terminals by their shell integration. */
export class ShellTracking implements vscode.Disposable {
  readonly #runs: TrackedRuns;
  readonly #terminals: TrainingTerminals;
  readonly #asked = new WeakMap<vscode.Terminal, Launch>();
  #askedTasks: Launch[] = [];
  readonly #busy = new WeakSet<vscode.Terminal>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(runs: TrackedRuns, terminals: TrainingTerminals) {
    this.#runs = runs;
    this.#terminals = terminals;
    this.#subscriptions = [
      vscode.window.onDidStartTerminalShellExecution((event) => this.#start(event)),
      vscode.window.onDidEndTerminalShellExecution((event) => this.#end(event)),
      vscode.window.onDidCloseTerminal((terminal) => this.#close(terminal)),
    ];
  }

  /** Says what the next command of this terminal is. */
  expect(terminal: vscode.Terminal, launch: Launch): void {
    this.#asked.set(terminal, launch);
  }

  /** Says that a task's command is about to start, in a terminal of its own. */
  expectTask(launch: Launch): void {
    this.#askedTasks.push(launch);
  }

  /** @returns whether it was still expected */
  unexpectTask({ command }: Launch): boolean {
    const index = this.#askedTasks.findIndex((launch) => launch.command === command);
    return this.#askedTasks.splice(index, index < 0 ? 0 : 1).length > 0;
  }

  /** Whether a command runs in it, tracked or not. */
  isBusy(terminal: vscode.Terminal): boolean {
    return this.#busy.has(terminal) || this.#asked.has(terminal) || this.#runs.inTerminal(terminal) !== null;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #start({ terminal, execution, shellIntegration }: vscode.TerminalShellExecutionStartEvent): void {
    this.#busy.add(terminal);
    const before = this.#runs.inTerminal(terminal);
    if (before && this.#isLateStart(before, execution)) {
      before.execution = execution;
      return;
    }
    if (before) void this.#runs.end(before, null);
    const task = this.#askedTasks.find((launch) => launch.command === execution.commandLine.value);
    if (task && this.unexpectTask(task)) return void this.#track(terminal, execution, task, 'itself');
    const asked = this.#asked.get(terminal);
    if (!asked && !this.#terminals.isTraining(terminal)) return;
    this.#asked.delete(terminal);
    void this.#track(terminal, execution, asked ?? typed(execution, shellIntegration.cwd), 'children');
  }

  /** After a reload VS Code tells of the command that was running only when it ends, and guesses its text. */
  #isLateStart(before: TrackedRun, { commandLine }: vscode.TerminalShellExecution): boolean {
    return (
      !before.execution && commandLine.confidence !== vscode.TerminalShellExecutionCommandLineConfidence.High
    );
  }

  async #track(
    terminal: vscode.Terminal,
    execution: vscode.TerminalShellExecution,
    launch: Launch,
    counts: TreeRoot['counts'],
  ): Promise<void> {
    const output = execution.read();
    const processId = await terminal.processId;
    if (processId === undefined || launch.command.trim() === '') return;
    const tracked = this.#runs.start(launch, terminal, processId, counts);
    tracked.execution = execution;
    this.#runs.read(tracked, output);
  }

  #end({ terminal, execution, exitCode }: vscode.TerminalShellExecutionEndEvent): void {
    this.#busy.delete(terminal);
    const tracked = this.#runs.all.find((candidate) => candidate.execution === execution);
    if (tracked) void this.#runs.end(tracked, exitCode ?? null);
  }

  #close(terminal: vscode.Terminal): void {
    if (terminal.exitStatus?.reason === CLOSED_BY_SHUTDOWN) return;
    for (const tracked of this.#runs.all) {
      if (tracked.terminal === terminal) void this.#runs.end(tracked, null, 'stopped');
    }
  }
}

function typed(execution: vscode.TerminalShellExecution, cwd: vscode.Uri | undefined): Launch {
  const command = execution.commandLine.value.trim();
  const folder = (execution.cwd ?? cwd)?.fsPath ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  return {
    command,
    label: labelOf(command),
    cwd: folder,
    origin: 'terminal',
    epochs: null,
    isAsked: false,
    scope: undefined,
  };
}

/** A command's name for lists: `train.py --epochs 3` of `/usr/bin/python3 -u train.py --epochs 3`. */
export function labelOf(command: string): string {
  const words = command.trim().split(/\s+/);
  const isInterpreter = /^(python|pypy|node|bash|sh|uv|conda|poetry|run|-\w+)[\d.]*$/;
  while (words.length > 1 && isInterpreter.test(path.basename(words[0] ?? ''))) words.shift();
  const label = words.join(' ');
  return label.length > 60 ? `${label.slice(0, 59)}…` : label;
}
