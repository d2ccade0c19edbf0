import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Machine } from '../machine/machine.ts';
import { homeFolder, python } from '../setup.ts';
import type { Measured, Running, Tool, Training } from './tool.ts';

const SCRIPTS = path.join(import.meta.dirname, 'python');
const MOST_SECONDS_TO_PREPARE = 120;

function peer(title: string, script: string, env: NodeJS.ProcessEnv = {}): Tool {
  return { title, prepare: (machine, training) => prepare(script, machine, training, env) };
}

export const carbontracker = peer('carbontracker', 'with_carbontracker.py');
export const codecarbon = peer('codecarbon', 'with_codecarbon.py');
export const zeus = peer('zeus', 'with_zeus.py');
export const zeusEachSecond = peer('zeus, a window each second', 'with_zeus.py', { ZEUS_WINDOWS: 'second' });
export const nothing = peer('nothing', 'with_nothing.py');
export const zeusPower = peer('zeus, power each second', 'with_zeus_power.py');

/** Trainings: of many processes, and a real one. */
export const PROCESS_TREE = path.join(SCRIPTS, 'process_tree.py');
export const TRAINING = path.join(SCRIPTS, 'training.py');

async function prepare(
  script: string,
  machine: Machine,
  { seconds, command = [] }: Training,
  env: NodeJS.ProcessEnv,
): Promise<() => Running> {
  const own = [python(), path.join(SCRIPTS, script), String(seconds), ...command];
  const [file = '', ...args] = machine.command(own);
  const child = spawn(file, args, {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    cwd: homeFolder(),
    env: { ...machine.environment, HOME: homeFolder(), ...env },
    detached: true,
  });
  // processes that a tool leaves behind would be felt by the next one
  child.once('exit', () => killGroup(child));
  process.once('exit', () => killGroup(child));
  const answers = new Answers(child, script);
  await answers.next(MOST_SECONDS_TO_PREPARE);
  return () => {
    child.stdin?.end('go\n');
    const measured = answers.next(seconds + MOST_SECONDS_TO_PREPARE) as Promise<Measured>;
    return { pid: child.pid ?? 0, measured };
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // all have ended
  }
}

/** What a script says, line by line. */
class Answers {
  readonly #lines: AsyncIterator<string>;
  readonly #child: ChildProcess;
  readonly #script: string;
  #errors = '';

  constructor(child: ChildProcess, script: string) {
    this.#child = child;
    this.#script = script;
    this.#lines = createInterface(child.stdio[3] as Readable)[Symbol.asyncIterator]();
    child.stderr?.on(
      'data',
      (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString()).slice(-4000)),
    );
  }

  /** @throws Error with the tool's own words when it ends or stays silent */
  async next(seconds: number): Promise<unknown> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), seconds * 1000);
    const { value, done } = await this.#lines.next();
    clearTimeout(timer);
    if (done) throw new Error(`${this.#script} told nothing:\n${this.#errors}`);
    return JSON.parse(value) as unknown;
  }
}
