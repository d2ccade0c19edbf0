import { t } from '../../language.ts';
import type { GreenerAction, GreenerButton, GreenerView } from '../../protocol/greener.ts';
import { h, setAttribute, setOptionalText, setText } from '../dom.ts';
import { KeyedList, type Part } from '../keyedList.ts';
import { button, progressRing } from '../toolkit.ts';
import { GreenerChart } from './chart.ts';
import { HourTable } from './hours.ts';

/** The advice first, in words, then what can be done, then the chart and its figures. */
export class GreenerPage {
  readonly element: HTMLElement;
  readonly #loading = h('div', { class: 'loading' }, progressRing(t('Asking for the forecast')));
  readonly #title = h('h1');
  readonly #about = h('p', { class: 'hint' });
  readonly #headline = h('h2', { class: 'advice-headline' });
  readonly #advice: HTMLElement;
  readonly #source = h('p', { class: 'hint' });
  readonly #content: HTMLElement;
  readonly #details: KeyedList<string>;
  readonly #buttons: KeyedList<GreenerButton>;
  readonly #chart = new GreenerChart();
  readonly #hours = new HourTable();

  constructor(act: (action: GreenerAction) => void) {
    const details = h('div', { class: 'advice-details' });
    const buttons = h('div', { class: 'buttons' });
    this.#details = new KeyedList(details, (_, index) => String(index), sentencePart);
    this.#buttons = new KeyedList(
      buttons,
      ({ action, label, isPrimary }) => `${action} ${label} ${isPrimary}`,
      () => buttonPart(act),
    );
    // what changes is read out when the forecast has come
    this.#advice = h('section', { class: 'advice', 'aria-live': 'polite' }, this.#headline, details);
    this.#content = h(
      'div',
      { class: 'content', hidden: '' },
      h('header', {}, this.#title, this.#about),
      this.#advice,
      buttons,
      this.#chart.element,
      this.#source,
      this.#hours.element,
    );
    this.element = h('main', {}, this.#loading, this.#content);
  }

  /** @param view null while the forecast is on its way */
  update(view: GreenerView | null): void {
    this.#loading.hidden = view !== null;
    this.#content.hidden = view === null;
    if (!view) return;
    setText(this.#title, view.title);
    setOptionalText(this.#about, view.about);
    setText(this.#headline, view.headline);
    setAttribute(this.#advice, 'data-kind', view.kind);
    this.#details.update(view.details);
    this.#buttons.update(view.buttons);
    this.#chart.update(view.chart);
    this.#hours.update(view.chart?.rows ?? []);
    setOptionalText(this.#source, view.source);
  }
}

function sentencePart(): Part<string> {
  const element = h('p');
  return { element, update: (text) => setText(element, text) };
}

function buttonPart(act: (action: GreenerAction) => void): Part<GreenerButton> {
  const element = h('span', { class: 'button-place' });
  return {
    element,
    update({ action, label, isPrimary }) {
      if (element.hasChildNodes()) return;
      element.append(button(label, isPrimary ? 'primary' : 'secondary', () => act(action)));
    },
  };
}
