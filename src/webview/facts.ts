import { t } from '../language.ts';
import type { RunView } from '../protocol/messages.ts';
import { h, setText } from './dom.ts';
import { KeyedList, type Part } from './keyedList.ts';

type Fact = RunView['facts'][number];

const byIndex = (_: unknown, index: number): string => String(index);

/** What was assumed about the run, and what happened to its figures. */
export class Facts {
  readonly element: HTMLElement;
  readonly #notesSection: HTMLElement;
  readonly #factsSection: HTMLElement;
  readonly #notes: KeyedList<string>;
  readonly #facts: KeyedList<Fact>;

  constructor() {
    const notes = h('ul', { class: 'notes' });
    const facts = h('dl', { class: 'facts' });
    this.#notes = new KeyedList(notes, byIndex, notePart);
    this.#facts = new KeyedList(facts, byIndex, factPart);
    this.#notesSection = h('section', {}, h('h3', {}, t('Notes')), notes);
    this.#factsSection = h('section', {}, h('h3', {}, t('About this run')), facts);
    this.element = h('div', { class: 'background' }, this.#notesSection, this.#factsSection);
  }

  update(run: RunView): void {
    this.#notesSection.hidden = run.notes.length === 0;
    this.#factsSection.hidden = run.facts.length === 0;
    this.#notes.update(run.notes);
    this.#facts.update(run.facts);
  }
}

function notePart(): Part<string> {
  const element = h('li');
  return { element, update: (text) => setText(element, text) };
}

function factPart(): Part<Fact> {
  const label = h('dt');
  const text = h('dd');
  return {
    element: h('div', { class: 'fact' }, label, text),
    update(fact) {
      setText(label, fact.label);
      setText(text, fact.text);
    },
  };
}
