import { t } from '../language.ts';
import type { HowKnown } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';

const NAMES: Readonly<Record<HowKnown, string>> = {
  measured: t('measured'),
  estimated: t('estimated'),
  mixed: t('mixed'),
  unknown: t('unknown'),
};

const EXPLANATIONS: Readonly<Record<HowKnown, string>> = {
  measured: t('Measured by a sensor of this machine'),
  estimated: t('Estimated from the load and the hardware'),
  mixed: t('Partly measured, partly estimated'),
  unknown: t('Not known yet'),
};

export function howKnownName(howKnown: HowKnown): string {
  return NAMES[howKnown];
}

/** The chip that says how a figure is known. */
export class HowKnownChip {
  readonly element = h('span', { class: 'chip' });

  update(howKnown: HowKnown | undefined): void {
    this.element.hidden = howKnown === undefined || howKnown === 'unknown';
    if (howKnown === undefined) return;
    setText(this.element, howKnownName(howKnown));
    setAttribute(this.element, 'data-known', howKnown);
    setAttribute(this.element, 'title', EXPLANATIONS[howKnown]);
  }
}
