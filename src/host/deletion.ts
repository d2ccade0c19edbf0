import * as vscode from 'vscode';
import type { Recorder } from '../core/runs/recorder.ts';
import type { Store } from '../core/runs/store.ts';

/** Deleted runs can be brought back for so long at least; they are removed for good with a later deletion. */
const KEPT_MILLIS = 3_600_000;

const UNDO = 'Undo';

/** Deletes runs at once, and brings them back when the person thinks better of it. */
export class Deletion {
  readonly #recorder: Recorder;
  readonly #onChange: () => void;
  #lastIds: readonly string[] = [];

  constructor(recorder: Recorder, onChange: () => void) {
    this.#recorder = recorder;
    this.#onChange = onChange;
  }

  /** @throws Error where there is no history, or none of these runs has ended */
  async delete(ids: readonly string[]): Promise<void> {
    const store = await this.#store();
    const label = ids.length === 1 ? store.get(ids[0] ?? '')?.label : undefined;
    store.edits.purge(Date.now() - KEPT_MILLIS);
    const count = store.edits.delete(ids);
    if (count === 0) throw new Error('a run can be deleted once it has ended.');
    this.#lastIds = ids;
    this.#onChange();
    const what = label === undefined ? (count === 1 ? '1 run' : `${count} runs`) : `the run “${label}”`;
    const answer = await vscode.window.showInformationMessage(`Training Footprint: deleted ${what}.`, UNDO);
    if (answer === UNDO) await this.#restore(ids);
  }

  /** Brings back what was deleted last. @throws Error where there is nothing */
  async undo(): Promise<void> {
    if (this.#lastIds.length === 0) throw new Error('no run was deleted in this window.');
    await this.#restore(this.#lastIds);
    this.#lastIds = [];
  }

  async #restore(ids: readonly string[]): Promise<void> {
    const count = (await this.#store()).edits.restore(ids);
    this.#onChange();
    if (count === 0) throw new Error('these runs are gone for good, or here already.');
  }

  async #store(): Promise<Store> {
    const store = await this.#recorder.store();
    if (!store) throw new Error('there is no run history here.');
    return store;
  }
}
