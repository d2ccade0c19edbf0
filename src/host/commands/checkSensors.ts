import { sensorsReport } from '../../core/reports/sensorsMarkdown.ts';
import { probeSensors } from '../../core/sensors/probing.ts';
import { chooseSources } from '../../core/sensors/slots.ts';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';

export const checkSensors: Command = {
  id: 'checkSensors',
  async run({ sensors, reports }) {
    const probed = await probeSensors(await sensors());
    await reports.showText(t('Power Sensors'), sensorsReport(probed, chooseSources(probed)));
  },
};
