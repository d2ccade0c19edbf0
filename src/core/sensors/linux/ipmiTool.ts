import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';

/** A management controller that has not answered by then will not: 10 s. Healthy ones take up to a few seconds. */
const DEADLINE_MILLIS = 10_000;

/** So long a process that was killed may take to end: one that waits for its device in the kernel does. */
const END_MILLIS = 1000;

/** The answer has less than 1 kB. */
const MOST_CHARACTERS = 64_000;

/** What one call told: a power in watts at a moment, or why there is none. */
export type IpmiAnswer =
  | { readonly watts: number; readonly timeSeconds: number }
  | { readonly problem: IpmiProblem; readonly text: string };

/** `rights`: may not open the device; `device`: there is none; `none`: no power is told; `silent`: no answer in time. */
export type IpmiProblem = 'rights' | 'device' | 'none' | 'silent' | 'start';

/** Runs `ipmitool dcmi power reading`, never twice at once. */
export class IpmiTool {
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #answer: Promise<IpmiAnswer> | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** Asks, or joins the call that is under way. A process that cannot be ended is waited for before the next one. */
  ask(program: string): Promise<IpmiAnswer> {
    if (this.#answer) return this.#answer;
    const answer = this.#askAfterLast(program).finally(() => {
      if (this.#answer === answer) this.#answer = null;
    });
    this.#answer = answer;
    return answer;
  }

  /** Ends the call that is under way; whoever asks then begins a new one. */
  kill(): void {
    this.#child?.kill('SIGKILL');
    this.#answer = null;
  }

  async #askAfterLast(program: string): Promise<IpmiAnswer> {
    if (this.#child) await Promise.race([this.#ended, sleep(END_MILLIS, undefined, { ref: false })]);
    if (this.#child) return { problem: 'silent', text: t('the last call has not ended yet') };
    return this.#run(program);
  }

  #run(program: string): Promise<IpmiAnswer> {
    return new Promise((resolve) => {
      const child = spawn(program, ['dcmi', 'power', 'reading'], {
        env: { ...this.#environment, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.#child = child;
      this.#ended = new Promise((ended) => child.once('close', () => ended()));
      let output = '';
      const collect = (chunk: Buffer) => (output = (output + chunk.toString()).slice(0, MOST_CHARACTERS));
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        child.unref();
        resolve({ problem: 'silent', text: t('no answer within {0} s', DEADLINE_MILLIS / 1000) });
      }, DEADLINE_MILLIS);
      const end = (answer: IpmiAnswer) => {
        clearTimeout(timer);
        if (this.#child === child) this.#child = null;
        resolve(answer);
      };
      child.once('error', (error) => end({ problem: 'start', text: error.message }));
      child.once('close', () => end(parse(output)));
    });
  }
}

/**
 * The words of ipmitool (lib/ipmi_dcmi.c). A machine that runs draws more than 0 W, which some controllers give where
 * they do not know, and a reading whose state is not `activated` is none.
 */
export function parse(output: string): IpmiAnswer {
  const watts = Number(/Instantaneous power reading\s*:\s*(\d{1,6})\s*Watts/i.exec(output)?.[1] ?? 0);
  const state = /Power reading state is\s*:\s*(\w+)/i.exec(output)?.[1] ?? '';
  if (watts > 0 && /^activated$/i.test(state)) return { watts, timeSeconds: monotonicSeconds() };
  const text = (output.trim().split('\n')[0] ?? '').slice(0, 200) || t('no answer');
  if (/permission denied/i.test(output)) return { problem: 'rights', text };
  if (/could not open device|no such (file|device)/i.test(output)) return { problem: 'device', text };
  return {
    problem: 'none',
    text: state && !/^activated$/i.test(state) ? t('the reading is {0}', state) : text,
  };
}
