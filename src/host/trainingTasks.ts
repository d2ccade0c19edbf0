import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../language.ts';

export const TASK_TYPE = 'training';
const SOURCE = 'training';

/** A training task as tasks.json has it, checked. */
export interface TrainingTask {
  readonly command: string;
  /** Null where the task names none. */
  readonly epochs: number | null;
  /** As written, relative to the workspace folder; null where the task names none. */
  readonly cwd: string | null;
}

/**
 * Reads what stands in tasks.json.
 *
 * @throws Error with one sentence on what to write
 */
export function parseTask(definition: vscode.TaskDefinition): TrainingTask {
  const { command, epochs, cwd } = definition as Record<string, unknown>;
  if (typeof command !== 'string' || command.trim() === '') {
    throw new Error(
      t('a training task needs a “command”, for example "python train.py". Correct it in tasks.json.'),
    );
  }
  if (epochs !== undefined && !(Number.isInteger(epochs) && Number(epochs) > 0)) {
    throw new Error(
      t('the “epochs” of a training task must be a whole number above 0. Correct it in tasks.json.'),
    );
  }
  if (cwd !== undefined && typeof cwd !== 'string') {
    throw new Error(t('the “cwd” of a training task must be a folder’s path. Correct it in tasks.json.'));
  }
  return { command: command.trim(), epochs: epochs === undefined ? null : Number(epochs), cwd: cwd ?? null };
}

/** Lets tasks of type `training` stand in tasks.json and run in a terminal like any other task. */
export class TrainingTasks implements vscode.TaskProvider, vscode.Disposable {
  readonly #registration = vscode.tasks.registerTaskProvider(TASK_TYPE, this);

  /** Only those of tasks.json: a training is not guessed. */
  provideTasks(): vscode.Task[] {
    return [];
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    try {
      return runnable(task);
    } catch (error) {
      void vscode.window.showErrorMessage(`Training Footprint: ${(error as Error).message}`);
      return undefined;
    }
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function runnable(task: vscode.Task): vscode.Task {
  const { command, cwd } = parseTask(task.definition);
  const scope = task.scope ?? vscode.TaskScope.Workspace;
  const folder = folderOf(task)?.fsPath ?? '';
  const execution = new vscode.ShellExecution(command, {
    cwd: cwd === null ? undefined : path.resolve(folder, cwd),
  });
  return new vscode.Task(task.definition, scope, task.name, SOURCE, execution, []);
}

/** The folder a task belongs to; undefined without a workspace. */
export function folderOf({ scope }: vscode.Task): vscode.Uri | undefined {
  const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
  return folder?.uri;
}
