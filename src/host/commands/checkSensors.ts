import { sensorsReport } from '../../core/reports/sensorsMarkdown.ts';
import { chooseSources, probeSensors } from '../../core/sensors/index.ts';
import type { Command } from '../parts.ts';

export const checkSensors: Command = {
  id: 'checkSensors',
  async run({ sensors, reports }) {
    const probed = await probeSensors(sensors);
    await reports.showText('Power Sensors', sensorsReport(probed, chooseSources(probed)));
  },
};
