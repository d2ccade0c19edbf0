import { parseArgs } from 'node:util';
import { daysFromTo, isPeriodName, NAMED_PERIODS, type Period } from '../core/reports/project/period.ts';
import { projectReports } from '../core/reports/project/projectReports.ts';
import { projectTotal } from '../core/reports/project/projectTotal.ts';
import { FORMAT_OPTIONS, formatOf, formatUsage } from './formats.ts';
import { withStore } from './openHistory.ts';
import { UsageError, type CliCommand } from './usage.ts';

const OPTIONS = {
  ...FORMAT_OPTIONS,
  from: { type: 'string' },
  to: { type: 'string' },
  period: { type: 'string' },
} as const;

interface Wanted {
  readonly from?: string;
  readonly to?: string;
  readonly period?: string;
}

export const project: CliCommand = {
  name: 'project',
  usage: `project [NAME] [--from DAY] [--to DAY | --period ${Object.keys(NAMED_PERIODS).join('|')}] ${formatUsage(projectReports)}`,
  summary:
    'What a project used over a period, both days in it, by week, month, training and device; all projects without NAME.',
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const format = formatOf(projectReports, values);
    const period = periodOf(values);
    const [name = null] = positionals;
    return withStore((store) => {
      const runs = store.list({ limit: -1, filter: name === null ? {} : { project: name } });
      if (name !== null && runs.length === 0)
        throw new Error(`no run belongs to a project “${name}”; without a name all projects are taken`);
      process.stdout.write(format.write(projectTotal(runs, name, period)));
      return 0;
    });
  },
};

/** @throws UsageError */
function periodOf({ from, to, period = 'all' }: Wanted): Period {
  if (!isPeriodName(period))
    throw new UsageError(`--period needs one of ${Object.keys(NAMED_PERIODS).join(', ')}`);
  if (from === undefined && to === undefined) return NAMED_PERIODS[period].of(new Date());
  try {
    return daysFromTo(from ?? '', to ?? '');
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
