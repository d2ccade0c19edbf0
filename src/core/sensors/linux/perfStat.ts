import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { t } from '../../../language.ts';

/** What an event used in one interval. */
export interface PerfCount {
  /** Seconds after perf began to count, at the interval's end. */
  readonly endSeconds: number;
  /** `power/energy-pkg/` */
  readonly event: string;
  /** Null where it was not counted. */
  readonly energyJoules: number | null;
}

/** What perf says besides its counts is kept up to this, to be told to people. */
const MOST_CHARACTERS = 2000;

/** A first try only wants to know whether perf counts. Of shorter intervals perf itself warns. */
const TRY_INTERVAL_MILLIS = 100;

/** perf may have to come from a slow disk first. */
const TRY_MILLIS = 3000;

/**
 * One `perf stat` that counts energies of the whole machine until it is ended, and tells them in intervals. When the
 * one who started it is gone, its next line ends it: nobody reads it (SIGPIPE).
 */
export class PerfStat {
  readonly #child: ChildProcess;
  #words = '';
  #isStopped = false;

  /**
   * @param onCount told of each count, those of one event in the order of time
   * @param onEnd told when perf ended by itself, with its own words
   */
  constructor(
    program: string,
    events: readonly string[],
    intervalMillis: number,
    environment: NodeJS.ProcessEnv,
    onCount: (count: PerfCount) => void,
    onEnd: (words: string) => void,
  ) {
    const args = ['stat', '-a', '-x', ',', '-e', events.join(','), '-I', String(intervalMillis)];
    this.#child = spawn(program, args, {
      env: { ...environment, LC_ALL: 'C' }, // a point in numbers, and messages as they are known here
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const end = (words: string) => {
      if (!this.#isStopped) onEnd(words);
      this.#isStopped = true;
    };
    this.#child.once('error', (error) => end(error.message));
    this.#child.once('close', () => end(this.#words.trim()));
    if (!this.#child.stderr) return;
    createInterface({ input: this.#child.stderr }).on('line', (line) => {
      const count = parseCount(line);
      if (this.#isStopped) return;
      if (count) onCount(count);
      else if (this.#words.length < MOST_CHARACTERS) this.#words += `${line}\n`;
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#child.kill('SIGKILL');
  }
}

/**
 * One line of `perf stat -I -x,` (perf-stat(1), CSV FORMAT): time, value, unit, event, and more that is not needed.
 * Instead of the value may stand `<not counted>` or `<not supported>`. Null where it is another line.
 */
export function parseCount(line: string): PerfCount | null {
  const match = /^\s*(\d+\.\d+),(?:(\d+(?:\.\d+)?)|<[\w ]+>),\w*,(power\/[\w-]+\/),/.exec(line);
  const [, end, joules, event] = match ?? [];
  if (event === undefined) return null;
  return { endSeconds: Number(end), energyJoules: joules === undefined ? null : Number(joules), event };
}

/** Which of the events perf counts, or in its words why it counts none. */
export function tryPerf(
  program: string,
  events: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ReadonlySet<string> | string> {
  return new Promise((resolve) => {
    const told = new Map<string, boolean>();
    const end = (problem: string) => {
      clearTimeout(timer);
      perf.stop();
      const counted = [...told].filter(([, isCounted]) => isCounted).map(([event]) => event);
      resolve(counted.length > 0 ? new Set(counted) : problem);
    };
    const timer = setTimeout(() => end(t('no answer')), TRY_MILLIS);
    const onCount = ({ event, energyJoules }: PerfCount) => {
      told.set(event, energyJoules !== null);
      if (told.size === events.length) end(t('it counts none of them'));
    };
    const perf = new PerfStat(program, events, TRY_INTERVAL_MILLIS, environment, onCount, (words) =>
      end(words.split('\n').find((line) => /[^\s:]/.test(line.replace(/^Error:/, ''))) ?? t('it ended')),
    );
  });
}
