import * as vscode from 'vscode';
import { isAlive, processIdentity, type Owner } from '../core/runs/owner.ts';

export const PROFILE_ID = 'trainingFootprint.training';
const NAME = 'Training';
const SHELLS_KEY = 'trainingShells';

/** How long a shell may take to bring its integration up: slow start-up files included. */
const INTEGRATION_MILLIS = 10_000;

/** The terminals whose commands are tracked: made by us, and found again after a reload by their shells. */
export class TrainingTerminals implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #terminals = new WeakSet<vscode.Terminal>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #opened = new vscode.EventEmitter<{ terminal: vscode.Terminal; shell: Owner }>();
  /** Fires for each training terminal once its shell runs, those of before a reload included. */
  readonly onDidOpen = this.#opened.event;
  #isProfileAsked = false;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#subscriptions = [
      this.#opened,
      vscode.window.registerTerminalProfileProvider(PROFILE_ID, {
        provideTerminalProfile: () => this.#provideProfile(),
      }),
      vscode.window.onDidOpenTerminal((terminal) => void this.#look(terminal)),
    ];
  }

  /** Looks at the terminals that are open already. */
  start(): void {
    for (const terminal of vscode.window.terminals) void this.#look(terminal);
  }

  isTraining(terminal: vscode.Terminal): boolean {
    return this.#terminals.has(terminal) || isOurs(terminal);
  }

  create(cwd: vscode.Uri | undefined): vscode.Terminal {
    return vscode.window.createTerminal({ ...terminalOptions(), cwd });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #provideProfile(): vscode.TerminalProfile {
    this.#isProfileAsked = true;
    return new vscode.TerminalProfile(terminalOptions());
  }

  async #look(terminal: vscode.Terminal): Promise<void> {
    if (this.#isProfileAsked && isOurs(terminal)) {
      // VS Code brings new terminals of its own profiles to the front, but not those of extensions
      this.#isProfileAsked = false;
      terminal.show();
    }
    const pid = await terminal.processId;
    if (pid === undefined) return;
    const shell = processIdentity(pid);
    if (!isOurs(terminal) && !this.#remembers(shell)) return;
    this.#terminals.add(terminal);
    await this.#remember(shell);
    this.#opened.fire({ terminal, shell });
  }

  #remembered(): readonly Owner[] {
    return this.#memory.get<readonly Owner[]>(SHELLS_KEY, []);
  }

  #remembers(shell: Owner): boolean {
    return this.#remembered().some(
      ({ pid, startSeconds }) => pid === shell.pid && startSeconds === shell.startSeconds,
    );
  }

  async #remember(shell: Owner): Promise<void> {
    if (this.#remembers(shell)) return;
    await this.#memory.update(SHELLS_KEY, [...this.#remembered().filter(isAlive), shell]);
  }
}

/** Waits for a terminal's shell integration; null where it does not come. */
export async function shellIntegrationOf(
  terminal: vscode.Terminal,
): Promise<vscode.TerminalShellIntegration | null> {
  if (terminal.shellIntegration) return terminal.shellIntegration;
  return new Promise((resolve) => {
    const done = (integration: vscode.TerminalShellIntegration | null) => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      resolve(integration);
    };
    const timer = setTimeout(() => done(null), INTEGRATION_MILLIS);
    const subscriptions = [
      vscode.window.onDidChangeTerminalShellIntegration((event) => {
        if (event.terminal === terminal) done(event.shellIntegration);
      }),
      vscode.window.onDidCloseTerminal((closed) => {
        if (closed === terminal) done(null);
      }),
    ];
  });
}

function terminalOptions(): vscode.TerminalOptions {
  return {
    name: NAME,
    iconPath: new vscode.ThemeIcon('flame'),
    color: new vscode.ThemeColor('terminal.ansiGreen'),
    env: { TRAINING_FOOTPRINT: '1' },
  };
}

function isOurs(terminal: vscode.Terminal): boolean {
  const options = terminal.creationOptions;
  return 'env' in options && options.env?.TRAINING_FOOTPRINT === '1';
}
