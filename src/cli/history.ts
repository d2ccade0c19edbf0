import { parseArgs } from 'node:util';
import { runsJson } from '../core/reports/runJson.ts';
import { textHistory } from '../core/reports/text.ts';
import { withStore } from './openHistory.ts';
import { UsageError, type CliCommand } from './usage.ts';

export const history: CliCommand = {
  name: 'history',
  usage: 'history [--json] [--limit N]',
  summary: 'The runs so far, newest first: those of the editor and of the command line.',
  async run(args) {
    const options = { json: { type: 'boolean' }, limit: { type: 'string', default: '50' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit needs a whole number above 0');
    return withStore((store) => {
      const runs = store.list({ limit });
      process.stdout.write(values.json ? `${JSON.stringify(runsJson(runs), null, 2)}\n` : textHistory(runs));
      return 0;
    });
  },
};
