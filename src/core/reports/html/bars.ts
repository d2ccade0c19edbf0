import { FRAME, valueAxis, type Units } from './axes.ts';
import { picture } from './figure.ts';
import { html, type Markup } from './markup.ts';

/** A value with its name, and by how much it may be wrong. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  /** Null where that is unknown. */
  readonly error: number | null;
  /** The class that gives its colour. */
  readonly colour: string;
}

const ROW = 44;
const THICK = 14;
/** Room for the figure at the end of the longest bar. */
const ROOM = 120;

/** Bars below each other, each under its name, with whiskers for the errors. */
export function barChart(title: string, bars: readonly Bar[], units: Units): Markup {
  const largest = Math.max(0, ...bars.map(({ value, error }) => value + (error ?? 0)));
  const { max } = valueAxis(largest, units);
  const width = (value: number) => (value / max) * (FRAME.width - ROOM);
  const rows = bars.map(({ label, value, text, error, colour }, index) => {
    const top = index * ROW;
    const middle = top + 22 + THICK / 2;
    const [low, high] = [width(Math.max(0, value - (error ?? 0))), width(value + (error ?? 0))];
    const whisker = html`<path
      class="whisker"
      d="M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8"
    />`;
    return html`<text class="label" x="0" y="${top + 14}">${shortened(label)}</text
      ><rect class="bar ${colour}" x="0" y="${top + 22}" width="${width(value)}" height="${THICK}" rx="2" />${
        error ? whisker : null
      }<text class="tick" x="${Math.max(width(value), high) + 8}" y="${middle + 4}">${text}</text>`;
  });
  const description = `${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join('; ')}`;
  return html`<figure>
    <figcaption><h2>${title}</h2></figcaption>
    ${picture(description, FRAME.width, bars.length * ROW, html`${rows}`)}
  </figure>`;
}

/** SVG does not wrap: what would leave the picture is cut. */
function shortened(label: string): string {
  const characters = [...label];
  return characters.length > 90 ? `${characters.slice(0, 89).join('')}…` : label;
}
