import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { findRun } from '../../core/runs/find.ts';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { pickRun } from '../pickRun.ts';
import { runIdsIn } from './runIds.ts';

const MOST_OFFERED = 200;

/** Trains once more: the same command in the same folder, in a Training terminal. */
export const runAgain: Command = {
  id: 'runAgain',
  async run({ recorder, launcher }, argument) {
    const [runId] = runIdsIn(argument) ?? [];
    const offered = async () => (await recorder.store())?.list({ limit: MOST_OFFERED }) ?? [];
    const run =
      runId !== undefined
        ? await findRun(recorder, runId)
        : await pickRun(await offered(), t('Run which training again?'));
    if (!run) return;
    if (run.command.trim() === '') throw new Error(t('the command of this run is not known.'));
    if (run.cwd === '') throw new Error(t('the folder of this run, unknown, is not there.'));
    if (!existsSync(run.cwd)) throw new Error(t('the folder of this run, {0}, is not there.', run.cwd));
    await launcher.launchIn(run.command, vscode.Uri.file(run.cwd));
  },
};
