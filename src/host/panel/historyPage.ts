import type { Price } from '../../core/runs/budget.ts';
import type { HistoryQuery } from '../../core/runs/store.ts';
import type { HistoryColumn, HistoryToHost, HistoryView } from '../../protocol/messages.ts';
import { historyView } from './historyView.ts';
import { runView } from './runView.ts';
import type { Runs, View, ViewContext } from './view.ts';

/** All runs, and one of them in detail. */
export class HistoryPage implements View<'history', keyof HistoryToHost> {
  readonly handlers;
  readonly #context: ViewContext;
  readonly #price: () => Price | null;
  #sort: Required<Pick<HistoryQuery, 'order' | 'descending'>> = { order: 'started', descending: true };
  /** The run whose detail is shown. */
  selectedId: string | null = null;

  constructor(context: ViewContext, price: () => Price | null) {
    this.#context = context;
    this.#price = price;
    this.handlers = {
      selectRun: ({ runId }: HistoryToHost['selectRun']) => {
        this.selectedId = runId;
        context.update();
      },
      sortHistory: ({ column }: HistoryToHost['sortHistory']) => this.#sortBy(column),
    };
  }

  draw(runs: Runs): HistoryView {
    const selected = this.selectedId === null ? null : runs.get(this.selectedId);
    return {
      ...historyView(runs.store?.list(this.#sort) ?? [], runs.live, this.#sort),
      selected: selected && runView(selected, runs.points(selected.id), this.#price()),
    };
  }

  #sortBy(column: HistoryColumn): void {
    const { order, descending } = this.#sort;
    this.#sort = { order: column, descending: order === column ? !descending : column !== 'name' };
    this.#context.update();
  }
}
