import { t } from '../../../language.ts';
import type { ImportFormat, ReadRuns } from '../importing.ts';
import { consumptionIn, type BadConsumption, type Consumption } from './consumption.ts';
import { logEntries, type LogEntry } from './logEntries.ts';
import { runOf } from './run.ts';
import { standardLog, type StandardLog } from './standardLog.ts';

const OUTPUT_END = '_output.log';
const OUTPUT = /carbontracker_output\.log$/i;
const STANDARD = /carbontracker\.log$/i;

const NOTHING_KNOWN: StandardLog = {
  ...{ version: null, pue: null, place: null, interruptedBefore: null, components: [], epochs: [] },
};

/**
 * A pair of Carbontracker's log files: `…_carbontracker_output.log` has the totals, `…_carbontracker.log` devices and
 * powers by epoch. Its totals have PUE in them.
 */
export const carbontracker: ImportFormat = {
  name: () => t('Carbontracker’s log files'),
  isNamedSo: (name) => OUTPUT.test(name) || STANDARD.test(name),
  mainName: (name) => (STANDARD.test(name) ? name.replace(/\.log$/i, OUTPUT_END) : name),
  async read({ name, text, beside }) {
    if (STANDARD.test(name))
      return skipAll(t('there is no log beside it that ends in _output.log, where the totals are'));
    if (!OUTPUT.test(name)) return null;
    const entries = logEntries(text);
    const [first] = entries;
    if (!first) return skipAll(t('there is no line of Carbontracker’s in it'));
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
  const actual = blocks.filter(({ kind }) => kind === 'actual');
  if (actual.length === 0)
    return skipAll(t('it does not say what was used: the training did not come to its end'));
  const skipped = actual.flatMap((block) => {
    const reason = problemOf(block);
    return reason === null ? [] : [{ line: block.line, reason }];
  });
  const runs = actual.filter(isUsable).map((total) => {
    // what else the logs say is not known to be of one run where they hold several
    if (actual.length > 1) return runOf(name, null, total, null, { ...NOTHING_KNOWN, version: told.version });
    return runOf(name, first, total, blocks.filter(isUsable).find(isPrediction) ?? null, told);
  });
  return { runs, skipped };
}

function problemOf(block: Consumption | BadConsumption): string | null {
  if ('reason' in block) return block.reason;
  return block.energyKwh === 0 ? t('its energy is 0') : null;
}

function isUsable(block: Consumption | BadConsumption): block is Consumption {
  return problemOf(block) === null;
}

function isPrediction({ kind }: Consumption): boolean {
  return kind === 'predicted';
}
