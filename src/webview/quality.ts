import { t } from '../language.ts';
import type { QualityView } from '../protocol/messages.ts';
import { QualityChart } from './charts/qualityChart.ts';
import { h, setOptionalText, setText } from './dom.ts';
import type { Send } from './host.ts';
import { KeyedList, type Part } from './keyedList.ts';
import { Select } from './select.ts';

const DIRECTIONS = [
  { id: 'higher', label: t('more is better') },
  { id: 'lower', label: t('less is better') },
] as const;

/** What quality cost: a picture, and the same in words. */
export class QualitySection {
  readonly element: HTMLElement;
  readonly #measure: Select;
  readonly #direction: Select;
  readonly #missing = h('p', { class: 'hint' });
  readonly #chart = new QualityChart();
  readonly #sentencesElement = h('ul', { class: 'sentences' });
  readonly #sentences = new KeyedList<string>(
    this.#sentencesElement,
    (_, index) => String(index),
    sentencePart,
  );

  constructor(send: Send) {
    this.#measure = new Select(t('Against'), (id) => send('chooseMeasure', { id }));
    this.#direction = new Select(t('Where'), (id) =>
      send('giveDirection', { isLowerBetter: id === 'lower' }),
    );
    this.element = h(
      'section',
      { class: 'quality', 'aria-labelledby': 'quality-title' },
      h('h3', { id: 'quality-title' }, t('What quality cost')),
      h('div', { class: 'compare-tools' }, this.#measure.element, this.#direction.element),
      this.#missing,
      this.#sentencesElement,
      this.#chart.element,
    );
  }

  update(quality: QualityView): void {
    this.#measure.update(quality.measures, quality.chosen);
    this.#direction.element.hidden = quality.isLowerBetter === null;
    this.#direction.update(DIRECTIONS, quality.isLowerBetter ? 'lower' : 'higher');
    setOptionalText(this.#missing, quality.missing);
    this.#sentencesElement.hidden = quality.sentences.length === 0;
    this.#sentences.update(quality.sentences);
    this.#chart.element.hidden = quality.missing !== null;
    this.#chart.update(quality.chart);
  }
}

function sentencePart(): Part<string> {
  const element = h('li');
  return { element, update: (text) => setText(element, text) };
}
