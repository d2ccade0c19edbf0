import * as vscode from 'vscode';
import { formatClock } from '../../core/reports/when.ts';
import { language, t } from '../../language.ts';
import { labelOf } from '../tracking/shellTracking.ts';
import { plannedIn, type PlannedTraining } from './planned.ts';
import { missedText, missedTooltip, plannedTooltip } from './plannedWords.ts';

const KEY = 'plannedTraining';

/** Longer than a reload takes: who comes later has missed it, since the machine slept or the window was closed. Engineering judgement. */
const LATEST_MILLIS = 20_000;

/** What a timer of Node can wait. */
const LONGEST_WAIT_MILLIS = 2 ** 31 - 1;

const OTHER_TIME = t('Choose Another Time…');
const FORGET = t('Forget It');

const LONGEST_LABEL = 24;

/** Right of the run's item. */
const PRIORITY = 49;

export interface PlannedStartParts {
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  /** Starts it, or lets it go on. */
  readonly launch: (planned: PlannedTraining) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * One training that is to start at a later time in this window: kept over a reload, shown in the status bar, started by
 * a single timer. A timer does not run while the machine sleeps, so that the clock is looked at as the window gets the
 * focus, too. Where the time was missed, the user is asked.
 */
export class PlannedStart implements vscode.Disposable {
  readonly #parts: PlannedStartParts;
  readonly #focus: vscode.Disposable;
  #planned: PlannedTraining | null = null;
  #timer: NodeJS.Timeout | null = null;
  #item: vscode.StatusBarItem | null = null;
  /** The one that the user was asked about as it was missed: once in a window. */
  #asked: PlannedTraining | null = null;

  constructor(parts: PlannedStartParts) {
    this.#parts = parts;
    this.#focus = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && this.#planned) this.#look();
    });
  }

  get planned(): PlannedTraining | null {
    return this.#planned;
  }

  /** Takes up what was planned before a reload. */
  start(): void {
    this.#planned = plannedIn(this.#parts.memory.get(KEY));
    if (!this.#planned) return;
    this.#show();
    this.#look();
  }

  async plan(planned: PlannedTraining): Promise<void> {
    await this.#keep(planned);
    this.#look();
  }

  async cancel(): Promise<void> {
    await this.#keep(null);
  }

  /** Starts it now; it is planned no more. */
  async startNow(): Promise<void> {
    const planned = this.#planned;
    if (!planned) return;
    // first, so that a reload meanwhile does not start it twice
    await this.#keep(null);
    await this.#parts.launch(planned);
  }

  dispose(): void {
    this.#focus.dispose();
    this.#clear();
  }

  async #keep(planned: PlannedTraining | null): Promise<void> {
    this.#clear();
    this.#planned = planned;
    if (planned) this.#show();
    await this.#parts.memory.update(KEY, planned ?? undefined);
  }

  #clear(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#item?.dispose();
    this.#item = null;
  }

  /** Starts it when its time has come, else waits. */
  #look(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#planned) return;
    const waitMillis = this.#planned.atMillis - Date.now();
    if (waitMillis > 0)
      this.#timer = setTimeout(() => this.#look(), Math.min(waitMillis, LONGEST_WAIT_MILLIS));
    else if (this.#asked === this.#planned) return;
    else if (waitMillis > -LATEST_MILLIS) void this.startNow().catch(this.#parts.onError);
    else void this.#ask(this.#planned).catch(this.#parts.onError);
  }

  async #ask(planned: PlannedTraining): Promise<void> {
    this.#asked = planned;
    this.#show();
    const text = `Training Footprint: ${missedText(planned, Date.now())}`;
    const now = planned.runId === null ? t('Start Now') : t('Go On Now');
    const choice = await vscode.window.showWarningMessage(text, now, OTHER_TIME, FORGET);
    if (this.#planned !== planned) return;
    if (choice === now) await this.startNow();
    if (choice === FORGET) await this.cancel();
    if (choice === OTHER_TIME)
      await vscode.commands.executeCommand('trainingFootprint.runLater', { ...planned, atMillis: null });
  }

  #show(): void {
    const planned = this.#planned;
    if (!planned) return;
    const item = (this.#item ??= createItem());
    const isMissed = planned.atMillis <= Date.now() - LATEST_MILLIS;
    // a weekday and a time hold for as long as they stand there
    const day = new Date(planned.atMillis).toLocaleDateString(language(), { weekday: 'short' });
    item.text = `$(clock) ${shortLabel(planned.command)} ${isMissed ? t('missed') : day} ${formatClock(planned.atMillis)}`;
    const tooltip = isMissed ? missedTooltip(planned) : plannedTooltip(planned);
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: tooltip, role: 'button' };
    item.show();
  }
}

function shortLabel(command: string): string {
  const [name = ''] = labelOf(command).split(' ');
  return name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL - 1)}…` : name;
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(
    'trainingFootprint.planned',
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );
  item.name = t('Planned Training');
  item.command = 'trainingFootprint.runLater';
  return item;
}
