import { monotonicSeconds } from '../../metering/clock.ts';
import { PerfStat, type PerfCount } from './perfStat.ts';

/** A sum of what an event has used, at a moment. */
export interface PerfSum {
  readonly event: string;
  /** Monotonic seconds, see `metering/clock.ts`. */
  readonly timeSeconds: number;
  /** Since perf was started; a perf that was started again begins at zero. */
  readonly energyJoules: number;
}

export interface PerfCountersOptions {
  readonly program: string;
  readonly events: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly intervalMillis: number;
  /** A perf that ended by itself is started again after so long. */
  readonly restartSeconds: number;
}

/** Makes counters of what `perf stat` tells for each interval, and keeps it running. */
export class PerfCounters {
  readonly #options: PerfCountersOptions;
  #perf: PerfStat | null = null;
  #startSeconds: number | null = null;
  #nextStartSeconds = 0;
  #isRestart = false;
  readonly #sums = new Map<string, number>();
  #arrived: PerfSum[] = [];
  #onArrival: () => void = () => {};

  constructor(options: PerfCountersOptions) {
    this.#options = options;
  }

  /** What has come since the last call, in the order of time; where perf has just been started, its first counts. */
  async take(patienceMillis: number): Promise<readonly PerfSum[]> {
    if (this.#perf === null && monotonicSeconds() >= this.#nextStartSeconds) {
      this.#start();
      await this.#firstCounts(patienceMillis);
    }
    const arrived = this.#arrived;
    this.#arrived = [];
    return arrived;
  }

  stop(): void {
    this.#perf?.stop();
    this.#perf = null;
    this.#arrived = [];
    this.#nextStartSeconds = 0;
    this.#onArrival();
  }

  #start(): void {
    const { program, events, intervalMillis, environment } = this.#options;
    const end = () => {
      this.#perf = null;
      this.#nextStartSeconds = monotonicSeconds() + this.#options.restartSeconds;
      this.#onArrival();
    };
    this.#isRestart ||= this.#sums.size > 0;
    this.#sums.clear();
    this.#startSeconds = null;
    const keep = (count: PerfCount) => this.#keep(count);
    this.#perf = new PerfStat(program, events, intervalMillis, environment, keep, end);
  }

  /** perf's times count from its own start on, which is known when its first line comes. */
  #keep({ endSeconds, event, energyJoules }: PerfCount): void {
    if (energyJoules === null) return;
    this.#startSeconds ??= monotonicSeconds() - endSeconds;
    const before = this.#sums.get(event);
    // the meter is to see that the counter was reset, even if it rose further since
    if (before === undefined && this.#isRestart)
      this.#arrived.push({ event, timeSeconds: this.#startSeconds, energyJoules: 0 });
    const sum = (before ?? 0) + energyJoules;
    this.#sums.set(event, sum);
    this.#arrived.push({ event, timeSeconds: this.#startSeconds + endSeconds, energyJoules: sum });
    if (this.#sums.size === this.#options.events.length) this.#onArrival();
  }

  #firstCounts(patienceMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patienceMillis);
      this.#onArrival = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
