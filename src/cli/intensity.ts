import { parseArgs } from 'node:util';
import { intensityJson, textIntensity } from '../core/reports/intensityReport.ts';
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
    const report = {
      carbon: service.context(),
      marginalProblem: service.marginalProblem,
      forecast: values.forecast ? service.forecast() : null,
    };
    service.dispose();
    process.stdout.write(
      values.json ? `${JSON.stringify(intensityJson(report), null, 2)}\n` : textIntensity(report),
    );
    return 0;
  },
};
