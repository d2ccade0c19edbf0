import { inEnglish, t } from '../../language.ts';
import { otherFormats } from '../exchange/exportFormats.ts';
import { runsCsv } from './csv.ts';
import { markdownReport } from './markdown.ts';
import { pullRequestText } from './pullRequest.ts';
import { jsonText, type Report, type RunSubject } from './report.ts';
import { runHtml } from './runHtml.ts';
import { runJson } from './runJson.ts';
import { statementLatex } from './statement/latex.ts';
import { bibtex } from './statement/references.ts';
import { carbonStatement, referencesOf, type Sentence } from './statement/statement.ts';
import { statementText } from './statement/statementText.ts';
import { textSummary } from './text.ts';

/** Every report of a run. A new one is its file and its line here. */
export const runReports: readonly Report<RunSubject>[] = [
  {
    ...{ id: 'markdown', title: () => 'Markdown', extension: 'md' },
    write: ({ run, beyond }) => markdownReport(run, beyond),
  },
  {
    ...{ id: 'html', title: () => t('HTML, with charts'), extension: 'html' },
    write: ({ run, points, beyond }) => runHtml(run, points(), beyond),
  },
  { id: 'json', title: () => 'JSON', extension: 'json', write: ({ run }) => jsonText(runJson(run)) },
  {
    ...{ id: 'csv', title: () => t('Comma-separated values'), extension: 'csv' },
    write: ({ run }) => runsCsv([run]),
  },
  {
    ...{ id: 'text', title: () => t('Plain text'), extension: 'txt' },
    write: ({ run }) => inEnglish(() => textSummary(run)),
  },
  {
    ...{ id: 'statement', title: () => t('Carbon impact statement, plain text'), extension: 'txt' },
    write: (subject) => inEnglish(() => statementText(sentences(subject))),
  },
  {
    ...{ id: 'latex', title: () => t('Carbon impact statement, LaTeX'), extension: 'tex' },
    write: (subject) => inEnglish(() => statementLatex(sentences(subject))),
  },
  {
    ...{ id: 'bibtex', title: () => t('References of the statement, BibTeX'), extension: 'bib' },
    write: (subject) => inEnglish(() => bibtex(referencesOf(sentences(subject)))),
  },
  {
    ...{ id: 'pull-request', title: () => t('Block for a pull request, Markdown'), extension: 'md' },
    write: ({ run }) => pullRequestText(run),
  },
  ...otherFormats.map(({ id, name, extension, write }) => ({
    ...{ id, title: name, extension },
    write: ({ run }: RunSubject) => write([run]),
  })),
];

function sentences({ run, beyond }: RunSubject): readonly Sentence[] {
  return carbonStatement(run, beyond.embodied);
}
