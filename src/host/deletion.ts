import * as vscode from 'vscode';
import type { Recorder } from '../core/runs/recorder.ts';
import type { Store } from '../core/runs/store.ts';
import { t } from '../language.ts';

/** Deleted runs can be brought back for so long at least; they are removed for good with a later deletion. */
const KEPT_MILLIS = 3_600_000;

const UNDO = t('Undo');

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
    if (count === 0) throw new Error(t('a run can be deleted once it has ended.'));
    this.#lastIds = ids;
    this.#onChange();
    const message = `Training Footprint: ${deletedText(count, label)}`;
    const answer = await vscode.window.showInformationMessage(message, UNDO);
    if (answer === UNDO) await this.#restore(ids);
  }

  /** Brings back what was deleted last. @throws Error where there is nothing */
  async undo(): Promise<void> {
    if (this.#lastIds.length === 0) throw new Error(t('no run was deleted in this window.'));
    await this.#restore(this.#lastIds);
    this.#lastIds = [];
  }

  async #restore(ids: readonly string[]): Promise<void> {
    const count = (await this.#store()).edits.restore(ids);
    this.#onChange();
    if (count === 0) throw new Error(t('these runs are gone for good, or here already.'));
  }

  async #store(): Promise<Store> {
    const store = await this.#recorder.store();
    if (!store) throw new Error(t('there is no run history here.'));
    return store;
  }
}

/** @param label of the run, where one alone was to be deleted */
function deletedText(count: number, label: string | undefined): string {
  if (label !== undefined) return t('deleted the run “{0}”.', label);
  return count === 1 ? t('deleted 1 run.') : t('deleted {0} runs.', count);
}
