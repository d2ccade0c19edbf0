import { formatTime } from '../../core/reports/format.ts';
import { stateText } from '../../core/reports/words.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { inEnglish } from '../../language.ts';

/** Among so many newest runs one is looked for. */
export const MOST_RUNS = 500;

/** So many are offered where none fits. */
const OFFERED = 5;

const SHORTEST_PREFIX = 4;

/**
 * The run that a language model means.
 *
 * @param runs newest first
 * @param words `last`, `previous`, an id or its beginning, else a part of a label, command or project: the newest of them
 * @throws Error which names the newest runs
 */
export function whichRun(runs: readonly RunSnapshot[], words: string): RunSnapshot {
  const [last, previous] = runs;
  if (!last) throw new Error('There is no run yet: nothing was trained with Training Footprint.');
  const asked = words.toLowerCase();
  if (asked === 'last') return last;
  if (asked === 'previous') {
    if (previous) return previous;
    throw new Error('There is only one run so far.');
  }
  const found = byId(runs, asked) ?? runs.find((run) => textOf(run).includes(asked));
  if (found) return found;
  throw new Error(
    `No run fits “${words}”. The newest are: ${inEnglish(() => offer(runs))}. Name one by its id.`,
  );
}

function byId(runs: readonly RunSnapshot[], asked: string): RunSnapshot | undefined {
  if (asked.length < SHORTEST_PREFIX) return undefined;
  return runs.find(({ id }) => id === asked) ?? runs.find(({ id }) => id.startsWith(asked));
}

function textOf({ label, command, project }: RunSnapshot): string {
  return [label, command, project].join('\n').toLowerCase();
}

function offer(runs: readonly RunSnapshot[]): string {
  return runs
    .slice(0, OFFERED)
    .map(
      (run) => `${run.id} (${run.label.slice(0, 80)}, ${formatTime(run.startedAtMillis)}, ${stateText(run)})`,
    )
    .join('; ');
}
