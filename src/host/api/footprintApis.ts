import * as vscode from 'vscode';
import type { FootprintApi, FootprintExports, FootprintQuery, FootprintRun } from '../../api.ts';
import { findRun } from '../../core/runs/find.ts';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { Run } from '../../core/runs/run.ts';
import { newestRuns } from '../newestRuns.ts';
import { once } from '../once.ts';
import type { TrackedRuns } from '../tracking/trackedRuns.ts';
import { footprintRun } from './footprintRun.ts';

const DEFAULT_LIMIT = 100;
const MOST_RUNS = 10_000;

/** The API for other extensions, made when the first of them asks for it. */
export class FootprintApis implements vscode.Disposable {
  readonly #recorder: Recorder;
  readonly #runs: TrackedRuns;
  readonly #changed = new vscode.EventEmitter<FootprintRun>();
  readonly #told = new WeakSet<Run>();
  readonly #version1 = once(() => this.#makeVersion1());
  #isAsked = false;
  /** What other extensions get of us. */
  readonly exports: FootprintExports = Object.freeze({ getApi: (version: 1) => this.#getApi(version) });

  constructor(recorder: Recorder, runs: TrackedRuns) {
    this.#recorder = recorder;
    this.#runs = runs;
  }

  /** To be called whenever a run has changed. What turns out to be no training is never told. */
  async update(run: Run): Promise<void> {
    if (!this.#isAsked || !(run.isRunning ? this.#isShown(run) : await this.#isKept(run))) return;
    this.#told.add(run);
    this.#changed.fire(footprintRun(run.snapshot()));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #getApi(version: 1): FootprintApi {
    if (version !== 1)
      throw new Error(`Training Footprint has no API version ${String(version)}; ask for getApi(1).`);
    this.#isAsked = true;
    return this.#version1();
  }

  #makeVersion1(): FootprintApi {
    return Object.freeze({
      version: 1 as const,
      currentRuns: () => Object.freeze(this.#runs.shown.map(({ run }) => footprintRun(run.snapshot()))),
      lastRun: async () => (await this.#history({ limit: 1 }))[0] ?? null,
      getRun: async (id: string) => {
        const run = await findRun(this.#recorder, String(id));
        return run && footprintRun(run);
      },
      history: (query?: FootprintQuery) => this.#history(query),
      onDidChangeRuns: this.#changed.event,
    });
  }

  async #history({ limit = DEFAULT_LIMIT }: FootprintQuery = {}): Promise<readonly FootprintRun[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_RUNS)
      throw new RangeError(`limit must be a whole number from 1 to ${MOST_RUNS}.`);
    const runs = await newestRuns({ recorder: this.#recorder, runs: this.#runs }, limit);
    return Object.freeze(runs.map(footprintRun));
  }

  #isShown(run: Run): boolean {
    return this.#runs.shown.some((tracked) => tracked.run === run);
  }

  async #isKept(run: Run): Promise<boolean> {
    return this.#told.has(run) || (await findRun(this.#recorder, run.identity.id)) !== null;
  }
}
