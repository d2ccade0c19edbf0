import { t } from '../language.ts';
import type { CompareView } from '../protocol/messages.ts';
import { OverlayChart } from './charts/overlayChart.ts';
import { CompareTable } from './compareTable.ts';
import { h, setOptionalText } from './dom.ts';
import type { Send } from './host.ts';
import { QualitySection } from './quality.ts';
import { Select } from './select.ts';
import { button } from './toolkit.ts';

const ALIGNMENTS = [
  { id: 'time', label: t('time') },
  { id: 'epoch', label: t('epoch') },
] as const;

/** Two to six runs beside each other, the first as what the others are held against. */
export class Compare {
  readonly element: HTMLElement;
  readonly #hint = h(
    'p',
    { class: 'hint' },
    t('Choose two to six runs, here or in the history, to see what each cost and what it brought.'),
  );
  readonly #body: HTMLElement;
  readonly #align: Select;
  readonly #note = h('p', { class: 'hint' });
  readonly #overlay = new OverlayChart();
  readonly #table: CompareTable;
  readonly #quality: QualitySection;

  constructor(send: Send) {
    this.#table = new CompareTable(send);
    this.#quality = new QualitySection(send);
    this.#align = new Select(t('Align by'), (id) =>
      send('alignRuns', { alignment: id === 'epoch' ? 'epoch' : 'time' }),
    );
    const choose = button(t('Choose Runs…'), 'secondary', () => send('pickComparison', {}));
    this.#body = h(
      'div',
      { class: 'compare-body' },
      this.#table.element,
      this.#note,
      this.#overlay.element,
      this.#quality.element,
    );
    this.element = h(
      'section',
      { class: 'view' },
      h(
        'div',
        { class: 'run-heading' },
        h('h2', {}, t('Comparison')),
        h('div', { class: 'compare-tools' }, this.#align.element, choose),
      ),
      this.#hint,
      this.#body,
    );
  }

  update(view: CompareView): void {
    const isEmpty = view.runs.length === 0;
    this.#hint.hidden = view.runs.length > 1;
    this.#body.hidden = isEmpty;
    this.#align.element.hidden = isEmpty;
    this.#align.update(ALIGNMENTS, view.alignment);
    setOptionalText(this.#note, view.alignmentNote);
    this.#table.update(view);
    this.#overlay.update(view.overlay);
    this.#quality.update(view.quality);
  }
}
