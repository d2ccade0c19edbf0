import { t } from '../language.ts';
import { h, setText } from './dom.ts';

/** A run's name as a heading that can be written in: by its button, then Enter to keep it or Escape to leave it. */
export class RunName {
  readonly element: HTMLElement;
  readonly titleId = 'history-run-title';
  readonly #title = h('h2', { id: this.titleId });
  readonly #button = h('button', { type: 'button', class: 'text-button' }, t('Rename'));
  readonly #shown = h('div', { class: 'run-name' }, this.#title, this.#button);
  readonly #input = h('input', {
    ...{ type: 'text', class: 'text-input run-name-input', 'aria-label': t('Name'), hidden: '' },
    maxlength: '200',
  });
  readonly #onName: (name: string) => void;

  constructor(onName: (name: string) => void) {
    this.#onName = onName;
    this.element = h('div', {}, this.#shown, this.#input);
    this.#button.addEventListener('click', () => this.#write());
    this.#input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.#end(true);
      else if (key === 'Escape') this.#end(false);
    });
    this.#input.addEventListener('blur', () => this.#end(true, false));
  }

  update(name: string, isOther: boolean): void {
    setText(this.#title, name);
    if (isOther) this.#end(false, false);
  }

  #write(): void {
    this.#input.value = this.#title.textContent;
    this.#input.hidden = false;
    this.#shown.hidden = true;
    this.#input.select();
  }

  #end(isKept: boolean, isFocusKept = true): void {
    if (this.#input.hidden) return;
    this.#input.hidden = true;
    this.#shown.hidden = false;
    if (isFocusKept) this.#button.focus();
    const name = this.#input.value.trim();
    if (!isKept || name === this.#title.textContent) return;
    if (name) setText(this.#title, name); // the host says what it is, soon
    this.#onName(name);
  }
}
