import * as vscode from 'vscode';
import type { CarbonService } from '../../core/carbon/carbonService.ts';
import type { Run } from '../../core/runs/run.ts';
import { t } from '../../language.ts';
import type { Carbon } from './carbon.ts';

const ANSWER_KEY = 'networkConsent';

/** Who said “not now” is asked again after so long at the earliest. Engineering judgement. */
const NOT_NOW_MILLIS = 30 * 24 * 3_600_000;

const LEAST_SECONDS = 2;

/** What the user said so far. Kept for all windows. */
type Answer = 'never' | { readonly notNowAtMillis: number };

/**
 * Asks once whether carbon intensities may be asked for over the network, where that would make figures better: when a
 * run has ended or somebody wants a forecast, never at the start. Until then nothing is requested.
 */
export class NetworkConsent {
  readonly #carbon: Carbon;
  readonly #memory: vscode.Memento;
  #isAsking = false;

  /** @param memory that of all windows */
  constructor(carbon: Carbon, memory: vscode.Memento) {
    this.#carbon = carbon;
    this.#memory = memory;
  }

  /** For a run that may have ended. What was over at once was no training. */
  async askAfter(run: Run): Promise<void> {
    if (!run.isRunning && run.snapshot().durationSeconds >= LEAST_SECONDS) await this.askWhenBetter();
  }

  /** @returns whether requests are allowed by it */
  async askWhenBetter(): Promise<boolean> {
    if (this.#isAsking || !this.#mayAsk()) return false;
    const service = await this.#carbon.service();
    const source = service.betterSource;
    if (source === null || this.#isAsking) return false;
    this.#isAsking = true;
    try {
      return await this.#ask(service, source);
    } finally {
      this.#isAsking = false;
    }
  }

  /** By a button: the user's own word. */
  async allow(): Promise<void> {
    await vscode.workspace
      .getConfiguration('trainingFootprint')
      .update('carbon.allowNetwork', true, vscode.ConfigurationTarget.Global);
  }

  async #ask({ place }: CarbonService, source: string): Promise<boolean> {
    const text = t(
      '{0} tells the carbon intensity of the grid here ({1}) by the hour, with a forecast. May it be asked? Only the place is sent; until you allow it, nothing is requested.',
      source,
      place.name,
    );
    const [allow, notNow, never] = [t('Allow'), t('Not Now'), t('Never')];
    const said = `Training Footprint: ${text}`;
    const choice = await vscode.window.showInformationMessage(said, allow, notNow, never);
    if (choice === allow) {
      await this.allow();
      return true;
    }
    const answer: Answer = choice === never ? 'never' : { notNowAtMillis: Date.now() };
    await this.#memory.update(ANSWER_KEY, answer);
    return false;
  }

  #mayAsk(): boolean {
    const answer = this.#memory.get<Answer>(ANSWER_KEY);
    if (answer === undefined) return true;
    return answer !== 'never' && Date.now() - answer.notNowAtMillis > NOT_NOW_MILLIS;
  }
}
