import type { HowKnown } from '../../protocol/messages.ts';
import { h, setText } from '../dom.ts';
import { HowKnownChip } from '../howKnown.ts';
import { KeyedList, type Part } from '../keyedList.ts';

export interface LegendEntry {
  readonly key: string;
  readonly label: string;
  /** The theme variable. */
  readonly colour: string;
  readonly isDashed?: boolean;
  readonly howKnown?: HowKnown;
  /** The value under the pointer, otherwise the latest. */
  readonly value: string;
}

export class Legend {
  readonly element = h('ul', { class: 'legend' });
  readonly #entries = new KeyedList<LegendEntry>(this.element, (entry) => entry.key, entryPart);

  update(entries: readonly LegendEntry[]): void {
    this.#entries.update(entries);
  }
}

function entryPart(): Part<LegendEntry> {
  const swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  const label = h('span', { class: 'legend-label' });
  const value = h('span', { class: 'legend-value' });
  const chip = new HowKnownChip();
  return {
    element: h('li', {}, swatch, label, value, chip.element),
    update(entry) {
      swatch.style.borderColor = `var(${entry.colour}, currentColor)`;
      swatch.classList.toggle('dashed', entry.isDashed ?? false);
      setText(label, entry.label);
      setText(value, entry.value);
      chip.update(entry.howKnown);
    },
  };
}
