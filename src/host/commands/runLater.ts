import * as vscode from 'vscode';
import { greenerStart } from '../../core/carbon/greenerStart.ts';
import { formatDuration, formatPercent } from '../../core/reports/format.ts';
import { formatUntil, formatWhen, parseWhen } from '../../core/reports/when.ts';
import { t } from '../../language.ts';
import { argumentIn, type PlannedTraining } from '../greener/planned.ts';
import { keptText, managedText } from '../greener/plannedWords.ts';
import { earlierSubject } from '../greener/subject.ts';
import type { Command, Parts } from '../parts.ts';
import { askCommand } from './runTraining.ts';

const TITLE = t('Run Training Later');
const GREENEST = t('The greenest time that is forecast');
const HOUR_MILLIS = 3_600_000;
const MOST_RUNS = 10;

interface TimeItem extends vscode.QuickPickItem {
  /** Null for one that only says what is wrong. */
  readonly atMillis: number | null;
}

/** Plans a training for a greener or a typed time; where one is planned, says what may become of it. */
export const runLater: Command = {
  id: 'runLater',
  async run(parts, argument) {
    const given = argumentIn(argument);
    const { planned } = parts.planned;
    if (given.runId !== null) return pauseUntil(parts, given.runId, given.atMillis);
    if (planned && given.command === null && given.atMillis === null) return manage(parts, planned);
    await plan(parts, given.command, given.atMillis);
  },
};

async function plan(parts: Parts, given: string | null, recommendedMillis: number | null): Promise<void> {
  const command = await askCommand(parts.context.workspaceState, TITLE, given);
  if (command === null) return;
  const greener = await greenerItem(parts, command, recommendedMillis);
  const atMillis = await askTime(greener);
  if (atMillis === null || !(await mayReplace(parts, command))) return;
  await keep(parts, { command, atMillis, runId: null });
}

/** A run under way pauses now, if it has not yet, and goes on then. */
async function pauseUntil(parts: Parts, runId: string, recommendedMillis: number | null): Promise<void> {
  const tracked = parts.runs.all.find(({ run }) => run.identity.id === runId);
  if (!tracked) throw new Error(t('this training is not under way in this window any more.'));
  const { run } = tracked;
  const { command } = run.identity;
  const atMillis = await askTime(recommendedMillis === null ? [] : [timeItem(recommendedMillis, GREENEST)]);
  if (atMillis === null || !run.isRunning || !(await mayReplace(parts, command))) return;
  if (!parts.control.isPaused(run)) await parts.control.pause(run);
  await keep(parts, { command, atMillis, runId });
}

async function keep(parts: Parts, planned: PlannedTraining): Promise<void> {
  await parts.planned.plan(planned);
  const text = `Training Footprint: ${keptText(planned, Date.now())}`;
  const choice = await vscode.window.showInformationMessage(text, t('Cancel It'));
  if (choice && parts.planned.planned === planned) await parts.planned.cancel();
}

async function manage(parts: Parts, planned: PlannedTraining): Promise<void> {
  const { command, runId } = planned;
  const items = [
    {
      label: `$(debug-start) ${runId === null ? t('Start Now') : t('Go On Now')}`,
      run: () => parts.planned.startNow(),
    },
    {
      label: `$(clock) ${t('Choose Another Time…')}`,
      run: () => (runId === null ? plan(parts, command, null) : pauseUntil(parts, runId, null)),
    },
    { label: `$(close) ${t('Cancel It')}`, run: () => parts.planned.cancel() },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: managedText(planned, Date.now()),
    placeHolder: t('What becomes of it?'),
  });
  await picked?.run();
}

async function mayReplace({ planned: { planned } }: Parts, command: string): Promise<boolean> {
  if (!planned || planned.command === command) return true;
  const text = t(
    '“{0}” is planned for {1}. One training at a time can be planned.',
    planned.command,
    formatUntil(planned.atMillis, Date.now()),
  );
  return (
    (await vscode.window.showWarningMessage(`Training Footprint: ${text}`, t('Replace It'))) !== undefined
  );
}

/** The time that a page recommends, else that by earlier runs of the command and what is forecast. */
async function greenerItem(parts: Parts, command: string, givenMillis: number | null): Promise<TimeItem[]> {
  if (givenMillis !== null) return [timeItem(givenMillis, GREENEST)];
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const runs = (await parts.recorder.store())?.finishedRunsOf(command, cwd, MOST_RUNS) ?? [];
  const [latest] = runs;
  if (!latest) return [];
  const service = await parts.carbon.service();
  await service.refresh();
  const found = greenerStart(earlierSubject(latest, runs), service.forecast(), 1, Date.now());
  if (!found || found.best.startMillis <= Date.now()) return [];
  const detail =
    found.savedShare === null
      ? GREENEST
      : t('The greenest time that is forecast, {0} less CO2e than now', formatPercent(found.savedShare));
  return [timeItem(found.best.startMillis, detail)];
}

function askTime(greener: readonly TimeItem[]): Promise<number | null> {
  const items = [...greener, ...usualTimes()];
  const pick = vscode.window.createQuickPick<TimeItem>();
  pick.title = TITLE;
  pick.placeholder = t('When? Choose, or type a time: 22:30, tomorrow 02:30, 2026-11-25 02:30, in 3 h');
  pick.ignoreFocusOut = true;
  pick.items = items;
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => (pick.items = text.trim() === '' ? items : [typedItem(text), ...items]));
    pick.onDidAccept(() => {
      const atMillis = pick.selectedItems[0]?.atMillis ?? null;
      if (atMillis === null) return;
      resolve(atMillis);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(null);
      pick.dispose();
    });
    pick.show();
  });
}

function usualTimes(): TimeItem[] {
  const now = Date.now();
  const at = (text: string) => parseWhen(text, now);
  const times = [now + HOUR_MILLIS, at('22:00'), at('02:00'), at('06:00')];
  return times
    .filter((millis) => typeof millis === 'number')
    .sort((a, b) => a - b)
    .map((millis) => timeItem(millis));
}

function typedItem(text: string): TimeItem {
  const millis = parseWhen(text, Date.now());
  if (typeof millis !== 'number')
    return { label: text, description: millis.problem, atMillis: null, alwaysShow: true };
  return { ...timeItem(millis), label: text, description: formatWhen(millis, Date.now()), alwaysShow: true };
}

function timeItem(atMillis: number, detail?: string): TimeItem {
  const now = Date.now();
  const description = t('in {0}', formatDuration((atMillis - now) / 1000));
  return { label: formatWhen(atMillis, now), description, atMillis, ...(detail ? { detail } : {}) };
}
