import { t } from '../../language.ts';
import type { IdlePower, RunSample } from '../metering/attribution.ts';
import type { RunSnapshot } from './snapshot.ts';

/** Each change of source or settings brings some. */
const MOST_ASSUMPTIONS = 20;

const IDLE_POWER_NOTES: Readonly<Record<IdlePower, () => string>> = {
  proportional: () => t('From here on idle power is shared by use.'),
  none: () => t('From here on idle power is left to the machine.'),
  all: () => t('From here on all idle power is counted as the run’s.'),
};

type Recorded = Pick<RunSnapshot, 'assumptions' | 'idlePower'>;

/** What a run's figures rest on besides readings: every assumption that was in use, and what became of idle power. */
export class Basis {
  readonly #assumptions: Set<string>;
  #idlePower: IdlePower | null;

  constructor(before: Recorded | null) {
    this.#assumptions = new Set(before?.assumptions);
    this.#idlePower = before?.idlePower ?? null;
  }

  get recorded(): Recorded {
    const assumptions = [...this.#assumptions];
    return this.#idlePower ? { assumptions, idlePower: this.#idlePower } : { assumptions };
  }

  /** @returns a note where something has changed, else null */
  add({ parts }: RunSample, assumptions: () => readonly string[], idlePower: IdlePower): string | null {
    const isEstimated = parts.some(({ quality }) => quality === 'estimated');
    for (const text of isEstimated ? assumptions() : [])
      if (this.#assumptions.size < MOST_ASSUMPTIONS) this.#assumptions.add(text);
    const hasChanged = this.#idlePower !== null && idlePower !== this.#idlePower;
    this.#idlePower = idlePower;
    return hasChanged ? IDLE_POWER_NOTES[idlePower]() : null;
  }
}
