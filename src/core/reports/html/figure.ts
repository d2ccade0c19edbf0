import { FRAME, grid, type Axis } from './axes.ts';
import { html, type Markup } from './markup.ts';

export interface LegendEntry {
  /** The class that gives its colour. */
  readonly colour: string;
  readonly label: string;
  readonly isDashed?: boolean;
}

export interface Chart {
  readonly title: string;
  /** What a person who cannot see it is told. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height?: number;
  readonly legend: readonly LegendEntry[];
  readonly drawing: Markup | readonly Markup[];
}

/** A chart with its title and legend. */
export function figure({ title, description, x, y, height = FRAME.height, legend, drawing }: Chart): Markup {
  return html`<figure>
    <figcaption>
      <h2>${title}</h2>
      ${legendList(legend)}
    </figcaption>
    ${picture(`${title}. ${description}`, FRAME.width, height, html`${grid(x, y, height)}${drawing}`)}
  </figure>`;
}

/** An SVG as wide as the page. */
export function picture(description: string, width: number, height: number, content: Markup): Markup {
  return html`<svg role="img" aria-label="${description}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
}

export function legendList(entries: readonly LegendEntry[]): Markup | null {
  if (entries.length === 0) return null;
  const items = entries.map(
    ({ colour, label, isDashed }) =>
      html`<li>
        <span class="swatch ${isDashed ? 'dashed ' : ''}${colour}" aria-hidden="true"></span>${label}
      </li>`,
  );
  return html`<ul class="legend">
    ${items}
  </ul>`;
}
