import { Procfs } from '../core/metering/procfs.ts';
import type { Run } from '../core/runs/run.ts';
import { interruptTree, isPaused, pauseTree, resumeTree } from '../core/runs/signals.ts';
import { t } from '../language.ts';

/** Pauses, resumes and stops trainings. @throws Error where their processes cannot be reached */
export class RunControl {
  readonly #procfs = new Procfs();

  isPaused({ root }: Run): boolean {
    return isPaused(root, this.#procfs);
  }

  async pause(run: Run): Promise<void> {
    await pauseTree(run.root, this.#procfs);
    run.setPaused(true);
  }

  resume(run: Run): void {
    resumeTree(run.root, this.#procfs);
    run.setPaused(false);
  }

  stop(run: Run): void {
    interruptTree(run.root, this.#procfs);
    run.note(t('Interrupted, as by Ctrl-C.'));
  }
}
