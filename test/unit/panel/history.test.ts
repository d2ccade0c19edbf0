import assert from 'node:assert/strict';
import path from 'node:path';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { HistoryPage } from '../../../src/host/panel/historyPage.ts';
import { historyTotals } from '../../../src/host/panel/historyTotals.ts';
import { filterOf, NO_WISHES } from '../../../src/host/panel/historyWishes.ts';
import type { Runs } from '../../../src/host/panel/view.ts';
import type {
  HistoryRow,
  HistoryTotals,
  HistoryView,
  Message,
  ToWebview,
} from '../../../src/protocol/messages.ts';
import { memory, point, snapshot } from '../runs/snapshots.ts';

const ME = { pid: 10, startSeconds: 1 };

describe('The history as the page shows it', () => {
  let folder: string;
  let store: Store;
  let live: RunSnapshot[];
  let posted: Message<ToWebview>[];
  let page: HistoryPage;
  let onTotals: (totals: HistoryTotals) => void;

  beforeEach(async () => {
    folder = tempFolder('history-page');
    store = await Store.open(path.join(folder, 'history.db'));
    live = [];
    posted = [];
    onTotals = () => undefined;
    const post = (type: keyof ToWebview, body: unknown) => {
      posted.push({ type, body } as Message<ToWebview>);
      if (type === 'historyTotals') onTotals(body as HistoryTotals);
    };
    page = new HistoryPage({ update: () => undefined, show: () => undefined, post }, () => null);
  });

  afterEach(() => {
    store.close();
    removeFolder(folder);
  });

  function save(count: number, more: (index: number) => Partial<RunSnapshot> = () => ({})): void {
    for (let index = 0; index < count; index++) {
      const own = {
        id: `r${index}`,
        label: `run ${index}`,
        startedAtMillis: Date.UTC(2026, 0, 1) + index * 60_000,
      };
      store.save(snapshot({ ...own, ...more(index) }), [], null, ME);
    }
  }

  function draw(): HistoryView {
    const runs: Runs = {
      ...{ store, live },
      get: (id) => live.find((run) => run.id === id) ?? store.get(id),
      points: (id) => store.chartPoints(id),
    };
    return page.draw(runs);
  }

  function last<Type extends keyof ToWebview>(type: Type): ToWebview[Type] | undefined {
    return posted.filter((message) => message.type === type).at(-1)?.body as ToWebview[Type] | undefined;
  }

  const names = (rows: readonly HistoryRow[] | undefined) => rows?.map(({ cells }) => cells.name) ?? [];

  /** Totals come after the rows. */
  function totals(): Promise<HistoryTotals> {
    return new Promise((resolve) => (onTotals = resolve));
  }

  it('sends the first rows, and others when they are looked at', () => {
    save(1200);
    const view = draw();
    assert.equal(view.count, 1200);
    assert.equal(view.rows.from, 0);
    assert.equal(view.rows.rows[0]?.cells.name, 'run 1199');
    assert(view.rows.rows.length < 200, `${view.rows.rows.length} rows`);
    page.handlers.needRows({ list: view.list, from: 600, to: 620 });
    const rows = last('historyRows');
    assert.equal(rows?.from, 600);
    assert.deepEqual(names(rows?.rows).slice(0, 2), ['run 599', 'run 598']);
    page.handlers.needRows({ list: view.list, from: 0, to: 1e9 });
    assert.equal(last('historyRows')?.rows.length, 1000);
  });

  it('answers nothing about a list that has been replaced', () => {
    save(3);
    const { list } = draw();
    page.handlers.filterHistory({ ...NO_WISHES, search: '2' });
    page.handlers.needRows({ list, from: 0, to: 3 });
    assert.equal(last('historyRows'), undefined);
    assert.deepEqual(names(last('history')?.rows.rows), ['run 2']);
  });

  it('keeps its list while nothing changes, and makes it anew when a run comes, ends or is edited', () => {
    save(3);
    const first = draw().list;
    assert.equal(draw().list, first);
    save(4);
    const second = draw();
    assert.notEqual(second.list, first);
    assert.equal(second.count, 4);
    page.handlers.editRun({ runId: 'r0', label: 'mine' });
    assert.equal(draw().rows.rows.at(-1)?.cells.name, 'mine');
  });

  it('shows runs that train as they are now', () => {
    store.save(snapshot({ state: 'running', energyJoules: 1 }), [], memory(), ME);
    live = [snapshot({ state: 'running', energyJoules: 3.6e6 })];
    assert.equal(draw().rows.rows[0]?.cells.energy, '1.00 kWh');
  });

  it('sorts by a column, then the other way', () => {
    save(3, (index) => ({ energyJoules: [2, 3, 1][index] }));
    draw();
    page.handlers.sortHistory({ column: 'energy' });
    assert.deepEqual(names(last('history')?.rows.rows), ['run 1', 'run 0', 'run 2']);
    page.handlers.sortHistory({ column: 'energy' });
    assert.deepEqual(names(last('history')?.rows.rows), ['run 2', 'run 0', 'run 1']);
    assert.deepEqual(last('history')?.sort, { column: 'energy', descending: false });
  });

  it('puts the runs of a command together, and shows them when it is opened', () => {
    save(4, (index) => ({ command: index % 2 ? 'python a.py' : 'python b.py' }));
    draw();
    page.handlers.groupHistory({ isGrouped: true });
    const rows = last('history')?.rows.rows ?? [];
    assert.deepEqual(
      rows.map(({ kind, cells }) => [kind, cells.name, cells.state]),
      [
        ['command', 'python a.py', '2 runs'],
        ['command', 'python b.py', '2 runs'],
      ],
    );
    page.handlers.toggleCommand({ id: rows[1]?.id ?? '' });
    assert.deepEqual(names(last('history')?.rows.rows), ['python a.py', 'python b.py', 'run 2', 'run 0']);
    page.handlers.toggleCommand({ id: rows[1]?.id ?? '' });
    assert.equal(last('history')?.count, 2);
  });

  it('tells what all runs of the list used, after the rows', async () => {
    save(3, (index) => ({ project: index ? 'a' : 'b', howKnown: index ? 'measured' : 'mixed' }));
    draw();
    assert.equal((await totals()).summary, '3 runs · 30.0 Wh · 12.3 g CO2e · 1 with estimates');
    page.handlers.filterHistory({ ...NO_WISHES, project: 'b' });
    const filtered = await totals();
    assert.equal(filtered.summary, '1 run · 10.0 Wh · 4.11 g CO2e · 1 with estimates');
    assert.deepEqual(
      filtered.projects.map(({ project, share }) => [project, share]),
      [['b', 1]],
    );
  });

  it('sends the detail of a run once, and again when it was edited or the page is new', () => {
    store.save(snapshot(), [point(0), point(1)], null, ME);
    draw();
    const details = () => posted.filter(({ type }) => type === 'historyRun').length;
    const before = details();
    page.handlers.selectRun({ runId: 'run-1' });
    draw();
    draw();
    assert.equal(details(), before + 1);
    assert.equal(last('historyRun')?.run.chart.timeSeconds.length, 2);
    page.handlers.editRun({ runId: 'run-1', comment: 'why', tags: ['x'] });
    draw();
    assert.deepEqual([last('historyRun')?.comment, last('historyRun')?.tags], ['why', ['x']]);
    page.handlers.beginHistory();
    draw();
    assert.equal(details(), before + 3);
  });

  it('says so where the run of the detail was deleted', () => {
    save(1);
    page.selectedId = 'r0';
    draw();
    store.edits.delete(['r0']);
    draw();
    assert.equal(last('historyRun'), null);
  });

  it('offers to run again what has ended and is known', () => {
    save(1);
    page.selectedId = 'r0';
    draw();
    assert.equal(last('historyRun')?.canRunAgain, true);
    live = [snapshot({ id: 'r0', state: 'running' })];
    draw();
    assert.equal(last('historyRun')?.canRunAgain, false);
  });

  it('has nothing to show without a history', () => {
    const view = page.draw({ store: null, live: [], get: () => null, points: () => [] });
    assert.deepEqual([view.count, view.rows.rows], [0, []]);
  });
});

