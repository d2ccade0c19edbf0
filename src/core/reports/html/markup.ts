import { block, oneLine } from '../safeText.ts';

/** Text that is HTML or SVG already. Only `html` makes it. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(strings: readonly string[], values: readonly Value[]): Markup {
    return new Markup(strings.map((text, index) => text + written(values[index])).join(''));
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template. Null, undefined and false are nothing. */
export type Value = string | number | Markup | readonly Markup[] | null | undefined | false;

/**
 * HTML or SVG by a template. Whatever stands in it is text and is escaped, unless it is `Markup`: so nothing that a run
 * brings with it can become markup. Attributes have to be in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return Markup.of(strings, values);
}

/** Text with its line ends, for `pre`. */
export function preformatted(text: string): Markup {
  return Markup.of([escapeHtml(block(text))], []);
}

function written(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
  if (typeof value === 'string') return escapeHtml(oneLine(value));
  return value.join('');
}

/** The five characters that mean something in text and quoted attributes (HTML Standard, 13.3). */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
