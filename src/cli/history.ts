import { parseArgs } from 'node:util';
import { exportFormats } from '../core/exchange/exportFormats.ts';
import { textHistory } from '../core/reports/text.ts';
import { withStore } from './openHistory.ts';
import type { RunSnapshot } from '../core/runs/snapshot.ts';
import { UsageError, type CliCommand } from './usage.ts';

const FORMATS: Readonly<Record<string, (runs: readonly RunSnapshot[]) => string>> = {
  text: textHistory,
  ...Object.fromEntries(exportFormats.map(({ id, write }) => [id, write])),
};

export const history: CliCommand = {
  name: 'history',
  usage: `history [--format ${Object.keys(FORMATS).join('|')}] [--json] [--limit N]`,
  summary: 'The runs so far, newest first: those of the editor and of the command line.',
  async run(args) {
    const options = {
      json: { type: 'boolean' },
      format: { type: 'string', default: 'text' },
      limit: { type: 'string', default: '50' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit needs a whole number above 0');
    const name = values.json ? 'json' : values.format;
    const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    if (!format) throw new UsageError(`there is no format “${name}”`);
    return withStore((store) => {
      process.stdout.write(format(store.list({ limit })));
      return 0;
    });
  },
};