describe('What a person filters the history by', () => {
  it('narrows by days of the machine’s own clock, the last one included', () => {
    const { sinceMillis, beforeMillis } = filterOf({
      ...NO_WISHES,
      since: '2026-03-01',
      until: '2026-03-01',
    });
    assert.equal(sinceMillis, new Date(2026, 2, 1).getTime());
    assert.equal(beforeMillis, new Date(2026, 2, 2).getTime());
  });

  it('is nothing where it is empty or makes no sense', () => {
    assert.deepEqual(filterOf(NO_WISHES), {});
    assert.deepEqual(filterOf({ ...NO_WISHES, since: 'yesterday', state: 'sleeping' }), {});
    assert.deepEqual(filterOf({ ...NO_WISHES, state: 'failed', tag: 'x' }), { state: 'failed', tag: 'x' });
  });
});

describe('Totals by week and project', () => {
  const week = (mondayMillis: number, project: string, energyJoules: number) => ({
    ...{
      mondayMillis,
      project,
      energyJoules,
      emissionsGrams: energyJoules / 1000,
      runs: 1,
      estimatedRuns: 0,
    },
  });
  const MONDAY = Date.UTC(2026, 0, 5);
  const WEEK = 7 * 86_400_000;

  it('have each week from the first to the last, those without a run too', () => {
    const { mondays, projects } = historyTotals([
      week(MONDAY, 'a', 3600),
      week(MONDAY + 3 * WEEK, 'a', 7200),
    ]);
    assert.deepEqual(mondays, ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26']);
    assert.deepEqual(projects[0]?.wattHours, [1, 0, 0, 2]);
  });

  it('put the small projects together, and lose none of their energy', () => {
    const weeks = Array.from({ length: 9 }, (_, index) => week(MONDAY, `p${index}`, 3600 * (index + 1)));
    const { projects } = historyTotals(weeks);
    assert.deepEqual(
      projects.map(({ project }) => project),
      ['p8', 'p7', 'p6', 'p5', 'p4', '4 other projects'],
    );
    assert.equal(
      projects.reduce((sum, { wattHours }) => sum + (wattHours[0] ?? 0), 0),
      45,
    );
    assert.equal(historyTotals(weeks.slice(0, 6)).projects.length, 6);
  });

  it('are nothing of nothing', () => {
    assert.deepEqual(historyTotals([]), { summary: '0 runs · 0 mWh · 0 mg CO2e', mondays: [], projects: [] });
  });

  it('do not begin with a clock that was not set', () => {
    const { mondays, projects } = historyTotals([week(0, 'a', 3600), week(MONDAY, 'a', 3600)]);
    assert(mondays.length < 300);
    assert.equal(projects[0]?.energy, '2.00 Wh');
  });
});
