import path from 'node:path';
import * as vscode from 'vscode';
import { folderOf, parseTask, TASK_TYPE } from '../trainingTasks.ts';
import { NO_OUTPUT } from './processTracking.ts';
import type { ShellTracking } from './shellTracking.ts';
import type { Launch, TrackedRun, TrackedRuns } from './trackedRuns.ts';

/** Shell integration tells of a task's command before its process is known; later than this it is switched off. */
const INTEGRATION_MILLIS = 1500;

/** Tracks tasks of type `training`: by shell integration, else by the task's process. */
export class TaskTracking implements vscode.Disposable {
  readonly #runs: TrackedRuns;
  readonly #shells: ShellTracking;
  readonly #byProcess = new Map<vscode.TaskExecution, TrackedRun>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(runs: TrackedRuns, shells: ShellTracking) {
    this.#runs = runs;
    this.#shells = shells;
    this.#subscriptions = [
      vscode.tasks.onDidStartTask(({ execution }) => this.#expect(execution.task)),
      vscode.tasks.onDidStartTaskProcess(
        ({ execution, processId }) => void this.#startByProcess(execution, processId),
      ),
      vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => this.#endByProcess(execution, exitCode)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #expect(task: vscode.Task): void {
    if (task.definition.type === TASK_TYPE) this.#shells.expectTask(launchOf(task));
  }

  async #startByProcess(execution: vscode.TaskExecution, processId: number): Promise<void> {
    if (execution.task.definition.type !== TASK_TYPE) return;
    await new Promise((resolve) => setTimeout(resolve, INTEGRATION_MILLIS));
    const launch = launchOf(execution.task);
    if (!this.#shells.unexpectTask(launch)) return;
    const tracked = this.#runs.start(launch, null, processId, 'itself');
    tracked.run.note(NO_OUTPUT);
    this.#byProcess.set(execution, tracked);
  }

  #endByProcess(execution: vscode.TaskExecution, exitCode: number | undefined): void {
    const tracked = this.#byProcess.get(execution);
    this.#byProcess.delete(execution);
    if (tracked) void this.#runs.end(tracked, exitCode ?? null);
  }
}

function launchOf(task: vscode.Task): Launch {
  const { command, epochs, cwd } = parseTask(task.definition);
  const scope = folderOf(task);
  const folder = path.resolve(scope?.fsPath ?? '', cwd ?? '');
  return { command, label: task.name, cwd: folder, origin: 'task', epochs, isAsked: true, scope };
}
