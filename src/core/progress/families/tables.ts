import type { ProgressEvent } from '../event.ts';
import { count, event, type Family, type FamilyMemory } from './family.ts';

/** A row that begins with one or two whole numbers and goes on with figures. */
const ROW =
  /^\s*[|│┃║]?\s*(\d{1,9})\s*(?:[|,;│┃║]|\s)\s*[|│┃║]?\s*(?:(\d{1,12})\s+[|│┃║]?\s*)?[-+]?(?:\d+\.\d|nan|inf|None)/i;

/** A head has none, but for names like `LOSS TOK2VEC`. */
const NUMBER = /(?<![a-z\d])\d/i;

/** A screen is seldom higher. */
const MOST_ROWS = 64;

/** A table whose rows are epochs that are over. */
export const EPOCH_TABLE = 'epoch-table';

interface Table {
  readonly family: string;
  readonly head: RegExp;
  readonly row: (first: number, second: number | null) => Partial<ProgressEvent>;
}

const TABLES: readonly Table[] = [
  {
    family: 'fastai',
    head: /^epoch\s+train_loss\b/,
    row: (epoch) => ({ epoch, countsFrom: 0, epochFinished: true }),
  },
  {
    family: 'spacy',
    head: /^\s*E\s+#\s+\S/,
    row: (epoch, step) => ({ epoch, countsFrom: 0, step, stepsOf: 'run', bar: 'spacy' }),
  },
  {
    family: 'scikit-learn',
    head: /^\s*Iter\s+Train Loss\b/,
    row: (step) => ({ step, stepsOf: 'run', bar: 'scikit-learn' }),
  },
  {
    family: EPOCH_TABLE,
    head: /^\s*[|│┃║]?\s*epochs?\s*(?:[|,;│┃║]|\s{2,}|\t)\s*[|│┃║]?\s*[a-z]/i,
    row: (epoch) => ({ epoch, epochFinished: true }),
  },
];

/**
 * Tables whose head names the epoch: fastai (`Recorder` in fastai/learner.py, from 0), skorch (`PrintLog` in
 * skorch/callbacks/logging.py, from 1) and others alike; spaCy's (`console_logger` in spacy/training/loggers.py: epoch
 * from 0, steps of the run); scikit-learn's gradient boosting (`VerboseReporter` in sklearn/ensemble/_gb.py).
 */
export const tables: Family = {
  id: 'tables',
  readsWords: true,
  hint: /^\s*[|│┃║]?\s*(?:\d+\s*[|,; \t│┃║]\s*[|│┃║]?\s*(?:[-+]?\d|nan)|epochs?[\s|,;│┃║]|Epochs?[\s|,;│┃║]|E +#|Iter +Train)/,
  parse(text, memory) {
    const row = memory.table === null ? null : ROW.exec(text);
    if (row) return isRedrawn(text, memory) ? null : rowEvent(row, memory);
    const table = NUMBER.test(text) ? undefined : TABLES.find(({ head }) => head.test(text));
    if (table) memory.table = table.family;
    return null;
  },
};

function isRedrawn(text: string, { rows }: FamilyMemory): boolean {
  if (rows.includes(text)) return true;
  rows.push(text);
  if (rows.length > MOST_ROWS) rows.shift();
  return false;
}

function rowEvent(match: RegExpExecArray, { table }: FamilyMemory): ProgressEvent | null {
  const found = TABLES.find(({ family }) => family === table);
  const first = count(match[1]);
  return found && first !== null ? event(found.family, found.row(first, count(match[2]))) : null;
}
