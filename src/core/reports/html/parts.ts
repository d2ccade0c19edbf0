import { html, type Markup } from './markup.ts';

/** A figure that people look for first. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  /** By how much it may be wrong. */
  readonly error?: string;
  readonly note?: string;
}

export function tiles(entries: readonly Tile[]): Markup {
  const each = entries.map(
    ({ name, value, error, note }) =>
      html`<div class="tile">
        <dt>${name}</dt>
        <dd class="value">${value} ${error && html`<span class="error">${error}</span>`}</dd>
        ${note && html`<dd class="note">${note}</dd>`}
      </div>`,
  );
  return html`<dl class="tiles">${each}</dl>`;
}

/** A column's head, and whether it holds figures. */
export interface Column {
  readonly name: string;
  readonly isNumber?: boolean;
}

/** A cell: text, or text with a class for its colour. */
export type Cell = string | { readonly text: string; readonly colour: string };

/** A table whose first column names the rows. @param sum a last row that stands out */
export function dataTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  sum?: readonly Cell[],
): Markup {
  const row = (cells: readonly Cell[], isSum: boolean) =>
    html`<tr class="${isSum ? 'sum' : ''}">
      ${cells.map((cell, index) => tableCell(cell, index === 0, columns[index]?.isNumber ?? false))}
    </tr>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map(({ name, isNumber }) => html`<th scope="col" class="${isNumber ? 'number' : ''}">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((cells) => row(cells, false))}${sum && row(sum, true)}
      </tbody>
    </table>
  </div>`;
}

/** Names and what they are. @returns null where there are none */
export function factTable(rows: readonly (readonly [string, string])[]): Markup | null {
  if (rows.length === 0) return null;
  const each = rows.map(
    ([name, text]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td><bdi>${text}</bdi></td>
      </tr>`,
  );
  return html`<table class="facts">
    <tbody>
      ${each}
    </tbody>
  </table>`;
}

/** A list under its title. @returns null where there is nothing in it */
export function section(title: string, items: readonly string[]): Markup | null {
  if (items.length === 0) return null;
  return html`<h2>${title}</h2>
    <ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`;
}

function tableCell(cell: Cell, isHead: boolean, isNumber: boolean): Markup {
  const { text, colour } = typeof cell === 'string' ? { text: cell, colour: '' } : cell;
  const classes = [isNumber ? 'number' : '', colour].filter(Boolean).join(' ');
  return isHead
    ? html`<th scope="row" class="${classes}"><bdi>${text}</bdi></th>`
    : html`<td class="${classes}"><bdi>${text}</bdi></td>`;
}
