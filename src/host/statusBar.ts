import * as vscode from 'vscode';
import { statusMarkdown } from '../core/reports/statusMarkdown.ts';
import { statusText } from '../core/reports/statusText.ts';
import type { RunSnapshot } from '../core/runs/snapshot.ts';
import { t } from '../language.ts';
import type { TrackedRuns } from './tracking/trackedRuns.ts';

/** Left of the language and encoding, right of the problems. */
const PRIORITY = 50;

/** One item, there while something trains: the focused terminal's run, else the newest. */
export class StatusBar implements vscode.Disposable {
  readonly #runs: TrackedRuns;
  readonly #offerOf: (run: RunSnapshot) => string | null;
  readonly #subscription: vscode.Disposable;
  #item: vscode.StatusBarItem | null = null;

  /** @param offerOf one sentence on a greener time for a run; null where there is none */
  constructor(runs: TrackedRuns, offerOf: (run: RunSnapshot) => string | null) {
    this.#runs = runs;
    this.#offerOf = offerOf;
    this.#subscription = vscode.window.onDidChangeActiveTerminal(() => this.update());
  }

  update(): void {
    const { shown } = this.#runs;
    const focused = this.#runs.inTerminal(vscode.window.activeTerminal);
    const tracked = focused && shown.includes(focused) ? focused : shown.at(-1);
    if (!tracked) return this.#hide();
    const run = tracked.run.snapshot();
    const others = shown.filter((other) => other !== tracked).map((other) => other.run.snapshot());
    const item = (this.#item ??= createItem());
    item.text = `$(flame) ${statusText(run, shown.length)}`;
    item.tooltip = tooltipOf(statusMarkdown(run, others), this.#offerOf(run), run.id);
    item.accessibilityInformation = { label: t('Training footprint: {0}', statusText(run, shown.length)) };
    item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#hide();
  }

  #hide(): void {
    this.#item?.dispose();
    this.#item = null;
  }
}

/** Only the command of the offer may be run from it. */
function tooltipOf(text: string, offer: string | null, runId: string): vscode.MarkdownString {
  if (offer === null) return new vscode.MarkdownString(text);
  const command = 'trainingFootprint.findGreenerTime';
  const link = `[${t('Find a Greener Time')}](command:${command}?${encodeURIComponent(JSON.stringify([runId]))})`;
  const tooltip = new vscode.MarkdownString(`${text}\n\n${offer} ${link}`);
  tooltip.isTrusted = { enabledCommands: [command] };
  return tooltip;
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(
    'trainingFootprint.run',
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );
  item.name = 'Training Footprint';
  item.command = 'trainingFootprint.openPanel';
  return item;
}
