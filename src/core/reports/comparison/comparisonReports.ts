import { inEnglish, t } from '../../../language.ts';
import { jsonText, type Report } from '../report.ts';
import type { Comparison } from './comparison.ts';
import { comparisonCsv } from './comparisonCsv.ts';
import { comparisonHtml } from './comparisonHtml.ts';
import { comparisonJson } from './comparisonJson.ts';
import { comparisonMarkdown } from './comparisonMarkdown.ts';

/** Every report of a comparison. A new one is its file and its line here. */
export const comparisonReports: readonly Report<Comparison>[] = [
  { id: 'markdown', title: () => 'Markdown', extension: 'md', write: comparisonMarkdown },
  { id: 'html', title: () => t('HTML, with charts'), extension: 'html', write: comparisonHtml },
  {
    ...{ id: 'json', title: () => 'JSON', extension: 'json' },
    write: (subject) => inEnglish(() => jsonText(comparisonJson(subject))),
  },
  { id: 'csv', title: () => t('Comma-separated values'), extension: 'csv', write: comparisonCsv },
];
