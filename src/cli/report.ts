import { parseArgs } from 'node:util';
import { NOTHING_BEYOND } from '../core/reports/beyond.ts';
import { runReports } from '../core/reports/runReports.ts';
import { findRun } from './findRun.ts';
import { FORMAT_OPTIONS, formatOf, formatUsage } from './formats.ts';
import { withStore } from './openHistory.ts';
import type { CliCommand } from './usage.ts';

export const report: CliCommand = {
  name: 'report',
  usage: `report RUN|last ${formatUsage(runReports)}`,
  summary: 'One run in full. RUN is an id of the history, or its beginning.',
  async run(args) {
    const { values, positionals } = parseArgs({
      ...{ args: [...args], options: FORMAT_OPTIONS, allowPositionals: true },
    });
    const format = formatOf(runReports, values);
    const [wanted = 'last'] = positionals;
    return withStore((store) => {
      const run = findRun(store, wanted);
      const points = () => store.points(run.id);
      process.stdout.write(format.write({ run, points, beyond: NOTHING_BEYOND }));
      return 0;
    });
  },
};
