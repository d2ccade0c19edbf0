import assert from 'node:assert/strict';
import { operable, overflows, reachedByTab, violations } from './checks.ts';
import { historyRow, historyRows, historyRun, historyState, totalsState } from './historyStates.ts';
import { WebviewPage, type Theme } from './page.ts';
import { pageState } from './states.ts';

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const WIDTHS = [300, 480, 700, 1000, 1600];

/** More than any screen shows. */
const MOST_DRAWN = 120;

const HOSTILE = '<img src=x onerror="document.body.dataset.broken=1">\u202e‮</div><script>1</script>';

describe('The history on the page', function () {
  this.timeout(120_000);
  let webview: WebviewPage;

  afterEach(() => webview.close());
  after(() => WebviewPage.closeAll());

  async function open(theme: Theme = 'light', width = 1000, state = historyState()): Promise<void> {
    webview = await WebviewPage.open(theme, width);
    await webview.post('page', pageState('history'));
    await webview.post('history', state);
  }

  async function openAll(theme?: Theme, width?: number): Promise<void> {
    await open(theme, width);
    await webview.post('historyTotals', totalsState());
    await webview.post('historyRun', historyRun());
    await webview.page.locator('.filters summary').click();
  }

  const grid = () => webview.page.getByRole('grid', { name: 'Runs' });
  const press = async (...keys: string[]) => {
    for (const key of keys) await webview.page.keyboard.press(key);
    await drawn();
  };
  const drawn = () =>
    webview.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );

  /** The row or head where the keyboard is, in words. */
  const active = () =>
    webview.page.evaluate(() => {
      const id = document.querySelector('.history-grid')?.getAttribute('aria-activedescendant');
      return (id && document.getElementById(id)?.textContent) || '';
    });

  for (const theme of THEMES)
    it(`has nothing that axe finds fault with, in ${theme}`, async () => {
      await openAll(theme);
      assert.deepEqual(await violations(webview), []);
      assert.deepEqual(webview.complaints, []);
    });

  it('has nothing that axe finds fault with, grouped and with runs chosen', async () => {
    const command = historyRow(0, { kind: 'command', isOpen: true, id: 'command x', state: null });
    const rows = { list: 1, from: 0, rows: [command, ...historyRows(1, 1, 40).rows] };
    await open('light', 1000, historyState(40, { isGrouped: true, rows }));
    await webview.page.locator('[data-index="1"] [data-column="choose"]').click();
    assert.deepEqual(await violations(webview), []);
    assert.equal(await webview.page.getByRole('treegrid').count(), 1);
    assert.equal(await webview.page.locator('[data-index="0"]').getAttribute('aria-expanded'), 'true');
  });

  it('is shown from 300 to 1600 pixels without scrolling sideways', async () => {
    await openAll('light', 300);
    for (const width of WIDTHS) {
      await webview.page.setViewportSize({ width, height: 900 });
      await drawn();
      assert.equal(await overflows(webview), false, `${width} px`);
      assert.deepEqual(await violations(webview), [], `${width} px`);
      const table = await grid().evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      assert.equal(table, 0, `the table at ${width} px`);
    }
  });

  it('lets the Tab key come to all of it, the table being one stop', async () => {
    await openAll('high-contrast', 800);
    await webview.page.getByRole('heading', { name: 'Training Footprint' }).click(); // Tab goes on from there
    const all = await operable(webview);
    assert.deepEqual([...(await reachedByTab(webview))].sort(), [...all].sort());
    const stops = await grid().evaluate(
      (element) => element.querySelectorAll('[tabindex], button, a, input').length,
    );
    assert.equal(stops, 0);
  });

  it('holds no more rows than are to be seen, and says how many there are', async () => {
    await open('light', 1000, historyState(100_000));
    assert.equal(await grid().getAttribute('aria-rowcount'), '100001');
    const count = () => webview.page.locator('.history-body .history-row').count();
    assert((await count()) < MOST_DRAWN, `${await count()} rows`);
    await grid().evaluate((element) => element.scrollTo(0, 1_400_000));
    await drawn();
    await grid().evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await drawn();
    assert((await count()) < MOST_DRAWN, `${await count()} rows`);
    const wanted = (await webview.sent('needRows')).at(-1);
    assert(
      wanted && wanted.from > 99_000 && wanted.to === 100_000 && wanted.list === 1,
      JSON.stringify(wanted),
    );
    await webview.post('historyRows', historyRows(1, wanted.from, wanted.to));
    await drawn();
    assert.equal(await webview.page.getByText('train.py 99999', { exact: true }).isVisible(), true);
    const row = webview.page.locator('.history-row:not([hidden])', { hasText: /^train\.py 99999/ });
    assert.equal(await row.getAttribute('aria-rowindex'), '100001');
  });

  it('asks for rows further ahead where it is scrolled fast', async () => {
    await open('light', 1000, historyState(100_000));
    for (const top of [280_000, 281_000]) {
      await grid().evaluate((element, to) => element.scrollTo(0, to), top);
      await drawn();
    }
    const wanted = (await webview.sent('needRows')).at(-1);
    const seen = Number(
      await grid().locator('.history-row:not([hidden])').first().getAttribute('data-index'),
    );
    assert(wanted && wanted.to - seen > 2 * (seen - wanted.from), JSON.stringify([seen, wanted]));
  });

  it('asks for rows once, and drops those of a list that was replaced', async () => {
    await open('light', 1000, historyState(1000));
    await grid().evaluate((element) => element.scrollTo(0, 14_000));
    await drawn();
    const asked = (await webview.sent('needRows')).length;
    await grid().evaluate((element) => element.scrollTo(0, 14_030));
    await drawn();
    assert.equal((await webview.sent('needRows')).length, asked);
    const [wanted] = (await webview.sent('needRows')).slice(-1);
    assert(wanted);
    await webview.post(
      'history',
      historyState(1000, { list: 2, rows: historyRows(2, wanted.from, wanted.from + 1) }),
    );
    await webview.post('historyRows', historyRows(1, wanted.from, wanted.to));
    await drawn();
    assert.equal(await webview.page.locator('.history-row[data-kind="run"]:not([hidden])').count(), 0);
  });

  it('is moved through by the arrow keys, by pages and to both ends', async () => {
    await open('light', 1000, historyState(100));
    await grid().focus();
    assert.match(await active(), /^train\.py 0/);
    await press('ArrowDown', 'ArrowDown');
    assert.match(await active(), /^train\.py 2/);
    await press('End');
    assert.match(await active(), /^train\.py 99/);
    await press('PageUp', 'ArrowUp');
    assert.doesNotMatch(await active(), /^train\.py 9[5-9]/);
    await press('Home');
    assert.match(await active(), /^train\.py 0/);
    await press('ArrowDown', 'Enter');
    assert.deepEqual(await webview.sent('selectRun'), [{ runId: 'r1' }]);
  });

  it('is sorted by keyboard from its head, and by pointer', async () => {
    await open();
    await grid().focus();
    await press('ArrowUp', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
    await webview.page.getByRole('columnheader', { name: 'Name' }).click();
    assert.deepEqual(await webview.sent('sortHistory'), [{ column: 'energy' }, { column: 'name' }]);
    await webview.post(
      'history',
      historyState(10, { list: 2, sort: { column: 'energy', descending: false } }),
    );
    const head = webview.page.getByRole('columnheader', { name: 'Energy' });
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
  });

  it('hands chosen runs to Compare, and deletes them', async () => {
    await open();
    const { page } = webview;
    const compare = page.getByRole('button', { name: 'Compare', exact: true });
    assert.equal(await compare.isVisible(), false);
    await grid().focus();
    await press(' ');
    assert.equal(await compare.isVisible(), false, 'one alone cannot be compared');
    await page.locator('[data-index="3"] [data-column="choose"]').click();
    assert.equal(await page.locator('[data-index="3"]').getAttribute('aria-selected'), 'true');
    await compare.click();
    assert.deepEqual(await webview.sent('compareRuns'), [{ runIds: ['r0', 'r3'] }]);
    await page.locator('[data-index="9"]').click({ modifiers: ['Shift'] });
    assert.equal(await compare.isVisible(), false, 'nor can more than six');
    await page.getByRole('group', { name: 'Chosen runs' }).getByRole('button', { name: 'Delete' }).click();
    assert.deepEqual(await webview.sent('deleteRuns'), [
      { runIds: ['r0', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9'] },
    ]);
    assert.equal(await page.getByRole('group', { name: 'Chosen runs' }).isVisible(), false);
    assert.deepEqual(await webview.sent('selectRun'), []);
  });

  it('opens and closes the runs of a command by keyboard', async () => {
    const command = historyRow(0, { kind: 'command', id: 'command x', state: null });
    const state = historyState(1, { isGrouped: true, rows: { list: 1, from: 0, rows: [command] } });
    await open('light', 1000, state);
    await webview.page.getByRole('treegrid').focus();
    await press('ArrowLeft', 'ArrowRight', 'Enter');
    assert.deepEqual(await webview.sent('toggleCommand'), [{ id: 'command x' }, { id: 'command x' }]);
  });

  it('asks for what is typed at once, and for what is typed meanwhile after the answer', async () => {
    await open();
    await webview.page.locator('.filters summary').click();
    const search = webview.page.getByLabel('Search runs');
    await search.pressSequentially('abc');
    const asked = async () => (await webview.sent('filterHistory')).map(({ search: text }) => text);
    assert.deepEqual(await asked(), ['a']);
    const wishes = { ...historyState().wishes, search: 'a' };
    await webview.post('history', historyState(5, { list: 2, wishes }));
    assert.deepEqual(await asked(), ['a', 'abc']);
    assert.equal(await search.inputValue(), 'abc');
    await webview.post('history', historyState(5, { list: 3, wishes: { ...wishes, search: 'abc' } }));
    await webview.page.getByRole('combobox', { name: 'Project' }).selectOption('speech');
    await webview.post(
      'history',
      historyState(0, { list: 4, wishes: { ...wishes, search: 'abc', project: 'speech' } }),
    );
    assert.equal(await webview.page.getByText('No run is like this').isVisible(), true);
    await webview.page.getByRole('button', { name: 'Clear Filters' }).click();
    assert.deepEqual((await webview.sent('filterHistory')).at(-1), historyState().wishes);
    assert.equal(await search.inputValue(), '');
  });

  it('lets a run be renamed, tagged and written about in place', async () => {
    await openAll();
    const { page } = webview;
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('Name', { exact: true }).fill('my run');
    await press('Escape');
    assert.deepEqual(await webview.sent('editRun'), []);
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('Name', { exact: true }).fill('my run');
    await press('Enter');
    await page.getByLabel('Tags').fill(' a, , b ');
    await page.getByLabel('Notes').fill('because');
    await webview.post('historyRun', historyRun());
    assert.equal(await page.getByLabel('Notes').inputValue(), 'because', 'what is being written stays');
    await page.getByLabel('Tags').focus();
    assert.deepEqual(await webview.sent('editRun'), [
      { runId: 'r2', label: 'my run' },
      { runId: 'r2', tags: ['a', 'b'] },
      { runId: 'r2', comment: 'because' },
    ]);
  });

  it('says what the run ran in, and runs it again', async () => {
    await openAll();
    const about = webview.page.locator('#view-history .facts');
    for (const text of [
      'c0ffee111111 on main, with changes',
      'venv .venv, Python 3.12.4',
      'torch 2.6.0',
      'AMD EPYC',
    ])
      assert((await about.innerText()).includes(text), text);
    await webview.page.getByRole('button', { name: 'Run Again' }).click();
    assert.deepEqual(await webview.sent('runAgain'), [{ runId: 'r2' }]);
  });

  it('draws the weeks', async () => {
    await openAll();
    const summary = webview.page.getByRole('img', {
      name: /^Energy a week, week of 2026-11-16: a .*kWh; b /,
    });
    assert.equal(await summary.isVisible(), true);
  });

  it('shows hostile names as they are, and keeps its rows in line', async () => {
    const cells = { ...historyRow(0).cells, name: HOSTILE.repeat(50) };
    const row = historyRow(0, { cells, project: HOSTILE, tags: [HOSTILE, 'x'.repeat(10_000)] });
    await open('light', 400, historyState(1, { rows: { list: 1, from: 0, rows: [row] } }));
    assert.equal(await webview.page.evaluate(() => document.body.dataset['broken']), undefined);
    assert.equal(await overflows(webview), false);
    const name = await webview.page.locator('[data-index="0"] [data-column="name"] .cell-text').textContent();
    assert.equal(name, HOSTILE.repeat(50));
    assert.deepEqual(webview.complaints, []);
  });
});
