import { MetricReader } from '../metrics/metricReader.ts';
import { workDone, workUnit } from '../progress/fraction.ts';
import type { Progress } from '../progress/event.ts';
import type { OnText } from '../progress/reader.ts';
import type { Cost } from '../projection/cost.ts';
import { EpochRecorder, type EpochRecord, type Moment } from './epochs.ts';

/** A run epoch by epoch: what it used, and what the output said of the model. */
export class EpochWatch {
  readonly #metrics: MetricReader;
  readonly #recorder: EpochRecorder;

  /** @param sampled what the run had used by its last sample */
  constructor(before: { readonly epochs?: EpochRecord; readonly progress: Progress } | null, sampled: Cost) {
    this.#metrics = new MetricReader(before?.progress.epochsCompleted);
    this.#recorder = new EpochRecorder(before?.epochs, {
      energyJoules: sampled.energyJoules,
      activeSeconds: sampled.timeSeconds,
    });
  }

  get record(): EpochRecord | null {
    return this.#recorder.record;
  }

  /** Told of each text of the output. */
  readonly onText: OnText = (...text) => this.#metrics.see(...text);

  /** Output was read. @param hasChanged whether the progress did @param now asked where there is something to note */
  see(progress: Progress, hasChanged: boolean, now: () => Moment): void {
    const isTold = this.#metrics.read(progress);
    if (!hasChanged && !isTold) return;
    const { epoch, epochsCompleted } = progress;
    if (epoch !== null || epochsCompleted > 0)
      return this.#recorder.see('epoch', epochsCompleted, this.#metrics.ended, now());
    const steps = workUnit(progress) === 'step' ? workDone(progress) : null;
    if (steps !== null && isTold) this.#recorder.see('step', steps, this.#metrics.current, now());
  }

  /** Energy was measured. @param used by the whole run up to now */
  sample({ energyJoules, timeSeconds }: Cost): void {
    this.#recorder.sample({ energyJoules, activeSeconds: timeSeconds });
  }
}
