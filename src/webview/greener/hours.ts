import { t } from '../../language.ts';
import type { GreenerChart } from '../../protocol/greener.ts';
import { h, setText } from '../dom.ts';
import { KeyedList, type Part } from '../keyedList.ts';

type Row = GreenerChart['rows'][number];

/** The chart as a table, for those who cannot see it or want the figures. */
export class HourTable {
  readonly element: HTMLElement;
  readonly #rows: KeyedList<Row>;

  constructor() {
    const body = h('tbody');
    this.#rows = new KeyedList(body, ({ time }) => time, rowPart);
    const head = h(
      'tr',
      {},
      h('th', { scope: 'col' }, t('Hour from')),
      h('th', { scope: 'col' }, t('Mean carbon intensity')),
    );
    const table = h('table', { class: 'hours' }, h('thead', {}, head), body);
    this.element = h('details', { class: 'hours-section' }, h('summary', {}, t('Hour by hour')), table);
  }

  update(rows: readonly Row[]): void {
    this.element.hidden = rows.length === 0;
    this.#rows.update(rows);
  }
}

function rowPart(): Part<Row> {
  const time = h('th', { scope: 'row' });
  const intensity = h('td');
  return {
    element: h('tr', {}, time, intensity),
    update(row) {
      setText(time, row.time);
      setText(intensity, row.intensity);
    },
  };
}
