import { parseArgs } from 'node:util';
import { exportFormats } from '../core/exchange/exportFormats.ts';
import { markdownReport } from '../core/reports/markdown.ts';
import { runJson } from '../core/reports/runJson.ts';
import { textSummary } from '../core/reports/text.ts';
import type { RunSnapshot } from '../core/runs/snapshot.ts';
import type { Store } from '../core/runs/store.ts';
import { withStore } from './openHistory.ts';
import { UsageError, type CliCommand } from './usage.ts';

const FORMATS: Readonly<Record<string, (run: RunSnapshot) => string>> = {
  ...Object.fromEntries(exportFormats.map(({ id, write }) => [id, (run: RunSnapshot) => write([run])])),
  markdown: (run) => markdownReport(run),
  text: textSummary,
  json: (run) => `${JSON.stringify(runJson(run), null, 2)}\n`,
};

export const report: CliCommand = {
  name: 'report',
  usage: `report RUN|last [--format ${Object.keys(FORMATS).join('|')}] [--json]`,
  summary: 'One run in full. RUN is an id of the history, or its beginning.',
  async run(args) {
    const options = { json: { type: 'boolean' }, format: { type: 'string', default: 'markdown' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const name = values.json ? 'json' : values.format;
    const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    if (!format) throw new UsageError(`there is no format “${name}”`);
    const [wanted = 'last'] = positionals;
    return withStore((store) => {
      process.stdout.write(format(find(store, wanted)));
      return 0;
    });
  },
};

function find(store: Store, wanted: string): RunSnapshot {
  const runs = store.list({ limit: wanted === 'last' ? 1 : -1 });
  const found = wanted === 'last' ? runs : runs.filter(({ id }) => id.startsWith(wanted));
  const [run] = found;
  if (!run)
    throw new Error(runs.length === 0 ? 'there is no run yet' : `there is no run “${wanted}”; see history`);
  if (found.length > 1) throw new Error(`${found.length} runs begin with “${wanted}”; give more of the id`);
  return run;
}
