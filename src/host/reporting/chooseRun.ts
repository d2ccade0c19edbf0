import * as vscode from 'vscode';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import { MATCHING, pickRun, runItem } from '../pickRun.ts';
import type { Subjects } from './subjects.ts';

/** A list of more runs than these is searched elsewhere: in the panel's history. */
const MOST_RUNS = 1000;

/**
 * The id of the run that a command is about: the one that a button names, the only one, else what the user chooses; null
 * when the user chooses none.
 *
 * @param fits leaves out what the command has nothing to do with
 * @throws Error where there is none
 */
export async function chooseRun(
  subjects: Subjects,
  argument: unknown,
  title: string,
  fits: (run: RunSnapshot) => boolean = () => true,
): Promise<string | null> {
  if (typeof argument === 'string') return argument;
  const runs = (await subjects.runs(MOST_RUNS)).filter(fits);
  if (runs.length === 0) throw new Error(t('there is no run for this yet. Start one with “Run Training…”.'));
  if (runs.length === 1) return runs[0]?.id ?? null;
  return (await pickRun(runs, title))?.id ?? null;
}

/** The ids of several runs, oldest first; null when the user chooses none. @throws Error where there are too few */
export async function chooseRuns(
  subjects: Subjects,
  argument: unknown,
  fewest: number,
  most: number,
): Promise<readonly string[] | null> {
  if (Array.isArray(argument) && argument.every((id) => typeof id === 'string')) return argument;
  const runs = await subjects.runs(MOST_RUNS);
  if (runs.length < fewest) throw new Error(t('there are fewer than {0} runs to compare yet.', fewest));
  const title = t(
    'Compare which runs? Choose {0} to {1}; the oldest is the one that others differ from.',
    fewest,
    most,
  );
  const picked = await vscode.window.showQuickPick(runs.map(runItem), {
    title,
    canPickMany: true,
    ...MATCHING,
  });
  if (!picked || picked.length === 0) return null;
  if (picked.length < fewest || picked.length > most)
    throw new Error(t('choose {0} to {1} runs, not {2}.', fewest, most, picked.length));
  const oldestFirst = picked.map(({ run }) => run).sort((a, b) => a.startedAtMillis - b.startedAtMillis);
  return oldestFirst.map(({ id }) => id);
}
