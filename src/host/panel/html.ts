import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageDocument } from './pageDocument.ts';

/**
 * The page for a webview, with the addresses that it gives to our files.
 *
 * @param page which one the script draws
 */
export function pageHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: 'panel' | 'greener' = 'panel',
): string {
  const file = (name: string) =>
    String(webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)));
  return pageDocument({
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    script: file('webview.js'),
    style: file('webview.css'),
    page,
  });
}
