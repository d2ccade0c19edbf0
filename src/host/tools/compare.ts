import { comparisonToolText } from '../../core/reports/toolText.ts';
import { newestRuns } from '../newestRuns.ts';
import { wordsOf } from './input.ts';
import type { Tool } from './tool.ts';
import { MOST_RUNS, whichRun } from './whichRun.ts';

export const compare: Tool = {
  name: 'compare',
  message: 'Comparing two trainings',
  async run(parts, input) {
    const { first, second } = wordsOf(input, ['first', 'second']);
    const runs = await newestRuns(parts, MOST_RUNS);
    const [a, b] = [whichRun(runs, first ?? 'previous'), whichRun(runs, second ?? 'last')];
    if (a.id === b.id) throw new Error('Both are the same run: name two different ones.');
    return comparisonToolText(a, b);
  },
};
