import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { importRuns } from '../../../src/core/exchange/importRuns.ts';
import {
  importJson,
  importMarkdown,
  importSummary,
  skippedText,
} from '../../../src/core/exchange/importReport.ts';
import { runJson, runsJson } from '../../../src/core/reports/runJson.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { snapshot } from '../runs/snapshots.ts';
import { ME, readRuns } from './fixtures.ts';

const HEAD = 'timestamp,project_name,run_id,duration,emissions,energy_consumed';

describe('Importing', () => {
  let folder: string;
  let store: Store;

  beforeEach(async () => {
    folder = tempFolder('import');
    store = await Store.open(path.join(folder, 'history.db'));
  });

  afterEach(() => {
    store.close();
    removeFolder(folder);
  });

  function file(name: string, content: string | Uint8Array): string {
    const full = path.join(folder, name);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  function row(id: number, more: Partial<Record<'time' | 'duration' | 'emissions' | 'energy', string>> = {}) {
    const { time = '2026-11-20T10:00:00', duration = '60', emissions = '0.001', energy = '0.004' } = more;
    const runId = `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
    return `${time},mnist,${runId},${duration},${emissions},${energy}`;
  }

  it('adds nothing the second time, nor from a copy of the file', async () => {
    const csv = file('emissions.csv', [HEAD, row(1), row(2)].join('\n'));
    const first = await importRuns([csv], store, ME);
    assert.deepEqual([first.added, first.known, first.skipped], [2, 0, []]);
    const copy = file('elsewhere/copy.csv', readFileSync(csv));
    const second = await importRuns([csv, copy], store, ME);
    assert.deepEqual([second.added, second.updated, second.known], [0, 0, 2]);
    assert.equal(store.list().length, 2);
    assert.deepEqual(
      [...second.runIds].sort(),
      store
        .list()
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('brings up to date a run of a peer that went on, and keeps the name it was given here', async () => {
    const csv = file('emissions.csv', [HEAD, row(1)].join('\n'));
    await importRuns([csv], store, ME);
    const [before] = store.list();
    assert(before);
    store.save({ ...before, label: 'Mine' }, [], null, ME);
    file('emissions.csv', [HEAD, row(1), row(1, { duration: '90', energy: '0.006' })].join('\n'));
    const { added, updated, known } = await importRuns([csv], store, ME);
    assert.deepEqual([added, updated, known], [0, 1, 0]);
    const [run] = store.list();
    assert.deepEqual([run?.label, run?.durationSeconds, run?.energyJoules], ['Mine', 90, 0.006 * 3.6e6]);
  });

  it('never touches a run that was recorded here', async () => {
    const own = snapshot({ id: '00000000-0000-4000-8000-000000000001', durationSeconds: 10 });
    store.save(own, [], null, ME);
    const csv = file('emissions.csv', [HEAD, row(1)].join('\n'));
    const json = file('own.json', JSON.stringify(runJson({ ...own, durationSeconds: 100, label: 'other' })));
    const result = await importRuns([csv, json], store, ME);
    assert.deepEqual([result.added, result.updated, result.known], [0, 0, 1]);
    assert.deepEqual(store.get(own.id), own);
  });

  it('keeps runs of other machines out of what is foretold here', async () => {
    const { command, cwd } = snapshot();
    const json = file('training-footprint.json', JSON.stringify(runsJson([snapshot()])));
    await importRuns([json], store, ME);
    assert.equal(store.list().length, 1);
    assert.deepEqual(store.finishedRunsOf(command, cwd, 10), []);
    store.save(snapshot({ id: 'own' }), [], null, ME);
    assert.deepEqual(
      store.finishedRunsOf(command, cwd, 10).map(({ id }) => id),
      ['own'],
    );
  });

  it('is one transaction: where one run cannot be written, none is', async () => {
    const csv = file('emissions.csv', [HEAD, row(1), row(2)].join('\n'));
    const broken = {
      importRuns(runs: Parameters<Store['importRuns']>[0]) {
        const [first, ...rest] = runs;
        assert(first && rest.length > 0);
        return store.importRuns([first, { ...first, id: 'second', durationSeconds: NaN }, ...rest], ME);
      },
    };
    await assert.rejects(importRuns([csv], broken, ME), /NOT NULL/);
    assert.deepEqual(store.list(), []);
  });

  it('says of each row that it skips which line and why', async () => {
    const rows = [
      HEAD,
      row(1),
      row(2, { time: 'yesterday' }),
      row(3, { energy: '' }),
      row(4, { energy: '-0.1' }),
      row(5, { emissions: 'NaN' }),
      row(6, { duration: 'inf' }),
      row(7, { energy: '0.0' }),
      `${row(8)},more`,
      row(9, { time: '2026-02-30T10:00:00' }),
    ];
    const csv = file('emissions.csv', rows.join('\r\n'));
    const { runs, skipped } = await readRuns(csv);
    assert.equal(runs.length, 1);
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason]),
      [
        [3, 'its timestamp “yesterday” is no time'],
        [4, 'its energy_consumed “” is no number of 0 or more'],
        [5, 'its energy_consumed “-0.1” is no number of 0 or more'],
        [6, 'its emissions “NaN” is no number of 0 or more'],
        [7, 'its duration “inf” is no number of 0 or more'],
        [8, 'its energy is 0'],
        [9, 'it has 7 cells where the head has 6'],
        [10, 'its timestamp “2026-02-30T10:00:00” is no time'],
      ],
    );
  });

  it('reads what spreadsheets write: a byte order mark, UTF-16, carriage returns, quotes', async () => {
    const text = [
      HEAD.split(',')
        .map((name) => `"${name}"`)
        .join(','),
      row(1),
    ].join('\r\n');
    const files = [
      file('bom.csv', `\ufeff${text}`),
      file('utf16.csv', Buffer.from(`\ufeff${text}`, 'utf16le')),
      file('cr.csv', text.replaceAll('\r\n', '\r')),
    ];
    for (const each of files) {
      const { runs, skipped } = await readRuns(each);
      assert.deepEqual([runs.length, skipped], [1, []], each);
      assert.equal(runs[0]?.energyJoules, 0.004 * 3.6e6);
    }
  });

  it('tells of a file that is none of the formats, or no file', async () => {
    const sparse = file('huge.csv', HEAD);
    truncateSync(sparse, 500e6);
    const fifo = path.join(folder, 'pipe.csv');
    execFileSync('mkfifo', [fifo]);
    const cases: [string, RegExp][] = [
      [file('notes.txt', 'Dear diary'), /it is none of Carbontracker’s log files, CodeCarbon’s/],
      [file('empty.csv', ''), /it is none of/],
      [file('other.csv', 'a,b\n1,2\n'), /it is none of/],
      [file('broken.json', '{"schema":"training-footprint/run"'), /it is none of/],
      [file('list.json', '[1]'), /it is none of/],
      [file('binary.csv', new Uint8Array([1, 0, 2])), /it is no text/],
      [
        file('columns.csv', 'timestamp,project_name,emissions,energy_consumed\n'),
        /there is no column duration/,
      ],
      [file('twice.csv', `${HEAD},duration\n`), /the column “duration” stands there twice/],
      [file('tasks.csv', `task_name,${HEAD}\n`), /tasks within a run/],
      [path.join(folder, 'missing.csv'), /there is no such file/],
      [sparse, /it is larger than 400 MB/],
      [fifo, /it is no file/],
      [path.join(folder, 'nothing-in-here'), /it holds none of/],
    ];
    mkdirSync(path.join(folder, 'nothing-in-here'));
    for (const [each, reason] of cases) {
      const { runs, skipped } = await readRuns(each);
      assert.deepEqual([runs, skipped.length, skipped[0]?.file], [[], 1, each]);
      assert.match(skipped[0]?.reason ?? '', reason);
    }
  });

  it('finds files of known names in a folder and below, follows no links, and leaves the rest alone', async () => {
    file('tree/emissions.csv', [HEAD, row(1)].join('\n'));
    file('tree/deep/er/emissions_2.csv', [HEAD, row(2)].join('\n'));
    file('tree/deep/training-footprint.json', JSON.stringify(runsJson([snapshot()])));
    file('tree/deep/data.csv', 'a,b\n1,2\n');
    file('tree/node_modules/emissions.csv', [HEAD, row(3)].join('\n'));
    symlinkSync(path.join(folder, 'tree'), path.join(folder, 'tree', 'again'));
    const { runs, skipped } = await readRuns(path.join(folder, 'tree'));
    assert.deepEqual([runs.length, skipped], [3, []]);
  });

  it('says where a folder was too deep to be searched to its end', async () => {
    file('tree/emissions.csv', [HEAD, row(1)].join('\n'));
    file('tree/1/2/3/4/5/6/emissions.csv', [HEAD, row(2)].join('\n'));
    const { runs, skipped } = await readRuns(path.join(folder, 'tree'));
    assert.equal(runs.length, 1);
    assert.match(skipped[0]?.reason ?? '', /only 5 levels and 5000 folders below it were searched/);
  });

  it('makes nothing of any text', async () => {
    const parts = fc.constantFrom(
      ...[HEAD, row(1), ',', '"', '\n', '\r\n', '2026-11-20 10:00:00 - ', 'CarbonTracker: \n'],
      ...[
        'Actual consumption for 1 epoch(s):',
        '\n\tTime:\t0:00:01',
        '\n\tEnergy:\t1 kWh',
        '\n\tCO2eq:\t-1 g',
      ],
      ...['{"schema":"training-footprint/runs","version":1,"runs":[', '{}', ']}', 'é', '\ud800'],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(parts, { maxLength: 12 }),
        fc.constantFrom('a.csv', 'a.json', 'x_carbontracker_output.log', 'x_carbontracker.log'),
        async (texts, name) => {
          const { runs } = await readRuns(file(name, texts.join('')));
          for (const run of runs) assert(run.energyJoules > 0 && run.emissionsGrams >= 0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reports in words, Markdown and JSON, whatever files are called', async () => {
    const csv = file('emissions<b>.csv', [HEAD, row(1), row(2, { energy: '\u001b[2J|`x`' })].join('\n'));
    const result = await importRuns([csv], store, ME);
    assert.equal(importSummary(result), '1 run imported, 1 skipped.');
    assert.equal(skippedText(result).split('\n').length, 2);
    assert.match(skippedText(result), /emissions<b>\.csv:3: its energy_consumed/);
    assert(!skippedText(result).includes('\u001b'));
    assert(!importMarkdown(result).includes('<b>'));
    const json = importJson(result);
    assert.deepEqual(
      [json.schema, json.version, json.added, json.skipped[0]?.line],
      ['training-footprint/import', 1, 1, 3],
    );
    const again = await importRuns([csv], store, ME);
    assert.equal(importSummary(again), '1 was here already, 1 skipped.');
  });
});
