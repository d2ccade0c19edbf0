import type { Command } from '../parts.ts';

export const openPanel: Command = {
  id: 'openPanel',
  run: ({ panel }, runId) => panel.open(typeof runId === 'string' ? runId : null),
};
