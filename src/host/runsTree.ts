import * as vscode from 'vscode';
import { formatEnergy, formatGrams, formatTime } from '../core/reports/format.ts';
import { stateText } from '../core/reports/words.ts';
import type { Recorder } from '../core/runs/recorder.ts';
import type { RunSnapshot, RunState } from '../core/runs/snapshot.ts';
import { t } from '../language.ts';
import type { TrackedRuns } from './tracking/trackedRuns.ts';

const VIEW_ID = 'trainingFootprint.runs';

/** More are to be found in the panel. */
const MOST_RUNS = 50;

/** A run in progress is told anew so often. */
const REFRESH_MILLIS = 2000;

const ICONS: Readonly<Record<RunState, readonly [icon: string, colour: string]>> = {
  running: ['pulse', 'charts.blue'],
  finished: ['pass', 'charts.green'],
  failed: ['error', 'charts.red'],
  stopped: ['circle-slash', 'charts.yellow'],
  interrupted: ['debug-disconnect', 'charts.orange'],
};

/** What commands of the view's menus are given. */
export interface RunNode {
  readonly runId: string;
  readonly run: RunSnapshot;
}

/** The latest runs in the Activity Bar. Nothing is read before somebody looks at them. */
export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #recorder: Recorder;
  readonly #runs: TrackedRuns;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<RunNode>;
  #timer: NodeJS.Timeout | null = null;

  constructor(recorder: Recorder, runs: TrackedRuns) {
    this.#recorder = recorder;
    this.#runs = runs;
    this.#view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this, canSelectMany: true });
    this.#view.onDidChangeVisibility(({ visible }) => {
      if (visible) this.#changed.fire(undefined);
    });
  }

  /** Tells it anew, soon, where it is to be seen. */
  update(): void {
    if (!this.#view.visible || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#changed.fire(undefined);
    }, REFRESH_MILLIS);
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node) return [];
    const store = await this.#recorder.store();
    const live = this.#runs.shown.map(({ run }) => run.snapshot()).reverse();
    const isLive = new Set(live.map(({ id }) => id));
    const ended = store?.list({ limit: MOST_RUNS }).filter(({ id }) => !isLive.has(id)) ?? [];
    const shown = [...live.map((run) => store?.edits.of(run) ?? run), ...ended];
    return shown.map((run) => ({ runId: run.id, run }));
  }

  getTreeItem({ runId, run }: RunNode): vscode.TreeItem {
    const item = new vscode.TreeItem(run.label);
    const figures = `${formatEnergy(run.energyJoules)} · ${formatGrams(run.emissionsGrams)} CO2e`;
    const [icon, colour] = ICONS[run.state];
    item.id = runId;
    item.description = figures;
    item.tooltip = [
      run.label,
      `${stateText(run)}, ${formatTime(run.startedAtMillis)}`,
      figures,
      run.command,
    ].join('\n');
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
    item.contextValue = run.state === 'running' ? 'running' : 'ended';
    item.accessibilityInformation = { label: `${run.label}, ${stateText(run)}, ${figures}` };
    item.command = { command: 'trainingFootprint.openPanel', title: t('Open'), arguments: [runId] };
    return item;
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#view.dispose();
    this.#changed.dispose();
  }
}
