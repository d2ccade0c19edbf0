import { parseArgs } from 'node:util';
import { judge } from './judge.ts';
import { entries, readRecording, type Entry } from './recordings.ts';

/**
 * Reads recordings by the progress reader and judges it by the truth: `node test/corpus/evaluate.ts [--set develop|held-out] [NAME...]`
 *
 * A recording passes when all of this holds:
 * - It is fed in the chunks in which it was written, each at its time, with the totals that its command names.
 * - Whenever the progress changes, its epoch has begun by then (or the one before is over), its step was finished by
 *   then (a run without epochs, such as boosting rounds, may print a step just before the callback that writes the truth:
 *   there the next step passes too), no more epochs are completed than are over, and neither epoch nor step goes back within a fit. So nothing that
 *   a validation, a download or a test draws may be taken for a step.
 * - After each chunk the reader is at most one redraw behind: its epoch is at least the one that the output named
 *   (`epoch N`) in the last but one chunk that named the true epoch of its time; its epoch and step are at least those
 *   that the output showed (`STEP/TOTAL`) in the last but one chunk that showed a step that was just then finished.
 * - At the end the epochs completed are those of the truth; so are the total of epochs and that of steps, where they are
 *   not null; the total of epochs may be null only where neither output nor command shows it, or where there are several
 *   fits. The last step of a run without epochs is the last one shown.
 * - A bar of the epochs that has no word for them (`3/20 [00:01<…`, alone) may be read as steps of the run, whose share is
 *   the same: its count must be that of the epochs over. Where the output shows nothing but a percentage of the run, it
 *   must not be ahead of the truth's share of the events, and end at 100.
 * - While a bar shows steps of the run and the output tells nothing of epochs, its count must be that of all steps done.
 * - Cut anew, by characters and at random, the output reads the same, change by change.
 */
function evaluate(set: Entry['set'], names: readonly string[]): void {
  const wanted = entries(set).filter(({ name }) => names.length === 0 || names.includes(name));
  let passed = 0;
  for (const entry of wanted) {
    const problems = judge(readRecording(entry));
    if (problems.length === 0) passed += 1;
    process.stdout.write(
      `${entry.name.padEnd(36)}${problems.length === 0 ? 'pass' : `FAIL  ${problems.join('; ')}`}\n`,
    );
  }
  process.stdout.write(
    `${passed} of ${wanted.length} (${((100 * passed) / Math.max(1, wanted.length)).toFixed(1)} %) pass\n`,
  );
}

const { values, positionals } = parseArgs({
  options: { set: { type: 'string', default: 'develop' } },
  allowPositionals: true,
});
evaluate(values.set === 'held-out' ? 'held-out' : 'develop', positionals);
