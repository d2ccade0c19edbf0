import type { HowKnown } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';

const EXPLANATIONS: Readonly<Record<HowKnown, string>> = {
  measured: 'Measured by a sensor of this machine',
  estimated: 'Estimated from the load and the hardware',
  mixed: 'Partly measured, partly estimated',
  unknown: 'Not known yet',
};

/** The chip that says how a figure is known. */
export class HowKnownChip {
  readonly element = h('span', { class: 'chip' });

  update(howKnown: HowKnown | undefined): void {
    this.element.hidden = howKnown === undefined || howKnown === 'unknown';
    if (howKnown === undefined) return;
    setText(this.element, howKnown);
    setAttribute(this.element, 'data-known', howKnown);
    setAttribute(this.element, 'title', EXPLANATIONS[howKnown]);
  }
}
