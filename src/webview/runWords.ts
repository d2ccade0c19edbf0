import { t } from '../language.ts';
import type { HistoryRun } from '../protocol/messages.ts';
import { h } from './dom.ts';

export interface WordsEdit {
  readonly comment?: string;
  readonly tags?: readonly string[];
}

/** What a person writes about a run: tags and a text. Kept as soon as the field is left. */
export class RunWords {
  readonly element: HTMLElement;
  readonly #tags = h('input', {
    ...{ type: 'text', class: 'text-input', placeholder: t('baseline, paper'), spellcheck: 'false' },
    maxlength: '1000',
  });
  readonly #comment = h('textarea', {
    ...{ class: 'text-input', rows: '2', placeholder: t('What this run was for') },
    maxlength: '10000',
  });
  #before: Pick<HistoryRun, 'comment' | 'tags'> = { comment: '', tags: [] };

  constructor(onEdit: (edit: WordsEdit) => void) {
    this.element = h(
      'div',
      { class: 'run-words' },
      h('label', { class: 'select-label' }, h('span', {}, t('Tags')), this.#tags),
      h('label', { class: 'select-label' }, h('span', {}, t('Notes')), this.#comment),
    );
    this.#tags.addEventListener('change', () => onEdit({ tags: tagsIn(this.#tags.value) }));
    this.#comment.addEventListener('change', () => onEdit({ comment: this.#comment.value }));
  }

  /** What is being written stays, unless it is another run that is shown now. */
  update({ comment, tags }: HistoryRun, isOther: boolean): void {
    const isFree = (field: HTMLElement) => isOther || document.activeElement !== field;
    if (isFree(this.#tags) && (isOther || tags.join() !== this.#before.tags.join()))
      this.#tags.value = tags.join(', ');
    if (isFree(this.#comment) && (isOther || comment !== this.#before.comment)) this.#comment.value = comment;
    this.#before = { comment, tags };
  }
}

function tagsIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
}
