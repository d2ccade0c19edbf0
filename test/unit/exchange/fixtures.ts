import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { importRuns, type ImportResult } from '../../../src/core/exchange/importRuns.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';

export const FIXTURES = path.join(import.meta.dirname, '..', '..', 'fixtures', 'exchange');

export const ME = { pid: 10, startSeconds: 1 };

export function fixture(...names: readonly string[]): string {
  return readFileSync(path.join(FIXTURES, ...names), 'utf8');
}

/** Folders in a folder of the fixtures. */
export function foldersIn(...names: readonly string[]): readonly string[] {
  const entries = readdirSync(path.join(FIXTURES, ...names), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

export interface Read extends ImportResult {
  readonly runs: readonly RunSnapshot[];
}

/** Reads without a history. */
export async function readRuns(...paths: readonly string[]): Promise<Read> {
  let runs: readonly RunSnapshot[] = [];
  const store = {
    importRuns(all: readonly RunSnapshot[]) {
      runs = all;
      return { added: all.length, updated: 0, known: 0 };
    },
  };
  return { ...(await importRuns(paths, store, ME)), runs };
}
