import { t } from '../language.ts';
import type {
  HistoryRow,
  HistoryRows,
  HistoryRun,
  HistoryTotals,
  HistoryView,
} from '../protocol/messages.ts';
import { h, prefersReducedMotion, setText } from './dom.ts';
import { ChosenRuns } from './chosenRuns.ts';
import { HistoryFilters } from './historyFilters.ts';
import { HistoryGrid } from './historyGrid.ts';
import { HistoryTotalsPart } from './historyTotals.ts';
import type { Send } from './host.ts';
import { RunDetail } from './runDetail.ts';

/** All runs: search, table, the chosen run in detail, and what all of them used together. */
export class History {
  readonly element: HTMLElement;
  readonly #send: Send;
  readonly #filters: HistoryFilters;
  readonly #summary = h('p', { class: 'summary', role: 'status' });
  readonly #nothing = h(
    'p',
    { class: 'hint', hidden: '' },
    t('No run is like this. Change the search or the filters.'),
  );
  readonly #grid: HistoryGrid;
  readonly #chosen: ChosenRuns;
  readonly #run: RunDetail;
  readonly #totals = new HistoryTotalsPart();
  /** The run a person has just chosen: shown from its top once the host has sent it. */
  #awaitedRunId: string | null = null;

  constructor(send: Send) {
    this.#send = send;
    this.#run = new RunDetail(send);
    this.#grid = new HistoryGrid({
      onSort: (column) => this.#anew(() => send('sortHistory', { column })),
      onOpen: (row) => this.#open(row),
      onChoose: (chosen) => this.#chosen.update([...chosen]),
      onNeed: (rows) => send('needRows', rows),
    });
    this.#chosen = new ChosenRuns(send, () => this.#grid.clearChosen());
    this.#filters = new HistoryFilters(
      (wishes) => this.#anew(() => send('filterHistory', wishes)),
      (isGrouped) => this.#anew(() => send('groupHistory', { isGrouped })),
    );
    this.element = h(
      'section',
      { class: 'view history-section' },
      h(
        'div',
        { class: 'history-list' },
        this.#filters.element,
        this.#summary,
        this.#grid.element,
        this.#nothing,
      ),
      this.#chosen.element,
      this.#run.element,
      this.#totals.element,
    );
    send('beginHistory', {});
  }

  update(view: HistoryView): void {
    this.#filters.update(view);
    this.#grid.element.hidden = view.count === 0;
    this.#nothing.hidden = view.count > 0;
    this.#grid.update(view);
  }

  addRows(rows: HistoryRows): void {
    this.#grid.addRows(rows);
  }

  showTotals(totals: HistoryTotals): void {
    setText(this.#summary, totals.summary);
    this.#totals.update(totals);
  }

  showRun(detail: HistoryRun | null): void {
    this.#run.update(detail);
    if (this.#awaitedRunId === null || this.#awaitedRunId !== detail?.run.id) return;
    this.#awaitedRunId = null;
    this.#run.scrollIntoView(prefersReducedMotion() ? 'instant' : 'smooth');
  }

  #open({ kind, id }: HistoryRow): void {
    if (kind === 'command') return this.#send('toggleCommand', { id });
    this.#awaitedRunId = id;
    this.#send('selectRun', { runId: id });
  }

  #anew(ask: () => void): void {
    this.#grid.startAnew();
    ask();
  }
}
