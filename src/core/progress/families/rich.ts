import { COUNT, count, type EventDraft, type Family } from './family.ts';
import { countedFrom } from './lightning.ts';
import { barEvent } from './namedBar.ts';

/** The bar; `─` is that of newer Ultralytics. */
const BAR = /[━╸╺─]{2,}/;

/** `8/20`, of tqdm.rich `1,024/10,240`, not cut by a narrow terminal. */
const OF_TOTAL = new RegExp(String.raw`(?:^|[\s([])(${COUNT})\s?\/\s?(${COUNT}|\?|--)(?![\d…./]|,\d)`);
const COUNT_AT_END = /(?:^|\s)(\d{1,12})\s?\/\s?(\d{1,12}|\?)\s*$/;
const PERCENT = /(?:^|\s)(\d{1,3})(?:\.\d+)?%/;

/**
 * rich.progress (rich/progress.py, rich/progress_bar.py): `Training ━━━━━━━╸━━━━  40% 8/20 0:00:05`, its columns in any
 * order and each task on its own line, as `Progress`, `track`, `tqdm.rich` and PyTorch Lightning's RichProgressBar
 * (`Epoch 0/2  ━━━━ 8/20 0:00:01 • 0:00:02 5.10it/s v_num: 0.000`) draw it. Lightning counts from 0 to the last.
 */
export const rich: Family = {
  id: 'rich',
  hint: /[━╸╺─]{2}/,
  parse(text, memory) {
    const match = BAR.exec(text);
    if (!match) return null;
    const rest = text.slice(match.index + match[0].length);
    const head = text.slice(0, match.index);
    const name = head.replace(/\s*\d{1,3}(?:\.\d+)?%\s*$/, '');
    const percent = count((PERCENT.exec(rest) ?? PERCENT.exec(head))?.[1]);
    const told = counted(name, rest, percent);
    return told && countedFrom(told, text, memory);
  },
};

function counted(name: string, rest: string, percent: number | null): EventDraft | null {
  const after = OF_TOTAL.exec(rest);
  if (after) {
    const tail = rest.slice(after.index + after[0].length);
    return barEvent('rich', { name, done: count(after[1]), total: count(after[2]), rest: tail });
  }
  const before = COUNT_AT_END.exec(name);
  const others = before ? name.slice(0, before.index) : name;
  if (before && !/\bepoch\b\W*$/i.test(others)) {
    return barEvent('rich', { name: others, done: count(before[1]), total: count(before[2]), rest });
  }
  return percent === null ? null : barEvent('rich', { name, done: null, total: null, percent, rest });
}
