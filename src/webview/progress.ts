import { t } from '../language.ts';
import type { RunView } from '../protocol/messages.ts';
import { h, setAttribute, setOptionalText } from './dom.ts';

/** How far the training has come: a bar where it is known, and a text. */
export class Progress {
  readonly element = h('div', { class: 'progress' });
  readonly #fill = h('div', { class: 'progress-fill' });
  readonly #bar = h(
    'div',
    {
      class: 'progress-bar',
      role: 'progressbar',
      'aria-label': t('Training progress'),
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    },
    this.#fill,
  );
  readonly #text = h('div', { class: 'progress-text' });

  constructor() {
    this.element.append(this.#bar, this.#text);
  }

  update({ progress, progressText }: RunView): void {
    this.element.hidden = progress === null && !progressText;
    this.#bar.hidden = progress === null;
    setOptionalText(this.#text, progressText);
    if (progress === null) return;
    const percent = Math.min(100, Math.max(0, progress * 100));
    this.#fill.style.width = `${percent}%`;
    setAttribute(this.#bar, 'aria-valuenow', percent.toFixed(0));
    setAttribute(this.#bar, 'aria-valuetext', progressText || null);
  }
}
