import { parseArgs } from 'node:util';
import { AHEAD_HOURS, intensityJson, textIntensity } from '../core/reports/intensityReport.ts';
import { HOUR_MILLIS } from '../core/carbon/source.ts';
import { CARBON_OPTIONS, carbonServiceOf } from './carbon.ts';
import type { CliCommand } from './usage.ts';

const OPTIONS = { ...CARBON_OPTIONS, forecast: { type: 'boolean' }, json: { type: 'boolean' } } as const;

export const intensity: CliCommand = {
  name: 'intensity',
  usage:
    'intensity [--zone ZONE|REGION|LAT,LON] [--country CODE] [--source NAME] [--allow-network] [--forecast] [--json]',
  summary: 'The carbon intensity of the grid here or there. Without --allow-network nothing is requested.',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const service = carbonServiceOf(values, null, process.env);
    await service.refresh();
    const now = Date.now();
    const report = {
      carbon: service.context(),
      marginalProblem: service.marginalProblem,
      ahead: service.ahead(now, now + AHEAD_HOURS * HOUR_MILLIS),
      forecast: values.forecast ? service.forecast() : null,
    };
    service.dispose();
    process.stdout.write(
      values.json ? `${JSON.stringify(intensityJson(report), null, 2)}\n` : textIntensity(report),
    );
    return 0;
  },
};
