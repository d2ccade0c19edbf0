import { isMetric, type Metrics } from './metrics.ts';

/** The beginnings of heads: fastai, skorch, PyTorch scripts; spaCy; scikit-learn; Ultralytics' training and validation. */
const HEAD = /^\s{0,40}\|?\s{0,8}(?:epochs?\b|Epochs?\b|E {1,8}#|Iter\s|Class\s)/;

const COLUMN = /^[A-Za-z][\w@/. -]{0,39}$/;
const NUMBER = /^[-+]?(?:\d{1,15}(?:\.\d{0,17})?|\.\d{1,17})(?:[eE][-+]?\d{1,3})?$/;

/** No known table is wider. Engineering judgement. */
const MOST_COLUMNS = 24;

/** Names of a table's columns; null for those that are no metric. */
export type Head = readonly (string | null)[];

/** The columns of a table's head; null where a text is none, or names no metric. */
export function headIn(text: string): Head | null {
  if (!HEAD.test(text) || text.length > 400) return null;
  const [names = ''] = text.split(':', 1);
  const columns = names
    .trim()
    .split(/[|,;\t]|\s{2,}/)
    .map((name) => name.trim().replace(/\)$/, ''))
    .filter((name) => name !== '')
    .slice(0, MOST_COLUMNS);
  const head = columns.map((name) =>
    COLUMN.test(name) && isMetric(name) ? name.replaceAll(' ', '_') : null,
  );
  return head.some((name) => name !== null) ? head : null;
}

/** The metrics in a row under `head`; null where a text is no such row. */
export function rowIn(head: Head, text: string): Metrics | null {
  const cells = text
    .slice(0, 400)
    .split(/[\s|,;]+/)
    .filter((cell) => cell !== '');
  if (cells.length < head.length || !/^(?:\d|all$)/.test(cells[0] ?? '')) return null;
  const found: [string, number][] = [];
  head.forEach((name, index) => {
    const cell = cells[index] ?? '';
    if (name !== null && NUMBER.test(cell)) found.push([name, Number(cell)]);
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}
