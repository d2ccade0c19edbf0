import { t } from '../language.ts';
import type { ComponentRow } from '../protocol/messages.ts';
import { componentColour } from './charts/theme.ts';
import { h, setOptionalText, setText } from './dom.ts';
import { HowKnownChip } from './howKnown.ts';
import { KeyedList, type Part } from './keyedList.ts';

const COLUMNS = [t('Component'), t('This run'), t('Whole machine'), t('Share')] as const;

/** The run against its machine, component by component. */
export class Components {
  readonly element: HTMLElement;
  readonly #rows: KeyedList<ComponentRow>;

  /** @param scope keeps ids of two tables on one page apart */
  constructor(scope: string) {
    const titleId = `${scope}-components-title`;
    const head = h('tr', {}, ...COLUMNS.map((name) => h('th', { scope: 'col' }, name)));
    const body = h('tbody');
    this.#rows = new KeyedList(body, (row) => row.id, rowPart);
    const table = h('table', { class: 'components', 'aria-labelledby': titleId }, h('thead', {}, head), body);
    this.element = h(
      'section',
      { class: 'components-section' },
      h('h3', { id: titleId }, t('This run and the whole machine')),
      h('div', { class: 'table-scroll' }, table),
    );
  }

  update(rows: readonly ComponentRow[]): void {
    this.element.hidden = rows.length === 0;
    this.#rows.update(rows);
  }
}

function rowPart(): Part<ComponentRow> {
  const label = h('span', { class: 'component-label' });
  const source = h('div', { class: 'component-source' });
  const chip = new HowKnownChip();
  const energy = h('td');
  const machine = h('td');
  const fill = h('div', { class: 'share-fill' });
  const share = h('span');
  const name = h('th', { scope: 'row' }, h('div', { class: 'component-name' }, label, chip.element), source);
  const bar = h('div', { class: 'share-bar', 'aria-hidden': 'true' }, fill);
  const element = h('tr', {}, name, energy, machine, h('td', {}, h('div', { class: 'share' }, bar, share)));
  return {
    element,
    update(row) {
      element.classList.toggle('together', row.component === null);
      setText(label, row.label);
      chip.update(row.howKnown);
      setOptionalText(source, row.source);
      setText(energy, row.energy);
      setText(machine, row.machineEnergy);
      setText(share, row.shareText);
      fill.style.width = `${Math.min(1, row.share ?? 0) * 100}%`;
      fill.style.background = row.component ? `var(${componentColour(row.component)}, currentColor)` : '';
    },
  };
}
