import { language, spokenTranslations } from '../../language.ts';

/** Where the page's own files are, and what lets them in. */
export interface PageFiles {
  /** From where styles, fonts and pictures may come. */
  readonly source: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** Which page the script draws. */
  readonly page?: 'panel' | 'greener';
}

/** The page around the webview's script: nothing runs or loads but our own files. */
export function pageDocument({ source, nonce, script, style, page = 'panel' }: PageFiles): string {
  const policy = [
    `default-src 'none'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${source}`,
    `font-src ${source}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" nonce="${nonce}" href="${style}">
<title>Training Footprint</title>
</head>
${page === 'panel' ? '<body>' : `<body data-page="${page}">`}
<div id="root"></div>
<script type="application/json" id="texts">${texts()}</script>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** What the page speaks with, as JSON that no text of it can end early. */
function texts(): string {
  return JSON.stringify(spokenTranslations()).replaceAll('<', '\\u003c');
}
