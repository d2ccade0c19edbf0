import type { Sighting } from './bar.ts';

interface Validation {
  /** Where the bar of the epoch stood when this validation began. */
  readonly from: number;
  readonly total: number;
  step: number;
}

/**
 * Takes the batches of validations out of a bar that counts them among those of its epoch, as PyTorch Lightning 1 draws
 * it (`total_batches_current_epoch` in pytorch_lightning/callbacks/progress/base.py): it goes on together with the bar of
 * the validation.
 */
export class SharedBar {
  #validation: Validation | null = null;
  #last: Pick<Sighting, 'id' | 'step' | 'total'> = { id: '', step: 0, total: null };
  #isShared = false;
  /** Batches of validations that the bar has counted in this epoch. */
  #counted = 0;
  /** How many steps an epoch has, by what the bar shows as its total. */
  readonly #totals = new Map<number, number>();

  /** A validation's own bar is drawn. */
  seeValidation(step: number, total: number): void {
    if (this.#validation && step >= this.#validation.step && total === this.#validation.total)
      this.#validation.step = step;
    else this.#validation = { from: this.#start(total), total, step };
  }

  /** @returns the sighting with steps of the training alone */
  see(seen: Sighting): Sighting {
    if (seen.id !== this.#last.id || seen.step < this.#last.step) this.#begin();
    this.#last = { id: seen.id, step: seen.step, total: seen.total };
    const within = this.#stepsWithin(seen);
    if (!this.#isShared) return seen;
    const most = this.totalOf(seen.total) ?? Infinity;
    return { ...seen, step: Math.min(seen.step - this.#counted - within, most) };
  }

  /** How many steps of the training lie in what a bar shows as its total. */
  totalOf(shown: number | null): number | null {
    return shown === null ? null : (this.#totals.get(shown) ?? shown);
  }

  /** A bar that is drawn before that of the validation at the epoch's end may have counted a batch of it already. */
  #start(total: number): number {
    const last = (this.#last.total ?? 0) - total;
    return last > 0 && last === this.#last.step - 1 ? last : this.#last.step;
  }

  #begin(): void {
    this.#validation = null;
    this.#counted = 0;
  }

  /** Batches of the validation in progress that the bar has counted. */
  #stepsWithin({ step, total }: Sighting): number {
    const validation = this.#validation;
    if (!validation) return 0;
    const further = step - validation.from;
    // bars that are seldom drawn show both at their end
    const isEven = total !== null && total % (validation.from + validation.total) === 0;
    const isWithin = further < validation.total || (further === validation.total && isEven);
    const isTogether = further === validation.step && further > 0 && isWithin;
    if (isTogether && !this.#isShared) this.#isShared = true;
    if (isTogether && total !== null && this.#counted === 0) this.#learnTotal(total, validation);
    if (!this.#isShared || further <= validation.total) return Math.max(0, further);
    this.#counted += validation.total;
    this.#validation = null;
    return 0;
  }

  /** So many validations lie within the epoch, at even distances. */
  #learnTotal(shown: number, { from, total }: Validation): void {
    this.#totals.set(shown, shown - Math.floor(shown / (from + total)) * total);
    if (this.#totals.size > MOST_TOTALS) this.#totals.delete(this.#totals.keys().next().value ?? 0);
  }
}

const MOST_TOTALS = 8;
