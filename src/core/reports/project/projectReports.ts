import { inEnglish, t } from '../../../language.ts';
import { jsonText, type Report } from '../report.ts';
import { projectCsv } from './projectCsv.ts';
import { projectHtml } from './projectHtml.ts';
import { projectJson } from './projectJson.ts';
import { projectMarkdown } from './projectMarkdown.ts';
import type { ProjectTotal } from './projectTotal.ts';

/** Every report of a project. A new one is its file and its line here. */
export const projectReports: readonly Report<ProjectTotal>[] = [
  { id: 'markdown', title: () => 'Markdown', extension: 'md', write: projectMarkdown },
  { id: 'html', title: () => t('HTML, with charts'), extension: 'html', write: projectHtml },
  {
    ...{ id: 'json', title: () => 'JSON', extension: 'json' },
    write: (subject) => inEnglish(() => jsonText(projectJson(subject))),
  },
  {
    ...{ id: 'csv', title: () => t('Comma-separated values'), extension: 'csv' },
    write: (subject) => inEnglish(() => projectCsv(subject)),
  },
];
