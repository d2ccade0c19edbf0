import { runToolText } from '../../core/reports/toolText.ts';
import { newestRuns } from '../newestRuns.ts';
import { wordsOf } from './input.ts';
import type { Tool } from './tool.ts';
import { MOST_RUNS, whichRun } from './whichRun.ts';

export const lastRun: Tool = {
  name: 'lastRun',
  message: 'Looking up the last training',
  async run(parts, input) {
    const { run } = wordsOf(input, ['run']);
    return runToolText(whichRun(await newestRuns(parts, MOST_RUNS), run ?? 'last'));
  },
};
