import { spawn, type ChildProcess } from 'node:child_process';
import { monotonicSeconds } from '../../metering/clock.ts';

/** After it ended or was ended it is started again later and later, by the factor of two, from 1 s to a minute. */
const LEAST_WAIT_SECONDS = 1;
const MOST_WAIT_SECONDS = 60;

/** Longer lines are no lines of nvidia-smi. */
const MOST_CHARACTERS = 64_000;

/** A child process that tells lines for as long as it is wanted, never two at once. */
export class SmiStream {
  readonly #args: readonly string[];
  readonly #environment: NodeJS.ProcessEnv;
  readonly #onLine: (line: string) => void;
  #child: ChildProcess | null = null;
  #rest = '';
  #startedSeconds = 0;
  #heardSeconds = 0;
  #waitSeconds = LEAST_WAIT_SECONDS;
  #nextSeconds = 0;

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv, onLine: (line: string) => void) {
    this.#args = args;
    this.#environment = environment;
    this.#onLine = onLine;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** For how long it has been running; 0 where it is not. */
  get runningSeconds(): number {
    return this.#child ? monotonicSeconds() - this.#startedSeconds : 0;
  }

  /** To be called at each read: starts it where it does not run, and ends it where it has been silent for so long. */
  keepUp(program: string, mostSilentSeconds: number): void {
    const now = monotonicSeconds();
    if (!this.#child && now >= this.#nextSeconds) this.#start(program, now);
    else if (this.#child && now - this.#heardSeconds > mostSilentSeconds) this.#child.kill('SIGKILL');
  }

  /** Its lines are what they should be: if it ends, it may be started again soon. */
  isFine(): void {
    this.#waitSeconds = LEAST_WAIT_SECONDS;
  }

  /** Ends it. A process that cannot be ended keeps nobody waiting. */
  stop(): void {
    const child = this.#child;
    this.#child = null;
    this.#nextSeconds = 0;
    this.#waitSeconds = LEAST_WAIT_SECONDS;
    child?.stdout?.destroy();
    child?.kill('SIGKILL');
    child?.unref();
  }

  #start(program: string, now: number): void {
    this.#startedSeconds = now;
    this.#heardSeconds = now;
    this.#rest = '';
    this.#nextSeconds = now + this.#waitSeconds;
    this.#waitSeconds = Math.min(MOST_WAIT_SECONDS, 2 * this.#waitSeconds);
    const child = spawn(program, this.#args, {
      env: { ...this.#environment, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    this.#child = child;
    const ended = () => {
      if (this.#child === child) this.#child = null;
    };
    child.once('error', ended);
    child.once('close', ended);
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      if (this.#child === child) this.#hear(text);
    });
  }

  #hear(text: string): void {
    this.#heardSeconds = monotonicSeconds();
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, MOST_CHARACTERS);
    for (const line of lines) if (line.length <= MOST_CHARACTERS) this.#onLine(line);
  }
}
