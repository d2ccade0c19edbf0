import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Cost } from '../../src/core/projection/cost.ts';
import type { Trace } from './trace.ts';

const SCRIPT = path.join(import.meta.dirname, 'predict.py');

export interface Predictions {
  readonly version: string;
  /** One a trace, in their order: the total by the first epoch. */
  readonly totals: readonly Cost[];
}

/**
 * What Carbontracker would say after the first epoch, its default (`epochs_before_pred=1`), called in its own package.
 * It gets the exact energy and time of that epoch, without the error of its sampling.
 */
export function carbontracker(traces: readonly Trace[], python: string): Predictions {
  const input = traces.map(({ workToDo, epochs }) => ({
    epochs: workToDo,
    energyJoules: epochs.slice(0, 1).map(({ energyJoules }) => energyJoules),
    timeSeconds: epochs.slice(0, 1).map(({ timeSeconds }) => timeSeconds),
  }));
  const { version, answers } = JSON.parse(call(python, [SCRIPT], JSON.stringify(input))) as {
    version: string;
    answers: Cost[];
  };
  return { version, totals: answers };
}

function call(file: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${stdout}${stderr}`.slice(-4000));
  return stdout;
}
