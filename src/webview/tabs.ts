import { t } from '../language.ts';
import type { ViewId } from '../protocol/messages.ts';
import { h, setAttribute } from './dom.ts';

interface TabOf {
  readonly id: ViewId;
  readonly label: string;
  readonly panel: HTMLElement;
}

const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * The choice between the views: one tab stop, then the arrow keys, as the WAI-ARIA Authoring Practices have it
 * (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/).
 */
export class Tabs {
  readonly element = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('Views') });
  readonly #tabs: readonly (TabOf & { readonly tab: HTMLElement })[];
  #shown: ViewId | null = null;

  constructor(tabs: readonly TabOf[], onChoose: (view: ViewId) => void) {
    this.#tabs = tabs.map((entry) => ({ ...entry, tab: tabOf(entry) }));
    for (const { id, tab, panel } of this.#tabs) {
      setAttribute(panel, 'id', `view-${id}`);
      setAttribute(panel, 'role', 'tabpanel');
      setAttribute(panel, 'aria-labelledby', `tab-${id}`);
      panel.hidden = true;
      tab.addEventListener('click', () => onChoose(id));
      this.element.append(tab);
    }
    this.element.addEventListener('keydown', (event) => {
      const index = this.#tabs.findIndex(({ tab }) => tab === event.target);
      const next = this.#tabs[STEPS[event.key]?.(index, this.#tabs.length) ?? -1];
      if (index < 0 || !next) return;
      event.preventDefault();
      next.tab.focus();
      onChoose(next.id);
    });
  }

  show(view: ViewId): void {
    if (view === this.#shown) return;
    this.#shown = view;
    for (const { id, tab, panel } of this.#tabs) {
      panel.hidden = id !== view;
      setAttribute(tab, 'aria-selected', String(id === view));
      setAttribute(tab, 'tabindex', id === view ? '0' : '-1');
    }
  }
}

function tabOf({ id, label }: TabOf): HTMLElement {
  const attributes = { id: `tab-${id}`, 'aria-controls': `view-${id}` };
  return h('button', { type: 'button', role: 'tab', class: 'tab', ...attributes }, label);
}
