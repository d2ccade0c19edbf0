import { t } from '../../language.ts';
import type { ChannelEnergy, EnergyPart } from './meter.ts';

/** How long the machine's own meter is watched before it is compared with the parts, and how far they may be apart. */
const CHECK_SECONDS = 60;
const TOLERANCE = 0.1;

/**
 * What the whole machine draws besides the parts that are known: its own meter less their sum. Such meters are slow
 * and averaged, so single differences mean little; what counts is the most that the running difference has reached,
 * which follows the truth within one lag of the meter and never falls.
 */
export class RestOfMachine {
  #machineJoules = 0;
  #partsJoules = 0;
  #errorJoules = 0;
  #restJoules = 0;
  #seconds = 0;
  #isChecked = false;

  /** @returns the rest of this interval; null where no meter tells the whole machine's energy */
  add(
    machine: readonly ChannelEnergy[],
    parts: readonly EnergyPart[],
    seconds: number,
    notes: string[],
  ): EnergyPart | null {
    const meter = machine[0];
    if (!meter && this.#machineJoules === 0) return null;
    for (const part of machine) this.#machineJoules += part.energyJoules;
    for (const part of parts) {
      this.#partsJoules += part.energyJoules;
      this.#errorJoules += part.energyJoules * part.uncertainty;
    }
    this.#seconds += seconds;
    if (!meter) return null;
    this.#check(meter.source, notes);
    const energyJoules = Math.max(0, this.#machineJoules - this.#partsJoules - this.#restJoules);
    this.#restJoules += energyJoules;
    const isEstimated = meter.quality === 'estimated' || parts.some(({ quality }) => quality === 'estimated');
    return {
      channel: `${meter.channel}/rest`,
      component: 'rest',
      device: 'rest of the machine',
      source: meter.source,
      quality: isEstimated ? 'estimated' : 'measured',
      uncertainty: this.#uncertainty(meter.uncertainty),
      energyJoules,
    };
  }

  /** A difference has the errors of both sides; more than ±100 % says no more. */
  #uncertainty(meterUncertainty: number): number {
    const errorJoules = this.#machineJoules * meterUncertainty + this.#errorJoules;
    return this.#restJoules > 0 ? Math.min(1, errorJoules / this.#restJoules) : 1;
  }

  #check(source: string, notes: string[]): void {
    if (this.#isChecked || this.#seconds < CHECK_SECONDS) return;
    this.#isChecked = true;
    const missing = 1 - this.#machineJoules / this.#partsJoules;
    if (missing > TOLERANCE)
      notes.push(
        t(
          'The machine’s own meter ({0}) shows {1} % less than its parts add up to: one of the sources is wrong by that much.',
          source,
          Math.round(missing * 100),
        ),
      );
  }
}
