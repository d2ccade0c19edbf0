import type { Report } from '../core/reports/report.ts';
import { reportNamed } from '../core/reports/reportNamed.ts';
import { UsageError } from './usage.ts';

/** Options of every command that reports. */
export const FORMAT_OPTIONS = {
  json: { type: 'boolean' },
  format: { type: 'string', default: 'markdown' },
} as const;

/** As help shows them. */
export function formatUsage(reports: readonly Report<never>[]): string {
  return `[--format ${reports.map(({ id }) => id).join('|')}] [--json]`;
}

/** @throws UsageError where there is no such format */
export function formatOf<Subject>(
  reports: readonly Report<Subject>[],
  { json, format }: { readonly json?: boolean; readonly format: string },
): Report<Subject> {
  try {
    return reportNamed(reports, json ? 'json' : format);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
