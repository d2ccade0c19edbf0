import * as vscode from 'vscode';
import { shellIntegrationOf, type TrainingTerminals } from './trainingTerminals.ts';
import type { ProcessTracking } from './tracking/processTracking.ts';
import { labelOf, type ShellTracking } from './tracking/shellTracking.ts';
import type { Launch } from './tracking/trackedRuns.ts';

/** Starts trainings in training terminals: in an idle one, else in a new one. */
export class Launcher {
  readonly #terminals: TrainingTerminals;
  readonly #shells: ShellTracking;
  readonly #processes: ProcessTracking;

  constructor(terminals: TrainingTerminals, shells: ShellTracking, processes: ProcessTracking) {
    this.#terminals = terminals;
    this.#shells = shells;
    this.#processes = processes;
  }

  /** @param folder to run in, that of the workspace */
  launch(command: string, folder: vscode.Uri | undefined): Promise<void> {
    return this.#start(command, folder, this.#idleTerminal());
  }

  /** Only a terminal whose shell stands in that very folder serves. */
  launchIn(command: string, folder: vscode.Uri): Promise<void> {
    return this.#start(command, folder, this.#idleTerminal(folder));
  }

  async #start(
    command: string,
    folder: vscode.Uri | undefined,
    idle: vscode.Terminal | undefined,
  ): Promise<void> {
    const terminal = idle ?? this.#terminals.create(folder);
    terminal.show();
    const launch: Launch = {
      ...{ command, label: labelOf(command), cwd: folder?.fsPath ?? '', origin: 'terminal' },
      ...{ epochs: null, isAsked: true, scope: folder },
    };
    const integration = await shellIntegrationOf(terminal);
    if (terminal.exitStatus) return;
    if (integration) {
      this.#shells.expect(terminal, launch);
      integration.executeCommand(command);
    } else {
      terminal.sendText(command);
      await this.#processes.start(terminal, launch);
    }
  }

  /** A shell with integration tells when it is idle; another one may hold anything. */
  #idleTerminal(folder?: vscode.Uri): vscode.Terminal | undefined {
    const isThere = (cwd: vscode.Uri | undefined) => !folder || cwd?.fsPath === folder.fsPath;
    return vscode.window.terminals.find(
      (terminal) =>
        this.#terminals.isTraining(terminal) &&
        terminal.shellIntegration &&
        isThere(terminal.shellIntegration.cwd) &&
        !this.#shells.isBusy(terminal),
    );
  }
}
