import { parseArgs } from 'node:util';
import { exportFormats } from '../core/exchange/exportFormats.ts';
import { textHistory } from '../core/reports/text.ts';
import type { HistoryFilter } from '../core/runs/historyFilter.ts';
import { withStore } from './openHistory.ts';
import type { RunSnapshot } from '../core/runs/snapshot.ts';
import { UsageError, type CliCommand } from './usage.ts';

const FORMATS: Readonly<Record<string, (runs: readonly RunSnapshot[]) => string>> = {
  text: textHistory,
  ...Object.fromEntries(exportFormats.map(({ id, write }) => [id, write])),
};

const DAY_MILLIS = 86_400_000;

const OPTIONS = {
  json: { type: 'boolean' },
  format: { type: 'string', default: 'text' },
  limit: { type: 'string', default: '50' },
  search: { type: 'string' },
  project: { type: 'string' },
  tag: { type: 'string' },
  framework: { type: 'string' },
  since: { type: 'string' },
} as const;

export const history: CliCommand = {
  name: 'history',
  usage: `history [--format ${Object.keys(FORMATS).join('|')}] [--json] [--limit N] [--search WORDS] [--project NAME] [--tag TAG] [--framework NAME] [--since DAY|Nd]`,
  summary:
    'The runs so far, newest first: those of the editor and of the command line. A day is 2026-11-24, 30d the last 30.',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { search, project, tag, framework, since } = values;
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit needs a whole number above 0');
    const name = values.json ? 'json' : values.format;
    const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    if (!format) throw new UsageError(`there is no format “${name}”`);
    const sinceMillis = since === undefined ? undefined : momentIn(since);
    const filter: HistoryFilter = { search, project, tag, framework, sinceMillis };
    return withStore((store) => {
      process.stdout.write(format(store.list({ limit, filter })));
      return 0;
    });
  },
};

/** The midnight of a day by the machine's clock, or so many days ago. */
function momentIn(text: string): number {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days) return Date.now() - Number(days) * DAY_MILLIS;
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const moment = new Date(Number(year), Number(month) - 1, Number(date));
  const isDay = year !== '' && moment.getMonth() === Number(month) - 1 && moment.getDate() === Number(date);
  if (!isDay) throw new UsageError('--since needs a day such as 2026-11-24, or a number of days such as 30d');
  return moment.getTime();
}
