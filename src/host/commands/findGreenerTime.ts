import * as vscode from 'vscode';
import { formatDuration, formatTime } from '../../core/reports/format.ts';
import { parseLength } from '../../core/reports/when.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import { trainingSubject, type Choice } from '../greener/subject.ts';
import type { Command, Parts } from '../parts.ts';

/** So many earlier commands are offered, the latest first. */
const MOST_COMMANDS = 30;
const MOST_RUNS = 300;

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice: Choice | null;
}

/** Shows when a run would emit least: the one that a button names, the one that trains, else the one that is chosen. */
export const findGreenerTime: Command = {
  id: 'findGreenerTime',
  async run(parts, argument) {
    const choice: Choice | null =
      typeof argument === 'string'
        ? { kind: 'run', runId: argument }
        : await choose(parts, argument !== undefined);
    if (choice) await parts.greener.open(choice);
  },
};

/** @param isAsked the user wants to choose, though there is an obvious one */
async function choose({ recorder, runs }: Parts, isAsked: boolean): Promise<Choice | null> {
  const training = runs.shown.flatMap(({ run }): ChoiceItem[] => trainingItem(run.snapshot()));
  if (!isAsked && training.length === 1) return training[0]?.choice ?? null;
  const store = await recorder.store();
  const earlier = earlierItems(store?.list({ limit: MOST_RUNS }) ?? []);
  if (training.length + earlier.length === 0) return askLength();
  const another: ChoiceItem = { label: t('Another length…'), choice: null, alwaysShow: true };
  const picked = await vscode.window.showQuickPick([...training, ...earlier, another], {
    title: t('Find a Greener Time'),
    placeHolder: t('For which training?'),
    matchOnDetail: true,
  });
  return picked ? (picked.choice ?? (await askLength())) : null;
}

function trainingItem(run: RunSnapshot): ChoiceItem[] {
  const subject = trainingSubject(run);
  if (!subject) return [];
  const description = t('training, {0} left', formatDuration(subject.durationSeconds));
  return [{ label: run.label, description, detail: run.command, choice: { kind: 'run', runId: run.id } }];
}

/** The latest run of each command, one that came to its end before others. */
function earlierItems(history: readonly RunSnapshot[]): ChoiceItem[] {
  const latest = new Map<string, RunSnapshot>();
  for (const run of history) {
    if (run.state === 'running') continue;
    const key = JSON.stringify([run.command, run.cwd]);
    const known = latest.get(key);
    if (!known || (known.state !== 'finished' && run.state === 'finished')) latest.set(key, run);
  }
  return [...latest.values()].slice(0, MOST_COMMANDS).map((run) => ({
    label: run.label,
    description: t('took {0}, {1}', formatDuration(run.durationSeconds), formatTime(run.startedAtMillis)),
    detail: run.command,
    choice: { kind: 'run', runId: run.id },
  }));
}

async function askLength(): Promise<Choice | null> {
  const text = await vscode.window.showInputBox({
    title: t('Find a Greener Time'),
    prompt: t('How long does the training take?'),
    placeHolder: '2 h 30 min',
    ignoreFocusOut: true,
    validateInput: (value) =>
      parseLength(value) === null ? t('Type a length such as 2 h 30 min or 90 min.') : null,
  });
  const seconds = text === undefined ? null : parseLength(text);
  return seconds === null ? null : { kind: 'length', seconds };
}
