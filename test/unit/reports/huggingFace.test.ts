import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { insertMetadata } from '../../../src/core/reports/modelCard/insert.ts';
import { ensureHuggingFace } from '../../setup/huggingFace.ts';
import { EDITED, METADATA } from './cards.ts';

const SCRIPT = path.join(import.meta.dirname, 'loadCards.py');

interface Loaded {
  readonly error?: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly card: Readonly<Record<string, unknown>>;
  readonly text: string;
}

describe('huggingface_hub', function () {
  this.timeout(300_000);
  let python: string;

  before(() => {
    python = ensureHuggingFace();
  });

  function load(cards: readonly string[]): readonly Loaded[] {
    const { status, stdout, stderr } = spawnSync(python, [SCRIPT], {
      ...{ input: JSON.stringify(cards), encoding: 'utf8', maxBuffer: 1e8 },
    });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Loaded[];
  }

  it('reads the emissions of every card that was edited, and the rest as before', () => {
    const cards = Object.values(EDITED);
    const [before, after] = [load(cards), load(cards.map((card) => insertMetadata(card, METADATA)))];
    for (const [index, name] of Object.keys(EDITED).entries()) {
      const [old, now] = [before[index], after[index]];
      assert.equal(now?.error, undefined, name);
      const { co2_eq_emissions: emissions, ...rest } = now?.data ?? {};
      const { co2_eq_emissions: oldEmissions, ...oldRest } = old?.data ?? {};
      const kept = typeof oldEmissions === 'object' ? oldEmissions : {};
      assert.deepEqual(emissions, { ...kept, ...METADATA }, name);
      assert.deepEqual(now?.card.co2_eq_emissions, { ...kept, ...METADATA }, name);
      assert.deepEqual(rest, oldRest, name);
      if (old?.data) assert.equal(now?.text, old.text, name);
    }
  });
});
