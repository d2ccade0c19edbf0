import type { Command } from '../parts.ts';

export const undoDelete: Command = {
  id: 'undoDelete',
  run: ({ deletion }) => deletion.undo(),
};
