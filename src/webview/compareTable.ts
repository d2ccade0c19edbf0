import { t } from '../language.ts';
import type { ComparedCell, ComparedRunRow, CompareView } from '../protocol/messages.ts';
import { runColour } from './charts/series.ts';
import { h, setAttribute, setOptionalText, setText } from './dom.ts';
import type { Send } from './host.ts';
import { KeyedList, type Part } from './keyedList.ts';

interface ShownRun {
  readonly run: ComparedRunRow;
  readonly index: number;
}

/** A row for each run, with how it differs from the first. */
export class CompareTable {
  readonly element: HTMLElement;
  readonly #head = h('tr');
  readonly #rows: KeyedList<ShownRun>;
  #columns = '';

  constructor(send: Send) {
    const body = h('tbody');
    this.#rows = new KeyedList(
      body,
      ({ run }) => `${run.given === null ? 'seen' : 'given'} ${run.id}`,
      () => rowPart(send),
    );
    const table = h(
      'table',
      { class: 'compared' },
      h('caption', {}, t('Compared runs')),
      h('thead', {}, this.#head),
      body,
    );
    this.element = h(
      'div',
      { class: 'table-scroll', role: 'region', tabindex: '0', 'aria-label': t('Compared runs') },
      table,
    );
  }

  update({ columns, runs }: CompareView): void {
    const isGiven = runs.some(({ given }) => given !== null);
    const names = [t('Run'), ...(isGiven ? [t('Result')] : []), ...columns];
    if (names.join('\n') !== this.#columns) {
      this.#columns = names.join('\n');
      this.#head.replaceChildren(...names.map((name) => h('th', { scope: 'col' }, name)));
    }
    this.#rows.update(runs.map((run, index) => ({ run, index })));
  }
}

function rowPart(send: Send): Part<ShownRun> {
  let runId = '';
  const number = h('span', { class: 'run-number' });
  const title = h('span', { class: 'compared-title' });
  const note = h('div', { class: 'hint' });
  const first = h('button', { type: 'button', class: 'link' }, t('Hold the others against this'));
  first.addEventListener('click', () => send('putFirst', { runId }));
  const input = h('input', { type: 'text', inputmode: 'decimal', class: 'text-input', size: '6' });
  input.addEventListener('change', () => send('giveResult', { runId, text: input.value }));
  const result = h('td', {}, input);
  const cells: Cell[] = [];
  const name = h('th', { scope: 'row' }, h('div', { class: 'compared-name' }, number, title), note, first);
  const element = h('tr', {}, name, result);
  return {
    element,
    update({ run, index }) {
      runId = run.id;
      setText(number, String(index + 1));
      number.style.borderColor = `var(${runColour(index)}, currentColor)`;
      setText(title, run.title);
      setAttribute(title, 'title', run.title);
      setText(note, run.note);
      first.hidden = index === 0;
      setAttribute(title, 'id', `compared-${index}`);
      setAttribute(first, 'aria-describedby', title.id);
      result.hidden = run.given === null;
      setAttribute(input, 'aria-label', t('Result of {0}', run.title));
      if (run.given !== null && document.activeElement !== input) input.value = run.given;
      run.cells.forEach((cell, column) => (cells[column] ??= new Cell(element)).update(cell));
    },
  };
}

class Cell {
  readonly #value = h('div');
  readonly #difference = h('div', { class: 'difference' });

  constructor(row: HTMLElement) {
    row.append(h('td', {}, this.#value, this.#difference));
  }

  update({ value, difference, trend }: ComparedCell): void {
    setText(this.#value, value);
    setOptionalText(this.#difference, difference);
    setAttribute(this.#difference, 'data-trend', trend);
  }
}
