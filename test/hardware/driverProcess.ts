import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeFolder, tempFolder } from './tempFolder.ts';
import { trueJoules, type Truth } from './truth.ts';

const DRIVER = fileURLToPath(new URL('raplDriver.ts', import.meta.url));

/** A running raplDriver.ts. */
export interface Driver {
  /** To be used as `/sys`. */
  readonly root: string;
  readonly truth: Truth;
  /** True joules of packages and memory, or of one of the two, between two seconds of CLOCK_MONOTONIC. */
  joulesBetween(fromSeconds: number, toSeconds: number, only?: 'package' | 'dram'): number;
  /** Ends the process and removes its folder. @throws Error when the process had ended before */
  stop(): Promise<void>;
}

/** Starts the simulated machine and waits until its counters stand. */
export async function startDriver(trace: string, ...more: readonly string[]): Promise<Driver> {
  const root = tempFolder('rapl-driver');
  const args = [DRIVER, '--root', root, '--trace', trace, ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await firstOutput(child);
  const truth = JSON.parse(readFileSync(path.join(root, 'truth.json'), 'utf8')) as Truth;
  return {
    root,
    truth,
    joulesBetween: (from, to, only) => trueJoules(truth, from, to, only),
    stop: async () => {
      const { exitCode, signalCode } = child;
      await stopChild(child);
      removeFolder(root);
      if (exitCode !== null || signalCode)
        throw new Error(`the driver ended by itself: ${exitCode ?? signalCode}`);
    },
  };
}

/** Waits for a child's first words; fails when it ends without a word. */
export async function firstOutput(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the child has no stdout');
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the child ended with ${code} before it said anything`);
  });
  const [chunk] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
  return chunk.toString();
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
