import type { Figure } from '../protocol/messages.ts';
import { h, setOptionalText, setText } from './dom.ts';
import { HowKnownChip } from './howKnown.ts';
import type { Part } from './keyedList.ts';

export function figurePart(): Part<Figure> {
  const label = h('span', { class: 'figure-label' });
  const value = h('div', { class: 'figure-value' });
  const note = h('div', { class: 'figure-note' });
  const chip = new HowKnownChip();
  const element = h(
    'div',
    { class: 'figure', role: 'group' },
    h('div', { class: 'figure-head' }, label, chip.element),
    value,
    note,
  );
  return {
    element,
    update(figure) {
      setText(label, figure.label);
      setText(value, figure.value);
      setOptionalText(note, figure.note);
      chip.update(figure.howKnown);
    },
  };
}
