import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The page around the webview's script: nothing runs or loads but our own files.
 *
 * @param page which one the script draws
 */
export function pageHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: 'panel' | 'greener' = 'panel',
): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string) =>
    String(webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)));
  const policy = [
    `default-src 'none'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" nonce="${nonce}" href="${file('webview.css')}">
<title>Training Footprint</title>
</head>
<body data-page="${page}">
<div id="root"></div>
<script nonce="${nonce}" src="${file('webview.js')}"></script>
</body>
</html>`;
}
