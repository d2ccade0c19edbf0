import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { compare } from './compare.ts';
import { current } from './current.ts';
import { lastRun } from './lastRun.ts';
import type { Tool } from './tool.ts';

/** Every tool. A new one is its file, its line here and its words in package.json. */
const tools: readonly Tool[] = [current, lastRun, compare];

/** Registers them where this editor has language-model tools; else there is nothing to do. */
export function registerTools(parts: Parts): vscode.Disposable {
  const lm = (vscode as Partial<typeof vscode>).lm as Partial<typeof vscode.lm> | undefined;
  if (typeof lm?.registerTool !== 'function') return vscode.Disposable.from();
  return vscode.Disposable.from(...tools.map((tool) => register(tool, parts)));
}

function register(tool: Tool, parts: Parts): vscode.Disposable {
  return vscode.lm.registerTool(`trainingFootprint_${tool.name}`, {
    prepareInvocation: () => ({ invocationMessage: tool.message }),
    invoke: async ({ input }) => {
      const text = await tool.run(parts, input);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
  });
}
