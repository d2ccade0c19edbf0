import * as vscode from 'vscode';
import { breachText } from '../core/reports/budgetText.ts';
import { breaches, type Breach, type Price } from '../core/runs/budget.ts';
import type { Run } from '../core/runs/run.ts';
import type { Messages } from './messages.ts';
import type { RunControl } from './runControl.ts';
import type { BudgetAction, Settings } from './settings.ts';
import type { TrackedRun, TrackedRuns } from './tracking/trackedRuns.ts';

/** Tells once for each run and limit that a budget is passed or will be, and does what the user set or chooses. */
export class BudgetWatch {
  readonly #runs: TrackedRuns;
  readonly #settings: Settings;
  readonly #control: RunControl;
  readonly #messages: Messages;
  readonly #told = new Set<string>();

  constructor(runs: TrackedRuns, settings: Settings, control: RunControl, messages: Messages) {
    this.#runs = runs;
    this.#settings = settings;
    this.#control = control;
    this.#messages = messages;
  }

  /** Called after each sample. */
  check(): void {
    for (const tracked of this.#runs.shown) this.#check(tracked);
  }

  #check({ run, scope }: TrackedRun): void {
    const budget = this.#settings.budget(scope);
    if (Object.values(budget).every((limit) => limit === null)) return;
    const price = this.#settings.price();
    const untold = breaches(run.snapshot(), budget, price).filter(
      (breach) => !this.#told.has(key(run, breach)),
    );
    for (const breach of untold) this.#told.add(key(run, breach));
    const [first] = untold;
    if (first) void this.#tell(run, first, price, this.#settings.budgetAction(scope));
  }

  async #tell(run: Run, breach: Breach, price: Price | null, action: BudgetAction): Promise<void> {
    const text = breachText(breach, price);
    run.note(text);
    const done = this.#act(run, action);
    const choices = done === 'paused' ? ['Resume', 'Stop'] : ['Pause', 'Stop', 'Go On'];
    const said = `Training Footprint: “${run.identity.label}” ${done ? `was ${done}. ` : ''}${text}`;
    const choice = await vscode.window.showWarningMessage(said, ...(done === 'stopped' ? [] : choices));
    this.#do(() => {
      if (!run.isRunning) return;
      if (choice === 'Pause') this.#control.pause(run);
      if (choice === 'Resume') this.#control.resume(run);
      if (choice === 'Stop') this.#control.stop(run);
    });
  }

  #act(run: Run, action: BudgetAction): 'paused' | 'stopped' | null {
    if (action === 'ask') return null;
    const isDone = this.#do(() => (action === 'pause' ? this.#control.pause(run) : this.#control.stop(run)));
    if (!isDone) return null;
    return action === 'pause' ? 'paused' : 'stopped';
  }

  #do(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#messages.error((error as Error).message);
      return false;
    }
  }
}

function key(run: Run, { limit, isPassed }: Breach): string {
  return `${run.identity.id} ${limit} ${isPassed}`;
}
