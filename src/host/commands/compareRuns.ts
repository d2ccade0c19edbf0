import type { Command } from '../parts.ts';

export const compareRuns: Command = {
  id: 'compareRuns',
  run: ({ panel }) => panel.compare(),
};
