import { language, t } from '../../../language.ts';
import { LONGEST_LABEL, oneLine } from '../safeText.ts';
import { html, Markup } from './markup.ts';
import { STYLE } from './style.ts';

/**
 * No script, no request, no form: whatever might stand in the page, a browser that reads this does nothing with it
 * (Content Security Policy Level 3).
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const methods = () =>
  t(
    'Energy by power sensors where there are any, else by load and hardware model; each figure says which. Emissions are the energy times the PUE times the carbon intensity of the grid at that time, location-based. Not in them: what making the hardware emitted.',
  );

/** A page that stands alone: one file without script, light or dark as its reader likes it. */
export function page(kind: string, name: string, content: Markup): string {
  const title = oneLine(name, LONGEST_LABEL);
  return `<!doctype html>
${html`<html lang="${language()}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <title>${title} – ${kind}</title>
    <style>
      ${Markup.of([STYLE], [])}
    </style>
  </head>
  <body>
    <main>
      <p class="kind">${kind}</p>
      <h1><bdi>${title}</bdi></h1>
      ${content}
      <footer>
        <p>${methods()}</p>
        <p>${t('By Training Footprint.')}</p>
      </footer>
    </main>
  </body>
</html>`}
`;
}
