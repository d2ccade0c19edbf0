import { t } from '../language.ts';
import type { EpochRow, EpochTable } from '../protocol/messages.ts';
import { h, setAttribute, setOptionalText, setText } from './dom.ts';
import { KeyedList, type Part } from './keyedList.ts';

const COLUMNS = [t('Energy'), 'CO2e', t('Duration')] as const;

/** The run epoch by epoch, the newest first. */
export class Epochs {
  readonly element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #note = h('p', { class: 'hint' });
  readonly #scroll: HTMLElement;
  readonly #head = h('tr');
  readonly #body = h('tbody');
  #rows = new KeyedList<EpochRow>(this.#body, (row) => row.id, rowPart);
  #columns = '';

  /** @param scope keeps ids of two tables on one page apart */
  constructor(scope: string) {
    this.#title = h('h3', { id: `${scope}-epochs-title` });
    const labelled = { 'aria-labelledby': this.#title.id };
    const table = h('table', { class: 'epochs', ...labelled }, h('thead', {}, this.#head), this.#body);
    this.#scroll = h('div', { class: 'epochs-scroll', role: 'region', tabindex: '0', ...labelled }, table);
    this.element = h('section', { class: 'epochs-section' }, this.#title, this.#note, this.#scroll);
  }

  update(table: EpochTable | null): void {
    this.element.hidden = table === null;
    if (!table) return;
    setText(this.#title, table.title);
    setOptionalText(this.#note, table.note);
    this.#scroll.hidden = table.rows.length === 0;
    this.#setColumns([table.rowTitle, ...COLUMNS, ...table.metrics]);
    this.#rows.update(table.rows);
  }

  #setColumns(names: readonly string[]): void {
    const columns = names.join('\n');
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#head.replaceChildren(...names.map((name) => h('th', { scope: 'col', title: name }, name)));
    this.#body.replaceChildren();
    this.#rows = new KeyedList(this.#body, (row) => row.id, rowPart);
  }
}

function rowPart(): Part<EpochRow> {
  const label = h('th', { scope: 'row' });
  const fill = h('div', { class: 'share-fill' });
  const energy = h('span');
  const [emissions, duration] = [h('td'), h('td')];
  const metrics: HTMLElement[] = [];
  const bar = h('div', { class: 'share-bar', 'aria-hidden': 'true' }, fill);
  const energyCell = h('td', {}, h('div', { class: 'share' }, bar, energy));
  const element = h('tr', {}, label, energyCell, emissions, duration);
  return {
    element,
    update(row) {
      setText(label, row.label);
      setText(energy, row.energy);
      setAttribute(energyCell, 'title', row.energyTitle);
      setText(emissions, row.emissions);
      setText(duration, row.duration);
      fill.style.width = `${Math.min(1, row.share) * 100}%`;
      row.metrics.forEach((text, index) => setText((metrics[index] ??= cellIn(element)), text));
    },
  };
}

function cellIn(row: HTMLElement): HTMLElement {
  const cell = h('td');
  row.append(cell);
  return cell;
}
