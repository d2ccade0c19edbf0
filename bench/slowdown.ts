import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TRACES } from '../test/hardware/trace.ts';
import { Machine } from './machine/machine.ts';
import { median, type Table } from './report.ts';
import { python } from './setup.ts';
import { ours } from './tools/ours.ts';
import { carbontracker, codecarbon, nothing, TRAINING, zeus } from './tools/peers.ts';
import type { Tool } from './tools/tool.ts';

const ROUNDS = 7;
const TOOLS: readonly Tool[] = [nothing, ours, carbontracker, codecarbon, zeus];

/** What the training takes at most, and far more than it does. */
const MOST_SECONDS = 120;

/** How much longer a real training takes under each tool, by its own clock: medians of rounds that follow each other. */
export async function measureSlowdown(): Promise<Table> {
  const machine = await Machine.start({ trace: TRACES.steps, gpus: [{}, {}] });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-bench-'));
  const seconds = new Map<Tool, number[]>(TOOLS.map((tool) => [tool, []]));
  for (let round = 0; round < ROUNDS; round++) {
    console.log(`slowdown: round ${round + 1} of ${ROUNDS}`);
    for (let turn = 0; turn < TOOLS.length; turn++) {
      const tool = TOOLS[(round + turn) % TOOLS.length] ?? nothing;
      seconds.get(tool)?.push(await train(tool, machine, path.join(folder, 'seconds')));
    }
  }
  rmSync(folder, { recursive: true });
  await machine.stop();
  const alone = median(seconds.get(nothing) ?? []);
  return {
    title: `A real training under each tool, ${ROUNDS} rounds`,
    head: ['tool', 'median', 'shortest to longest', 'slower by'],
    rows: [...seconds].map(([tool, values]) => [
      tool.title,
      `${median(values).toFixed(3)} s`,
      `${Math.min(...values).toFixed(3)}–${Math.max(...values).toFixed(3)} s`,
      tool === nothing ? '–' : `${((median(values) / alone - 1) * 100).toFixed(2)} %`,
    ]),
  };
}

/** @returns the seconds that the training itself says it took */
async function train(tool: Tool, machine: Machine, file: string): Promise<number> {
  const command = tool === ours ? [python(), TRAINING, file] : ['inside', file];
  const start = await tool.prepare(machine, { seconds: MOST_SECONDS, command });
  await start().measured;
  return Number(readFileSync(file, 'utf8'));
}
