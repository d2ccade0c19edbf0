import assert from 'node:assert/strict';
import { costSentences } from '../../../src/core/compare/costWords.ts';
import { importMarkdown } from '../../../src/core/exchange/importReport.ts';
import { ownJson } from '../../../src/core/exchange/ownJson.ts';
import { exportFormats } from '../../../src/core/exchange/exportFormats.ts';
import { comparisonReports } from '../../../src/core/reports/comparison/comparisonReports.ts';
import { insertMetadata } from '../../../src/core/reports/modelCard/insert.ts';
import { cardMetadata } from '../../../src/core/reports/modelCard/metadata.ts';
import { projectReports } from '../../../src/core/reports/project/projectReports.ts';
import type { Report } from '../../../src/core/reports/report.ts';
import { runReports } from '../../../src/core/reports/runReports.ts';
import { comparisonToolText, runToolText } from '../../../src/core/reports/toolText.ts';
import type { ComponentEnergy, RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { language, speak } from '../../../src/language.ts';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { snapshot } from '../runs/snapshots.ts';
import { comparisonOf, EPOCHS, POINTS, subject, totalOf } from './subjects.ts';

/** A language in which every text is the English one in marks. */
const MARKED = Object.fromEntries(Object.keys(german).map((text) => [text, `«${text}»`]));

/** What people read in the editor, and no program does. */
const SPOKEN = ['markdown', 'html'];

const FIRST = runOf({});
const OTHER = runOf({
  ...{
    id: 'run-2',
    label: 'other.py',
    state: 'failed',
    exitCode: 1,
    idlePower: 'all',
    durationSeconds: 7200,
  },
  progress: { ...snapshot().progress, family: 'tqdm', epochsCompleted: 0 },
});
/** More than a table tells each by itself. */
const MANY = Array.from({ length: 14 }, (_, index) => ({ ...OTHER, label: `train-${index}.py` }));

/** A run of which there is much to say. */
function runOf(more: Partial<RunSnapshot>): RunSnapshot {
  const run = snapshot();
  const [cpu] = run.components as [ComponentEnergy];
  const estimated = { quality: 'estimated', source: 'estimate', uncertainty: 0.3 } as const;
  const parts = Array.from({ length: 14 }, (_, index) => ({ ...cpu, ...estimated, device: `part ${index}` }));
  return snapshot({
    ...{ howKnown: 'mixed', components: [cpu, { ...cpu, component: 'gpu', device: 'gpu' }, ...parts] },
    ...{ idlePower: 'proportional', marginal: { emissionsGrams: 5, segments: [] }, epochs: EPOCHS },
    ...more,
  });
}

/** Every report with its text, all of it asked for while the language is spoken: subjects, too. */
function written(): readonly (readonly [name: string, id: string, text: string])[] {
  const texts = <Subject>(kind: string, reports: readonly Report<Subject>[], about: Subject) =>
    reports.map((report) => [`${kind} as ${report.id}`, report.id, report.write(about)] as const);
  return [
    ...texts('a run', runReports, subject(FIRST, POINTS)),
    ...texts('a comparison', comparisonReports, comparisonOf(FIRST, OTHER)),
    ...texts('a project', projectReports, totalOf(FIRST, OTHER, ...MANY)),
  ];
}

/** What the card, the tools and the exports hold. */
function others(): readonly string[] {
  return [
    insertMetadata('# A model\n', cardMetadata(FIRST, null)),
    runToolText(FIRST),
    comparisonToolText(FIRST, OTHER),
    ...exportFormats.map(({ write }) => write([FIRST, OTHER])),
  ];
}

describe('Reports while another language is spoken', () => {
  beforeEach(() => speak('x-marked', MARKED));
  afterEach(() => speak('en', {}));

  it('speak it in Markdown and HTML', () => {
    const spoken = written().filter(([, id]) => SPOKEN.includes(id));
    assert.equal(spoken.length, 6);
    for (const [name, id, text] of spoken) {
      assert.match(text, /«Energy»/, name);
      if (id === 'html') assert.match(text, /<html lang="x-marked">/, name);
    }
    const told = spoken.map(([, , text]) => text).join('');
    for (const text of ['Energy by component', 'Idle power was not shared by the same setting.'])
      assert(told.includes(`«${text}»`), text);
    assert.match(told, /«not recognised»/);
    assert.match(told, /«\d+ others»/);
    assert.match(told, /«failed»/);
  });

  it('are English where papers, forges and programs read them', () => {
    const isRead = ([, id]: readonly [string, string, string]) => !SPOKEN.includes(id);
    const [here, elsewhere] = [written().filter(isRead), others()];
    assert.equal(language(), 'x-marked');
    speak('en', {});
    assert.deepEqual(here, written().filter(isRead));
    assert.deepEqual(elsewhere, others());
    assert.doesNotMatch(JSON.stringify([here, elsewhere]), /[«»]/);
  });

  it('are named in it for people who choose', () => {
    const titles = runReports.map(({ title }) => title());
    assert(titles.includes('«Plain text»'));
    assert(titles.includes('Markdown'));
    assert(exportFormats.some(({ name }) => name() === '«Comma-separated values»'));
  });
});

describe('What is said beside reports while another language is spoken', () => {
  beforeEach(() => speak('x-marked', MARKED));
  afterEach(() => speak('en', {}));

  it('is in it where a model card is left as it is', () => {
    assert.throws(() => cardMetadata(runOf({ state: 'running' }), null), /^Error: «this run has not ended/);
    const open = '---\ntitle: a\n';
    assert.throws(() => insertMetadata(open, cardMetadata(FIRST, null)), /^Error: «.* in line 1 .*»$/);
  });

  it('is in it where something is not imported', async () => {
    const text = JSON.stringify({ schema: 'training-footprint/runs', version: 1, runs: [{ id: 'a' }] });
    const read = await ownJson.read({ name: 'a.json', text, beside: () => Promise.resolve(null) });
    const skipped = read?.skipped.map((each) => ({ file: 'a.json', ...each })) ?? [];
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      ['«run 1 of 1: «origin is none of terminal, task, cli, import, carbontracker, codecarbon»»'],
    );
    const report = importMarkdown({ added: 1, updated: 0, known: 2, runIds: [], skipped });
    assert.match(report, /^# «Import of Runs»\n\n«1 run imported», «2 were here already», «1 skipped»\.\n/);
  });

  it('is in it of what quality cost', () => {
    const values = { 'run-1': 93, 'run-2': 90 };
    const sentences = costSentences([FIRST, OTHER], { kind: 'given', values, isLowerBetter: false });
    assert.equal(sentences[0], '««The result» is best in train.py: 93 for 10.0 Wh.»');
  });
});
