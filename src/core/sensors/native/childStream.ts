import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { ChildRun, type ChildCommand } from './childRun.ts';

export interface ChildStreamOptions<T> {
  /** Makes of one line (without its end) what it tells; an empty list where it tells nothing. */
  readonly parse: (line: string, timeSeconds: number) => readonly T[];
  /** A program that has told nothing for so long is ended and started anew. */
  readonly silenceSeconds: number;
  /** The pause before a program that has ended is started again; each further one is twice as long. */
  readonly firstPauseSeconds?: number;
  /** How long after `first` it is waited for a `take` before the program is ended. */
  readonly unusedMillis?: number;
}

/** Engineering judgement, as all limits here. */
const FIRST_PAUSE_SECONDS = 1;
const MOST_PAUSE_SECONDS = 600;

/** A program that ran for so long before it ended can run: its next pause is short again. */
const STEADY_SECONDS = 60;

/** A program that was started to see whether it works, and that nobody listens to afterwards, is ended: 5 s. */
const UNUSED_MILLIS = 5000;

/** What nobody has fetched: an hour of one thing a second. The oldest are dropped. */
const MOST_KEPT = 3600;

/**
 * Follows one program that tells line by line for as long as something is measured. It has no timers: each `take` also
 * looks after the program, starts it again where it has ended, each time after a longer pause, and ends it where it
 * has fallen silent. Never do two run at once. Nothing throws.
 */
export class ChildStream<T> {
  readonly #command: ChildCommand;
  readonly #options: ChildStreamOptions<T>;
  readonly #waiting = new Set<() => void>();
  #run: ChildRun | null = null;
  #isWanted = false;
  #kept: T[] = [];
  #problem: string | null = null;
  #ends = 0;
  #heardSeconds = 0;
  #nextStartSeconds = 0;
  #unusedTimer: NodeJS.Timeout | null = null;

  constructor(command: ChildCommand, options: ChildStreamOptions<T>) {
    this.#command = command;
    this.#options = options;
  }

  /** Why the program last ended, in words for people without a full stop; null where it has not. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The number of the program's process; null where none runs. */
  get pid(): number | null {
    return this.#run?.pid ?? null;
  }

  /** Gives what was told since the last call, and keeps the program going. */
  take(): readonly T[] {
    this.#endIfUnused(false);
    this.#lookAfter();
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }

  /**
   * Starts the program and waits until it has told something, but not when it ends and not longer than that. It is
   * ended again where no `take` follows soon.
   *
   * @returns what it has told, which the next `take` gives, too
   */
  async first(patienceMillis: number): Promise<readonly T[]> {
    this.#lookAfter();
    if (this.#kept.length === 0 && this.#run) await this.#news(patienceMillis);
    this.#endIfUnused(true);
    return [...this.#kept];
  }

  /** Ends the program and forgets what it has told. */
  stop(): void {
    this.#endIfUnused(false);
    this.#isWanted = false;
    this.#kept = [];
    this.#problem = null;
    this.#ends = 0;
    this.#nextStartSeconds = 0;
    this.#run?.kill('');
    this.#tellWaiting();
  }

  #endIfUnused(isOnTrial: boolean): void {
    if (this.#unusedTimer) clearTimeout(this.#unusedTimer);
    this.#unusedTimer = isOnTrial
      ? setTimeout(() => this.stop(), this.#options.unusedMillis ?? UNUSED_MILLIS).unref()
      : null;
  }

  #news(patienceMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, patienceMillis);
      this.#waiting.add(done);
    });
  }

  #tellWaiting(): void {
    for (const done of [...this.#waiting]) done();
  }

  #lookAfter(): void {
    this.#isWanted = true;
    const run = this.#run;
    if (!run && monotonicSeconds() >= this.#nextStartSeconds) this.#start();
    else if (run && this.#isSilent()) setImmediate(() => this.#endIfSilent(run));
  }

  #start(): void {
    this.#heardSeconds = monotonicSeconds();
    const run: ChildRun = new ChildRun(this.#command, {
      lines: (lines) => this.#hear(lines),
      gone: (problem) => this.#onGone(run, problem),
    });
    this.#run = run;
  }

  #isSilent(): boolean {
    return monotonicSeconds() - this.#heardSeconds > this.#options.silenceSeconds;
  }

  /** After what lies in the pipe has been read: perhaps it was this process that had no time. */
  #endIfSilent(run: ChildRun): void {
    if (run === this.#run && this.#isSilent())
      run.kill(t('it told nothing for {0} s', this.#options.silenceSeconds));
  }

  #hear(lines: readonly string[]): void {
    const now = monotonicSeconds();
    const told = lines.flatMap((line) => this.#parse(line, now));
    if (told.length === 0) return;
    this.#heardSeconds = now;
    this.#kept.push(...told);
    if (this.#kept.length > MOST_KEPT) this.#kept = this.#kept.slice(-MOST_KEPT);
    this.#tellWaiting();
  }

  #parse(line: string, timeSeconds: number): readonly T[] {
    try {
      return this.#options.parse(line, timeSeconds);
    } catch {
      return [];
    }
  }

  #onGone(run: ChildRun, problem: string): void {
    this.#run = null;
    if (problem === '') {
      if (this.#isWanted) this.#start(); // asked for again while the stopped one was still ending
      return;
    }
    this.#problem = problem;
    const now = monotonicSeconds();
    if (now - run.startedSeconds >= STEADY_SECONDS) this.#ends = 0;
    const pause = (this.#options.firstPauseSeconds ?? FIRST_PAUSE_SECONDS) * 2 ** this.#ends;
    this.#nextStartSeconds = now + Math.min(MOST_PAUSE_SECONDS, pause);
    this.#ends += 1;
    this.#tellWaiting();
  }
}
