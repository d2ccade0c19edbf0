import * as vscode from 'vscode';

/** What a message offers to do. */
export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Messages to the user, each text once a window, so that what fails every second does not ask every second. */
export class Messages {
  readonly #told = new Set<string>();
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  warnOnce(text: string, action?: Action): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#log.warn(text);
    void vscode.window
      .showWarningMessage(`Training Footprint: ${text}`, ...(action ? [action.title] : []))
      .then((choice) => (choice ? action?.run() : undefined));
  }

  error(text: string): void {
    this.#log.error(text);
    void vscode.window.showErrorMessage(`Training Footprint: ${text}`);
  }

  /** For what a developer has to see: users are not disturbed. */
  logError(error: unknown): void {
    this.#log.error(error instanceof Error ? error : String(error));
  }
}
