import * as vscode from 'vscode';
import { dayText, daysFromTo, NAMED_PERIODS, type Period } from '../../core/reports/project/period.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { runCountText } from '../../core/reports/words.ts';
import { t } from '../../language.ts';

/** Between two days: in English or, as our German text says it, in German. */
const BETWEEN = /\b(?:to|bis)\b/;

/** A project, null for all; undefined when the user chooses none. */
export async function chooseProject(runs: readonly RunSnapshot[]): Promise<string | null | undefined> {
  const counts = new Map<string, number>();
  for (const { project } of runs) counts.set(project, (counts.get(project) ?? 0) + 1);
  const items = [...counts].map(([project, count]) => ({
    ...{ project, label: project || t('(without a project)'), description: runCountText(count) },
  }));
  const all = {
    project: null,
    label: `$(layers) ${t('All projects')}`,
    description: runCountText(runs.length),
  };
  const here = vscode.workspace.workspaceFolders?.map(({ name }) => name) ?? [];
  const isHere = ({ project }: (typeof items)[number]) => here.includes(project);
  const sorted = [...items.filter(isHere), all, ...items.filter((item) => !isHere(item))];
  const chosen = await vscode.window.showQuickPick(sorted, { title: t('The footprint of which project?') });
  return chosen && chosen.project;
}

/** Undefined when the user chooses none. */
export async function choosePeriod(now = new Date()): Promise<Period | undefined> {
  const named = Object.values(NAMED_PERIODS).map(({ title, of }) => ({ label: title(), period: of(now) }));
  const other = { label: `$(calendar) ${t('From … to …')}`, period: null };
  const chosen = await vscode.window.showQuickPick([...named, other], { title: t('Over which time?') });
  return chosen?.period === null ? askDays(now) : chosen?.period;
}

async function askDays(now: Date): Promise<Period | undefined> {
  const year = new Date(now.getFullYear(), 0, 1);
  const text = await vscode.window.showInputBox({
    title: t('From which day to which? Both are in it.'),
    prompt: t('For example 2026-01-01 to 2026-03-31. Leave one out where it is open.'),
    value: t('{0} to {1}', dayText(year), dayText(now)),
    ignoreFocusOut: true,
    validateInput: (value) => problemOf(value),
  });
  return text === undefined ? undefined : parsed(text);
}

function problemOf(text: string): string | null {
  try {
    parsed(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** @throws Error with one sentence */
function parsed(text: string): Period {
  const [first = '', last = '', ...more] = text.split(BETWEEN).map((day) => day.trim());
  if (!BETWEEN.test(text) || more.length > 0) throw new Error(t('write it as 2026-01-01 to 2026-03-31'));
  return daysFromTo(first, last);
}
