import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunJson } from '../../src/core/reports/runJson.ts';
import type { Machine } from '../machine/machine.ts';
import type { Measured, Running, Tool, Training } from './tool.ts';

const CLI = path.join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');

const LABELS = { cpu: 'package', dram: 'dram', gpu: 'gpu', rest: 'rest' } as const;

/** Training Footprint as its users run it from a shell. */
export const ours: Tool = {
  title: 'Training Footprint',
  prepare: (machine, training) => Promise.resolve(() => run(machine, training)),
};

function run(machine: Machine, { seconds, command = ['sleep', String(seconds)] }: Training): Running {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-bench-'));
  const json = path.join(folder, 'run.json');
  const own = [process.execPath, CLI, 'run', '--period', '1', '--json', json, '--', ...command];
  const [file = '', ...args] = machine.command(own);
  const monotonicMinusWallSeconds = Number(process.hrtime.bigint()) / 1e9 - Date.now() / 1000;
  const env = { ...machine.environment, TRAINING_FOOTPRINT_DATA: folder };
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const measured = once(child, 'exit').then(([code]) => {
    if (code !== 0) throw new Error(`our command line tool ended with ${code}: ${said}`);
    const answer = measuredIn(JSON.parse(readFileSync(json, 'utf8')) as RunJson, monotonicMinusWallSeconds);
    rmSync(folder, { recursive: true, force: true });
    return answer;
  });
  return { pid: child.pid ?? 0, measured };
}

/**
 * The machine's energy, over the time that the run says it took.
 *
 * @param monotonicMinusWallSeconds when it began: clocks that people set drift
 */
function measuredIn(
  { startedAt, durationSeconds, components }: RunJson,
  monotonicMinusWallSeconds: number,
): Measured {
  const startSeconds = Date.parse(startedAt) / 1000 + monotonicMinusWallSeconds;
  const joules: Record<string, number> = {};
  for (const { component, quality, machineEnergyJoules } of components) {
    if (quality !== 'measured' || machineEnergyJoules === null) continue;
    const label = LABELS[component];
    joules[label] = (joules[label] ?? 0) + machineEnergyJoules;
  }
  return { startSeconds, endSeconds: startSeconds + durationSeconds, joules };
}
