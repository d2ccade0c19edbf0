import type { Report } from './report.ts';

/** Short names that people type, besides those of the reports. */
const SHORT: Readonly<Record<string, string>> = { md: 'markdown', txt: 'text', tex: 'latex', bib: 'bibtex' };

/** The report of this name among others. @throws Error that names them all */
export function reportNamed<Subject>(reports: readonly Report<Subject>[], name: string): Report<Subject> {
  const id = Object.hasOwn(SHORT, name) ? SHORT[name] : name;
  const report = reports.find((candidate) => candidate.id === id);
  if (report) return report;
  const names = reports.map((candidate) => candidate.id).join(', ');
  throw new Error(`there is no format “${name.slice(0, 30)}” here; take one of ${names}`);
}
