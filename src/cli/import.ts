import { parseArgs } from 'node:util';
import { importJson, importSummary, skippedText } from '../core/exchange/importReport.ts';
import { importRuns } from '../core/exchange/importRuns.ts';
import { historyFile } from '../core/runs/location.ts';
import { processIdentity } from '../core/runs/owner.ts';
import { Store } from '../core/runs/store.ts';
import { UsageError, type CliCommand } from './usage.ts';

export const importCommand: CliCommand = {
  name: 'import',
  usage: 'import PATH… [--json]',
  summary:
    'Takes runs of Carbontracker (log folders), CodeCarbon (emissions.csv) and our own JSON into the history.',
  async run(args) {
    const options = { json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError('import needs a file or folder');
    const store = await Store.open(historyFile(process.env));
    try {
      // a history that cannot be written lives in memory, and what is imported there would be lost
      if (store.problem) throw new Error(store.problem);
      const result = await importRuns(positionals, store, processIdentity(process.pid));
      process.stderr.write(skippedText(result));
      process.stdout.write(
        values.json ? `${JSON.stringify(importJson(result), null, 2)}\n` : `${importSummary(result)}\n`,
      );
      return result.runIds.length === 0 ? 1 : 0;
    } finally {
      store.close();
    }
  },
};
