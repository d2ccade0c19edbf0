import { t } from '../language.ts';
import type { NowView } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';
import { KeyedList, type Part } from './keyedList.ts';

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly isSelected: boolean;
}

/** The choice between the running trainings: shown only when there is something to choose. */
export class LiveRuns {
  readonly element = h('div', { class: 'live-runs', role: 'group', 'aria-label': t('Running trainings') });
  readonly #choices: KeyedList<Choice>;

  constructor(onSelect: (runId: string) => void) {
    this.#choices = new KeyedList<Choice>(
      this.element,
      (choice) => choice.id,
      () => choicePart(onSelect),
    );
  }

  update(live: NowView['live'], selectedId: string | null): void {
    this.element.hidden = !live.some((run) => run.id !== selectedId);
    this.#choices.update(live.map((run) => ({ ...run, isSelected: run.id === selectedId })));
  }
}

function choicePart(onSelect: (runId: string) => void): Part<Choice> {
  const title = h('span', { class: 'live-run-title' });
  const dot = h('span', { class: 'dot', 'data-state': 'running', 'aria-hidden': 'true' });
  const element = h('button', { type: 'button', class: 'live-run' }, dot, title);
  let runId = '';
  element.addEventListener('click', () => onSelect(runId));
  return {
    element,
    update(choice) {
      runId = choice.id;
      setText(title, choice.title);
      setAttribute(element, 'title', choice.title);
      setAttribute(element, 'aria-pressed', String(choice.isSelected));
    },
  };
}
