import type { ProbedSensor } from '../sensors/sensor.ts';
import { escapeMarkdown } from './markdown.ts';

const STATES = { ready: 'ready', refused: 'refused', absent: 'not on this machine' } as const;

/** The report of *Check Power Sensors*. */
export function sensorsReport(
  sensors: readonly ProbedSensor[],
  inUse: ReadonlyMap<string, ProbedSensor>,
): string {
  const used = [...inUse].map(
    ([component, { sensor }]) => `- **${component}**: ${sensor.title} (${sensor.quality})`,
  );
  const sections = sensors.map(({ sensor, probe }) =>
    [
      `## ${sensor.title}: ${STATES[probe.state]}`,
      escapeMarkdown(probe.message),
      probe.assumptions.map(({ text }) => `- ${escapeMarkdown(text)}`).join('\n'),
      probe.fix ? `\`\`\`text\n${probe.fix}\n\`\`\`` : '',
    ]
      .filter(Boolean)
      .join('\n\n'),
  );
  return `# Power sensors of this machine\n\nIn use:\n\n${used.join('\n')}\n\n${sections.join('\n\n')}\n`;
}
