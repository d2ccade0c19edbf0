/** An extension that uses ours as any other may, and writes down what it gets in the folder that CONSUMER_FOLDER names. */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { FootprintApi, FootprintExports } from '../../../src/api.ts';

const OURS = 'training-footprint.training-footprint';
const FOLDER = process.env.CONSUMER_FOLDER ?? '';

/** What it is asked for, as JSON. */
export interface Answers {
  readonly current: ReturnType<FootprintApi['currentRuns']>;
  readonly last: Awaited<ReturnType<FootprintApi['lastRun']>>;
  readonly history: Awaited<ReturnType<FootprintApi['history']>>;
  readonly unknownVersion: string;
  readonly wrongLimit: string;
  readonly toolNames: readonly string[];
  /** What each tool said, or why it did not. */
  readonly tools: Readonly<Record<'current' | 'last' | 'compare' | 'wrongInput', string>>;
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const exports = await vscode.extensions.getExtension<FootprintExports>(OURS)?.activate();
  if (!exports) throw new Error('there is no Training Footprint.');
  const api = exports.getApi(1);
  api.onDidChangeRuns(
    (run) => appendFileSync(path.join(FOLDER, 'events.jsonl'), `${JSON.stringify(run)}\n`),
    undefined,
    context.subscriptions,
  );
  context.subscriptions.push(
    vscode.commands.registerCommand('footprintConsumer.ask', async () => {
      const file = path.join(FOLDER, 'answers.json');
      writeFileSync(`${file}.new`, JSON.stringify(await answers(exports, api)));
      renameSync(`${file}.new`, file);
    }),
  );
}

async function answers(exports: FootprintExports, api: FootprintApi): Promise<Answers> {
  return {
    current: api.currentRuns(),
    last: await api.lastRun(),
    history: await api.history(),
    unknownVersion: await failure(() => exports.getApi(2 as 1)),
    wrongLimit: await failure(() => api.history({ limit: 0 })),
    toolNames: vscode.lm.tools.map(({ name }) => name).filter((name) => /^trainingFootprint_/.test(name)),
    tools: {
      current: await tool('current', {}),
      last: await tool('lastRun', {}),
      compare: await tool('compare', {}),
      wrongInput: await tool('lastRun', { run: 'no such run' }),
    },
  };
}

async function tool(name: string, input: object): Promise<string> {
  try {
    const options = { input, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(`trainingFootprint_${name}`, options);
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  } catch (error) {
    return String(error);
  }
}

async function failure(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'none';
  } catch (error) {
    return String(error);
  }
}
