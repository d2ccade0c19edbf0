import { t } from '../language.ts';
import type { PageState, ViewId } from '../protocol/messages.ts';
import { Compare } from './compare.ts';
import { h, setOptionalText } from './dom.ts';
import { emptyPage } from './emptyPage.ts';
import { History } from './history.ts';
import type { Send } from './host.ts';
import { Now } from './now.ts';
import { Tabs } from './tabs.ts';
import { button, progressRing } from './toolkit.ts';

/** Header, tabs and the three views. A view is drawn by its own message. */
export class Page {
  readonly element: HTMLElement;
  readonly now: Now;
  readonly history: History;
  readonly compare: Compare;
  readonly #tabs: Tabs;
  readonly #loading = h('div', { class: 'loading' }, progressRing(t('Reading the runs')));
  readonly #warning = h('div', { class: 'warning', role: 'status', hidden: '' });
  readonly #empty: HTMLElement;
  readonly #views: HTMLElement;
  readonly #runButton: HTMLElement;
  readonly #exportButton: HTMLElement;

  constructor(send: Send) {
    this.now = new Now(send);
    this.history = new History(send);
    this.compare = new Compare(send);
    const choose = (view: ViewId): void => {
      this.#tabs.show(view);
      send('showView', { view });
    };
    const tabs = [
      { id: 'now', label: t('Now'), panel: this.now.element },
      { id: 'history', label: t('History'), panel: this.history.element },
      { id: 'compare', label: t('Compare'), panel: this.compare.element },
    ] as const;
    this.#tabs = new Tabs(tabs, choose);
    this.#empty = emptyPage(() => send('runTraining', {}));
    this.#empty.hidden = true;
    this.#runButton = button(t('Run Training…'), 'primary', () => send('runTraining', {}));
    this.#exportButton = button(t('Export…'), 'secondary', () => send('exportRuns', {}));
    const panels = tabs.map(({ panel }) => panel);
    this.#views = h('div', { class: 'views', hidden: '' }, this.#tabs.element, ...panels);
    this.element = h('main', {}, this.#header(send), this.#warning, this.#loading, this.#empty, this.#views);
  }

  update(state: PageState): void {
    this.#loading.hidden = true;
    setOptionalText(this.#warning, state.warning);
    this.#empty.hidden = !state.isEmpty;
    this.#views.hidden = state.isEmpty;
    this.#runButton.hidden = state.isEmpty;
    this.#exportButton.hidden = state.isEmpty;
    this.#tabs.show(state.view);
  }

  #header(send: Send): HTMLElement {
    const checkSensors = button(t('Check Sensors'), 'secondary', () => send('checkSensors', {}));
    return h(
      'header',
      { class: 'page-header' },
      h('h1', {}, 'Training Footprint'),
      h('div', { class: 'buttons' }, this.#runButton, this.#exportButton, checkSensors),
    );
  }
}
