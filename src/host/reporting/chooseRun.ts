import * as vscode from 'vscode';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
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
  if (runs.length === 0) throw new Error('there is no run for this yet. Start one with “Run Training…”.');
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
  if (runs.length < fewest) throw new Error(`there are fewer than ${fewest} runs to compare yet.`);
  const title = `Compare which runs? Choose ${fewest} to ${most}; the oldest is the one that others differ from.`;
  const picked = await vscode.window.showQuickPick(runs.map(runItem), {
    title,
    canPickMany: true,
    ...MATCHING,
  });
  if (!picked || picked.length === 0) return null;
  if (picked.length < fewest || picked.length > most)
    throw new Error(`choose ${fewest} to ${most} runs, not ${picked.length}.`);
  const oldestFirst = picked.map(({ run }) => run).sort((a, b) => a.startedAtMillis - b.startedAtMillis);
  return oldestFirst.map(({ id }) => id);
}
