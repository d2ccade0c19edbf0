import { t } from '../../../language.ts';
import { FRAME, grid, placer, valueAxis, type Units } from './axes.ts';
import { picture } from './figure.ts';
import { html, type Markup } from './markup.ts';

/** One column: what it is called, and how high it is. */
export interface ColumnBar {
  readonly label: string;
  readonly value: number;
}

/** More labels than these do not fit under the columns. */
const MOST_LABELS = 9;

/** Columns beside each other, for what was used in each of several stretches of time. */
export function columnChart(title: string, columns: readonly ColumnBar[], units: Units): Markup {
  const y = valueAxis(Math.max(0, ...columns.map(({ value }) => value)), units);
  const x = { max: columns.length, ticks: [] };
  const at = placer(x, y);
  const { width, height, bottom } = FRAME;
  const ground = height - bottom;
  const each = Math.ceil(columns.length / MOST_LABELS);
  const bars = columns.map(({ label, value }, index) => {
    const [start, end] = [at.x(index), at.x(index + 1)];
    const thick = Math.min(48, (end - start) * 0.72);
    const middle = (start + end) / 2;
    const text = html`<text class="tick" x="${middle}" y="${ground + 18}" text-anchor="middle"
      >${label}</text
    >`;
    return html`<rect
        class="bar energy"
        x="${middle - thick / 2}"
        y="${at.y(value)}"
        width="${thick}"
        height="${ground - at.y(value)}"
      />${index % each === 0 ? text : null}`;
  });
  const description = t('{0}: {1} columns.', title, columns.length);
  return html`<figure>
    <figcaption><h2>${title}</h2></figcaption>
    ${picture(description, width, height, html`${grid(x, y)}${bars}`)}
  </figure>`;
}
