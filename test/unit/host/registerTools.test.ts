import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import type { Parts } from '../../../src/host/parts.ts';

/** An editor's API: disposables, and language-model tools where it has them. */
function editor(tools: string): string {
  const source = `export class Disposable {
    static from(...parts) { return { parts }; }
  }
  ${tools}`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Registers our tools in an editor with that API. @returns what was registered */
async function registered(api: string, name: string): Promise<readonly unknown[]> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url: api, format: 'module', shortCircuit: true } : next(specifier, context),
  });
  try {
    const file = `../../../src/host/tools/index.ts?${name}`; // a module of its own for each editor
    const { registerTools } = (await import(file)) as typeof import('../../../src/host/tools/index.ts');
    return (registerTools({} as Parts) as unknown as { parts: readonly unknown[] }).parts;
  } finally {
    hooks.deregister();
  }
}

describe('Tools of language models', () => {
  it('are registered where the editor has them', async () => {
    const names = await registered(editor('export const lm = { registerTool: (name) => name };'), 'with');
    assert.deepEqual([...names].sort(), [
      'trainingFootprint_compare',
      'trainingFootprint_current',
      'trainingFootprint_lastRun',
    ]);
  });

  it('are left out where the editor has none, or knows models without tools', async () => {
    assert.deepEqual(await registered(editor(''), 'without'), []);
    assert.deepEqual(await registered(editor('export const lm = {};'), 'models'), []);
  });
});
