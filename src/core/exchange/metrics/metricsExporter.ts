import { monotonicSeconds } from '../../metering/clock.ts';
import type { RunSnapshot } from '../../runs/snapshot.ts';
import { PostError } from './postJson.ts';
import type { MetricsTarget } from './target.ts';

/** As often as Prometheus scrapes by its own example; a sample comes oftener. */
const PERIOD_SECONDS = 15;

/** Waiting doubles with each failure in a row, up to ten minutes. Engineering judgement. */
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 600;

/** What ends sooner without progress is a command such as `ls`, which is no training. */
const SHORTEST_SECONDS = 2;

/** A run, as far as metrics go. */
export interface MeteredRun {
  readonly isRunning: boolean;
  snapshot(): RunSnapshot;
}

/**
 * Sends the metrics of runs in progress to one target, and those of a run that ends once more. It has no timer: it is
 * told of each sample. What fails is told once and tried again ever less often; nobody waits for it.
 */
export class MetricsExporter {
  readonly #target: MetricsTarget;
  readonly #onProblem: (message: string) => void;
  readonly #runs = new Set<MeteredRun>();
  #dueSeconds = monotonicSeconds() + PERIOD_SECONDS;
  #failures = 0;
  #isTold = false;
  #isWriting = false;
  #hasEnded = false;
  #last: Promise<void> = Promise.resolve();

  /** @param onProblem told one sentence at the first failure */
  constructor(target: MetricsTarget, onProblem: (message: string) => void) {
    this.#target = target;
    this.#onProblem = onProblem;
  }

  /** Called after each sample and at the end of a run. */
  see(run: MeteredRun): void {
    this.#runs.add(run);
    if (!run.isRunning && this.#failures === 0) this.#hasEnded = true;
    const isDue = monotonicSeconds() >= this.#dueSeconds;
    if (this.#isWriting || !(isDue || this.#hasEnded)) return;
    this.#last = this.#write();
  }

  /** Resolves when what is on its way has gone out or failed. */
  async settle(): Promise<void> {
    await this.#last;
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    do {
      this.#hasEnded = false;
      const runs = [...this.#runs];
      for (const run of runs) if (!run.isRunning) this.#runs.delete(run);
      await this.#send(runs);
    } while (this.#hasEnded);
    this.#isWriting = false;
  }

  async #send(runs: readonly MeteredRun[]): Promise<void> {
    let waitSeconds = PERIOD_SECONDS;
    try {
      const trainings = runs.map((run) => run.snapshot()).filter(isTraining);
      if (trainings.length > 0) await this.#target.write(trainings);
      this.#failures = 0;
    } catch (error) {
      waitSeconds = this.#waitAfter(error);
      this.#tell(error);
    }
    this.#dueSeconds = monotonicSeconds() + waitSeconds;
  }

  #waitAfter(error: unknown): number {
    this.#failures += 1;
    const own = FIRST_WAIT_SECONDS * 2 ** Math.min(this.#failures - 1, 10);
    const asked = error instanceof PostError ? (error.retryAfterSeconds ?? 0) : 0;
    return Math.min(LONGEST_WAIT_SECONDS, Math.max(own, asked));
  }

  #tell(error: unknown): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#onProblem(`${this.#target.name} ${reason}. Runs go on; it is tried again from time to time.`);
  }
}

function isTraining({ durationSeconds, progress }: RunSnapshot): boolean {
  return durationSeconds >= SHORTEST_SECONDS || progress.epoch !== null || progress.step !== null;
}
