import * as vscode from 'vscode';
import { breachText } from '../core/reports/budgetText.ts';
import { breaches, type Breach, type Price } from '../core/runs/budget.ts';
import type { Run } from '../core/runs/run.ts';
import { t } from '../language.ts';
import type { Messages } from './messages.ts';
import type { RunControl } from './runControl.ts';
import type { BudgetAction, Settings } from './settings.ts';
import type { TrackedRun, TrackedRuns } from './tracking/trackedRuns.ts';

const [PAUSE, RESUME, STOP, GO_ON] = [t('Pause'), t('Resume'), t('Stop'), t('Go On')];

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
    const done = action !== 'ask' && (await this.#do(run, action)) ? action : null;
    const choices = done === 'pause' ? [RESUME, STOP] : [PAUSE, STOP, GO_ON];
    const said = `Training Footprint: ${doneText(run.identity.label, done)} ${text}`;
    const choice = await vscode.window.showWarningMessage(said, ...(done === 'stop' ? [] : choices));
    if (choice === PAUSE) await this.#do(run, 'pause');
    if (choice === RESUME) await this.#do(run, 'resume');
    if (choice === STOP) await this.#do(run, 'stop');
  }

  /** @returns whether it was done */
  async #do(run: Run, action: 'pause' | 'resume' | 'stop'): Promise<boolean> {
    if (!run.isRunning) return false;
    try {
      await this.#control[action](run);
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

/** @param done null where nothing was done about it */
function doneText(label: string, done: 'pause' | 'stop' | null): string {
  if (done === 'pause') return t('“{0}” was paused.', label);
  return done === 'stop' ? t('“{0}” was stopped.', label) : t('“{0}” passes a budget.', label);
}
