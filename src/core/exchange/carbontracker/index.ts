import type { ImportFormat, ReadRuns } from '../importing.ts';
import { consumptionIn, type BadConsumption, type Consumption } from './consumption.ts';
import { logEntries, type LogEntry } from './logEntries.ts';
import { runOf } from './run.ts';
import { standardLog, type StandardLog } from './standardLog.ts';

const OUTPUT_END = '_output.log';
const OUTPUT = /carbontracker_output\.log$/i;
const STANDARD = /carbontracker\.log$/i;

const NOTHING_KNOWN: StandardLog = {
  ...{ version: null, pue: null, place: null, interruptedBefore: null, components: [] },
};

/**
 * A pair of Carbontracker's log files: `…_carbontracker_output.log` has the totals, `…_carbontracker.log` devices and
 * powers by epoch. Its totals have PUE in them.
 */
export const carbontracker: ImportFormat = {
  name: 'Carbontracker’s log files',
  isNamedSo: (name) => OUTPUT.test(name) || STANDARD.test(name),
  mainName: (name) => (STANDARD.test(name) ? name.replace(/\.log$/i, OUTPUT_END) : name),
  async read({ name, text, beside }) {
    if (STANDARD.test(name))
      return skipAll('there is no log beside it that ends in _output.log, where the totals are');
    if (!OUTPUT.test(name)) return null;
    const entries = logEntries(text);
    const [first] = entries;
    if (!first) return skipAll('there is no line of Carbontracker’s in it');
    const standard = await beside(name.replace(OUTPUT_END, '.log'));
    const told = standard === null ? NOTHING_KNOWN : standardLog(logEntries(standard));
    return runsIn(name, first, entries, told);
  },
};

function skipAll(reason: string): ReadRuns {
  return { runs: [], skipped: [{ line: null, reason }] };
}

function runsIn(name: string, first: LogEntry, entries: readonly LogEntry[], told: StandardLog): ReadRuns {
  const blocks = entries.flatMap((entry) => consumptionIn(entry) ?? []);
  const predicted = blocks.find((block) => block.kind === 'predicted' && !('reason' in block));
  const [actual, ...others] = blocks.filter(({ kind }) => kind === 'actual');
  if (!actual) {
    const reason = predicted
      ? 'it holds a prediction but nothing that was used: the training did not come to its end'
      : 'it holds no total: the training did not come to its end';
    return { runs: [], skipped: [{ line: predicted?.line ?? null, reason }] };
  }
  const skipped = others.map(({ line }) => ({
    line,
    reason: `line ${actual.line} has the total of this log; another one belongs to another log`,
  }));
  const problem = problemOf(actual);
  if (problem !== null || 'reason' in actual)
    return { runs: [], skipped: [{ line: actual.line, reason: problem ?? '' }, ...skipped] };
  const prediction = predicted && !('reason' in predicted) ? predicted : null;
  return { runs: [runOf(name, first, actual, prediction, told)], skipped };
}

function problemOf(block: Consumption | BadConsumption): string | null {
  if ('reason' in block) return block.reason;
  return block.energyKwh === 0 ? 'it has used no energy' : null;
}
