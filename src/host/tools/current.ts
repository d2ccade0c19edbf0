import { runToolText } from '../../core/reports/toolText.ts';
import { noWords } from './input.ts';
import type { Tool } from './tool.ts';

export const current: Tool = {
  name: 'current',
  message: 'Looking at what trains now',
  run({ runs }, input) {
    noWords(input);
    const texts = runs.shown.map(({ run }) => runToolText(run.snapshot()));
    return Promise.resolve(texts.join('\n') || 'Nothing trains in this window now.');
  },
};
