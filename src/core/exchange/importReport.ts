import { t } from '../../language.ts';
import { escapeMarkdown, table } from '../reports/markdown.ts';
import type { ImportResult, SkippedIn } from './importRuns.ts';

/** A screen of them says enough; the JSON has all. */
const MOST_SHOWN = 1000;

/** `12 runs imported, 3 were here already, 2 rows skipped.` */
export function importSummary({ added, updated, known, skipped }: ImportResult): string {
  const parts = [
    added > 0 || updated + known === 0 ? addedText(added) : '',
    updated > 0 ? t('{0} brought up to date', updated) : '',
    known > 0 ? knownText(known) : '',
    skipped.length > 0 ? t('{0} skipped', skipped.length) : '',
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

/** What was skipped, a line each: file, line in it, reason. */
export function skippedText({ skipped }: ImportResult): string {
  return skipped.map((each) => `${printable(placeOf(each))}: ${printable(each.reason)}\n`).join('');
}

/** The same for a Markdown preview. */
export function importMarkdown(result: ImportResult): string {
  const { skipped } = result;
  const rows = skipped
    .slice(0, MOST_SHOWN)
    .map(({ file, line, reason }) => [escapeMarkdown(file), line?.toString() ?? '', escapeMarkdown(reason)]);
  const more = skipped.length - rows.length;
  const sections = [
    `# ${t('Import of Runs')}`,
    importSummary(result),
    rows.length > 0 ? `## ${t('Skipped')}\n\n${table([t('File'), t('Line'), t('Why')], rows)}` : '',
    more > 0 ? t('And {0} more.', more) : '',
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

/** An import as JSON, version 1: counts, the ids of the runs in the files, and what was skipped. */
export function importJson({ added, updated, known, runIds, skipped }: ImportResult) {
  const schema = 'training-footprint/import';
  return { schema, version: 1, added, updated, known, runIds, skipped } as const;
}

function placeOf({ file, line }: SkippedIn): string {
  return line === null ? file : `${file}:${line}`;
}

function addedText(added: number): string {
  return added === 1 ? t('1 run imported') : t('{0} runs imported', added);
}

function knownText(known: number): string {
  return known === 1 ? t('1 was here already') : t('{0} were here already', known);
}

/** Files may hold anything: what would move the cursor is taken out. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
