import { t } from '../language.ts';
import type { RunView } from '../protocol/messages.ts';
import { h } from './dom.ts';
import type { Send } from './host.ts';
import { button } from './toolkit.ts';

type RunMessage =
  'showReport' | 'revealTerminal' | 'runAgain' | 'pauseRun' | 'resumeRun' | 'stopTracking' | 'deleteRun';

export class RunButtons {
  readonly element: HTMLElement;
  readonly #pause: HTMLElement;
  readonly #resume: HTMLElement;
  readonly #again: HTMLElement;
  readonly #whileRunning: readonly HTMLElement[];
  readonly #afterwards: readonly HTMLElement[];
  #runId = '';

  constructor(send: Send) {
    const runButton = (label: string, type: RunMessage) =>
      button(label, 'secondary', () => send(type, { runId: this.#runId }));
    const showReport = runButton(t('Show Report'), 'showReport');
    this.#pause = runButton(t('Pause'), 'pauseRun');
    this.#resume = runButton(t('Resume'), 'resumeRun');
    this.#again = runButton(t('Run Again'), 'runAgain');
    this.#whileRunning = [this.#pause, this.#resume, runButton(t('Stop Tracking'), 'stopTracking')];
    this.#afterwards = [this.#again, runButton(t('Delete'), 'deleteRun')];
    this.element = h(
      'div',
      { class: 'buttons' },
      showReport,
      runButton(t('Reveal Terminal'), 'revealTerminal'),
      ...this.#whileRunning,
      ...this.#afterwards,
    );
  }

  update(run: RunView, canRunAgain = false): void {
    this.#runId = run.id;
    const isRunning = run.state === 'running';
    for (const element of this.#whileRunning) element.hidden = !isRunning;
    for (const element of this.#afterwards) element.hidden = isRunning;
    this.#again.hidden = !canRunAgain;
    this.#pause.hidden = !isRunning || run.isPaused;
    this.#resume.hidden = !isRunning || !run.isPaused;
  }
}
