import { parseArgs } from 'node:util';
import { MOST_COMPARED } from '../core/compare/comparison.ts';
import { compare as compareRuns, FEWEST_COMPARED } from '../core/reports/comparison/comparison.ts';
import { comparisonReports } from '../core/reports/comparison/comparisonReports.ts';
import { findRun } from './findRun.ts';
import { FORMAT_OPTIONS, formatOf, formatUsage } from './formats.ts';
import { withStore } from './openHistory.ts';
import { UsageError, type CliCommand } from './usage.ts';

export const compare: CliCommand = {
  name: 'compare',
  usage: `compare RUN RUN… ${formatUsage(comparisonReports)}`,
  summary: `${FEWEST_COMPARED} to ${MOST_COMPARED} runs beside each other, with their differences from the first.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      ...{ args: [...args], options: FORMAT_OPTIONS, allowPositionals: true },
    });
    const format = formatOf(comparisonReports, values);
    if (positionals.length < FEWEST_COMPARED || positionals.length > MOST_COMPARED)
      throw new UsageError(`name ${FEWEST_COMPARED} to ${MOST_COMPARED} runs to compare`);
    return withStore((store) => {
      const runs = positionals.map((wanted) => {
        const run = findRun(store, wanted);
        return { run, points: () => store.points(run.id) };
      });
      process.stdout.write(format.write(compareRuns(runs)));
      return 0;
    });
  },
};
