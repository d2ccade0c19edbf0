import type { PanelState } from '../protocol/messages.ts';
import { h, prefersReducedMotion, setOptionalText } from './dom.ts';
import { emptyPage } from './emptyPage.ts';
import { History } from './history.ts';
import type { Send } from './host.ts';
import { LiveRuns } from './liveRuns.ts';
import { RunDetail } from './runDetail.ts';
import { button, divider, progressRing } from './toolkit.ts';

export class Page {
  readonly element: HTMLElement;
  readonly #loading = h('div', { class: 'loading' }, progressRing('Reading the runs'));
  readonly #content = h('div', { class: 'content', hidden: '' });
  readonly #warning = h('div', { class: 'warning', role: 'status', hidden: '' });
  readonly #empty: HTMLElement;
  readonly #live: LiveRuns;
  readonly #run: RunDetail;
  readonly #history: History;
  readonly #runButton: HTMLElement;
  readonly #exportButton: HTMLElement;
  readonly #divider = divider();
  /** The run a person has just chosen: shown from its top once the host has sent it. */
  #awaitedRunId: string | null = null;

  constructor(send: Send) {
    const select = (runId: string): void => {
      this.#awaitedRunId = runId;
      send('selectRun', { runId });
    };
    this.#empty = emptyPage(() => send('runTraining', {}));
    this.#live = new LiveRuns(select);
    this.#run = new RunDetail(send);
    this.#history = new History(select, (column) => send('sortHistory', { column }));
    this.#runButton = button('Run Training…', 'primary', () => send('runTraining', {}));
    this.#exportButton = button('Export…', 'secondary', () => send('exportRuns', {}));
    this.#content.append(
      this.#empty,
      this.#live.element,
      this.#run.element,
      this.#divider,
      this.#history.element,
    );
    this.element = h('main', {}, this.#header(send), this.#warning, this.#loading, this.#content);
  }

  update(state: PanelState): void {
    this.#loading.hidden = true;
    this.#content.hidden = false;
    setOptionalText(this.#warning, state.warning);
    const hasHistory = state.history.rows.length > 0;
    this.#empty.hidden = hasHistory || state.selected !== null || state.live.length > 0;
    this.#runButton.hidden = !this.#empty.hidden;
    this.#exportButton.hidden = !hasHistory;
    this.#divider.hidden = !hasHistory || state.selected === null;
    this.#live.update(state.live, state.selected?.id ?? null);
    this.#run.update(state.selected);
    this.#history.update(state.history, state.selected?.id ?? null);
    this.#showAwaitedRun(state.selected?.id);
  }

  #header(send: Send): HTMLElement {
    return h(
      'header',
      { class: 'page-header' },
      h('h1', {}, 'Training Footprint'),
      h(
        'div',
        { class: 'buttons' },
        this.#runButton,
        this.#exportButton,
        button('Check Sensors', 'secondary', () => send('checkSensors', {})),
      ),
    );
  }

  #showAwaitedRun(selectedId: string | undefined): void {
    if (this.#awaitedRunId === null || this.#awaitedRunId !== selectedId) return;
    this.#awaitedRunId = null;
    const behavior = prefersReducedMotion() ? 'instant' : 'smooth';
    this.#run.scrollIntoView(behavior);
  }
}
