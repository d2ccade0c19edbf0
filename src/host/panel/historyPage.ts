import type { Price } from '../../core/runs/budget.ts';
import { stateName } from '../../core/reports/words.ts';
import type { RunEdit } from '../../core/runs/edits.ts';
import type { HistorySort } from '../../core/runs/historyTable.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { Choice, HistoryColumn, HistoryToHost, HistoryView } from '../../protocol/messages.ts';
import { HistoryList } from './historyList.ts';
import { historyTotals } from './historyTotals.ts';
import { filterOf, NO_WISHES, STATES, wishesIn } from './historyWishes.ts';
import { runView } from './runView.ts';
import type { Runs, View, ViewContext } from './view.ts';

/** Rows that are sent before any is asked for: more than a page shows. */
const FIRST_ROWS = 120;

/** No page shows or asks for more at once. */
const MOST_ROWS = 1000;

/** Rows are sent and drawn within this time. */
const TOTALS_MILLIS = 50;

/** A list with a run in progress is made anew so often, and no more than this part of the time is spent on it. */
const RENEWAL_MILLIS = 5000;
const MOST_SHARE = 0.01;

/** All runs, and one of them in detail. */
export class HistoryPage implements View<'history', keyof HistoryToHost> {
  readonly handlers;
  readonly #context: ViewContext;
  readonly #price: () => Price | null;
  #sort: HistorySort = { order: 'started', descending: true };
  #wishes = NO_WISHES;
  #isGrouped = false;
  #open: ReadonlySet<string> = new Set();
  #list: HistoryList | null = null;
  #listNumber = 0;
  #version = -1;
  #madeAt = 0;
  #makingMillis = 0;
  #shown = { from: 0, to: FIRST_ROWS };
  #runs: Runs | null = null;
  #sentRun = '';
  #areTotalsDue = false;
  #totalsTimer: NodeJS.Timeout | undefined;
  /** The run whose detail is shown. */
  selectedId: string | null = null;

  constructor(context: ViewContext, price: () => Price | null) {
    this.#context = context;
    this.#price = price;
    this.handlers = {
      beginHistory: () => this.#begin(),
      selectRun: ({ runId }: HistoryToHost['selectRun']) => {
        this.selectedId = runId;
        if (this.#runs) this.#sendRun(this.#runs);
        context.update();
      },
      sortHistory: ({ column }: HistoryToHost['sortHistory']) => this.#sortBy(column),
      filterHistory: (wishes: HistoryToHost['filterHistory']) => {
        this.#wishes = wishesIn(wishes);
        this.#renew();
      },
      groupHistory: ({ isGrouped }: HistoryToHost['groupHistory']) => {
        this.#isGrouped = isGrouped;
        this.#renew();
      },
      toggleCommand: ({ id }: HistoryToHost['toggleCommand']) => this.#toggle(id),
      needRows: (wanted: HistoryToHost['needRows']) => this.#sendRows(wanted),
      editRun: ({ runId, ...edit }: HistoryToHost['editRun']) => this.#edit(runId, edit),
    };
  }

  draw(runs: Runs): HistoryView {
    this.#runs = runs;
    this.#makeList(runs);
    this.#sendRun(runs);
    this.#sendTotals();
    const { from, to } = this.#shown;
    const choices = runs.store?.history.choices();
    return {
      list: this.#listNumber,
      count: this.#list?.length ?? 0,
      rows: { list: this.#listNumber, from, rows: this.#list?.rows(from, to, runs.live) ?? [] },
      sort: { column: this.#sort.order, descending: this.#sort.descending },
      isGrouped: this.#isGrouped,
      wishes: this.#wishes,
      choices: {
        project: asNamed(choices?.projects),
        tag: asNamed(choices?.tags),
        framework: asNamed(choices?.frameworks),
        device: asNamed(choices?.devices),
        state: STATES.map((id) => ({ id, label: stateName(id) })),
      },
      selectedId: this.selectedId,
    };
  }

  /** Finds the runs anew where others would be found now. */
  #makeList({ store, live }: Runs): void {
    if (!store) return;
    const { version } = store.history;
    const now = performance.now();
    const isOld = now - this.#madeAt > Math.max(RENEWAL_MILLIS, this.#makingMillis / MOST_SHARE);
    if (version === this.#version && !(isOld && live.length > 0)) return;
    this.#version = version;
    const { filter, sort } = { filter: filterOf(this.#wishes), sort: this.#sort };
    this.#list = new HistoryList(store.history, {
      filter,
      sort,
      isGrouped: this.#isGrouped,
      open: this.#open,
    });
    this.#listNumber += 1;
    this.#madeAt = performance.now();
    this.#makingMillis = this.#madeAt - now;
    this.#areTotalsDue = true;
  }

  /** After the rows, which are on their way and can be read meanwhile; once for all that is typed quickly. */
  #sendTotals(): void {
    if (!this.#areTotalsDue) return;
    this.#areTotalsDue = false;
    clearTimeout(this.#totalsTimer);
    this.#totalsTimer = setTimeout(() => {
      try {
        const weeks = this.#runs?.store?.history.weeks(filterOf(this.#wishes));
        if (weeks) this.#context.post('historyTotals', historyTotals(weeks));
      } catch {
        // the history was closed meanwhile
      }
    }, TOTALS_MILLIS);
  }

  #sendRows({ list, from, to }: HistoryToHost['needRows']): void {
    if (list !== this.#listNumber || !this.#list || !this.#runs) return;
    this.#shown = { from, to: Math.min(to, from + MOST_ROWS) };
    const rows = this.#list.rows(this.#shown.from, this.#shown.to, this.#runs.live);
    this.#context.post('historyRows', { list, from, rows });
  }

  /** Again where it may have changed. */
  #sendRun(runs: Runs): void {
    const run = this.selectedId === null ? null : runs.get(this.selectedId);
    const isLive = run?.state === 'running';
    const key = `${this.selectedId} ${this.#version}`;
    if (key === this.#sentRun && !isLive) return;
    this.#sentRun = isLive ? '' : key;
    this.#context.post('historyRun', run && this.#detail(run, runs));
  }

  #detail(run: RunSnapshot, runs: Runs) {
    const { comment = '', tags = [], command } = run;
    const view = runView(run, runs.points(run.id), this.#price());
    return { run: view, comment, tags, canRunAgain: command.trim() !== '' && run.state !== 'running' };
  }

  #begin(): void {
    this.#sentRun = '';
    this.#shown = { from: 0, to: FIRST_ROWS };
    this.#version = -1;
  }

  #renew(): void {
    this.#version = -1;
    this.#shown = { from: 0, to: FIRST_ROWS };
    if (this.#runs) this.#context.post('history', this.draw(this.#runs));
  }

  #sortBy(column: HistoryColumn): void {
    const { order, descending } = this.#sort;
    this.#sort = { order: column, descending: order === column ? !descending : column !== 'name' };
    this.#renew();
  }

  #toggle(id: string): void {
    const command = this.#list?.commandOf(id) ?? null;
    if (command === null) return;
    const open = new Set(this.#open);
    if (!open.delete(command)) open.add(command);
    this.#open = open;
    this.#version = -1;
    if (this.#runs) this.#context.post('history', this.draw(this.#runs));
  }

  #edit(runId: string, edit: RunEdit): void {
    this.#runs?.store?.edits.edit(runId, edit);
    this.#context.update();
  }
}

function asNamed(names: readonly string[] = []): readonly Choice[] {
  return names.map((name) => ({ id: name, label: name }));
}
