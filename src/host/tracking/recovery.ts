import type * as vscode from 'vscode';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { TrainingTerminals } from '../trainingTerminals.ts';
import type { TrackedRuns } from './trackedRuns.ts';

/** The editor of before a reload may live a few seconds more and hold its runs as long: tries each second. */
const TRIES = 15;
const BETWEEN_MILLIS = 1000;

/** Goes on with the runs that this window had when it was reloaded, or when its extension host was killed. */
export class Recovery implements vscode.Disposable {
  readonly #recorder: Recorder;
  readonly #runs: TrackedRuns;
  readonly #subscription: vscode.Disposable;
  readonly #shells = new Map<number, vscode.Terminal>();
  #timer: NodeJS.Timeout | null = null;

  constructor(recorder: Recorder, runs: TrackedRuns, terminals: TrainingTerminals) {
    this.#recorder = recorder;
    this.#runs = runs;
    this.#subscription = terminals.onDidOpen(({ terminal, shell }) => {
      this.#shells.set(shell.pid, terminal);
      this.#findTerminals();
    });
  }

  /** Does nothing where this window had no runs. */
  start(): void {
    const ids = new Set(this.#runs.rememberedIds());
    if (ids.size > 0) void this.#try(ids, TRIES);
  }

  dispose(): void {
    this.#subscription.dispose();
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #try(ids: Set<string>, tries: number): Promise<void> {
    for (const run of await this.#recorder.recover(({ snapshot }) => ids.has(snapshot.id))) {
      this.#runs.adopt(run);
      ids.delete(run.identity.id);
    }
    this.#findTerminals();
    const unfinished = (await this.#recorder.store())?.unfinished() ?? [];
    const areLeft = unfinished.some(({ snapshot }) => ids.has(snapshot.id));
    if (areLeft && tries > 1) this.#timer = setTimeout(() => void this.#try(ids, tries - 1), BETWEEN_MILLIS);
  }

  #findTerminals(): void {
    for (const tracked of this.#runs.all) tracked.terminal ??= this.#shells.get(tracked.run.root.pid) ?? null;
  }
}
