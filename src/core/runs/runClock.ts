import { monotonicSeconds } from '../metering/clock.ts';

/** The last sample of a run waits no longer for its sensors. */
const MOST_SECONDS_FROM_LAST_LOOK = 2;

/** A run's times, in seconds since it started: how long it goes on, how long of that it worked, how far it is sampled. */
export class RunClock {
  #startSeconds: number;
  #endSeconds: number | null = null;
  #pausedSeconds: number;
  #pausedSince: number | null = null;
  #sampledSeconds = 0;
  #sampleSeconds = 0;

  /**
   * @param startSeconds monotonic
   * @param pausedSeconds how long the run stood still before this clock was made
   */
  constructor(startSeconds: number, pausedSeconds: number) {
    this.#startSeconds = startSeconds;
    this.#pausedSeconds = pausedSeconds;
  }

  /** Monotonic seconds. */
  get startSeconds(): number {
    return this.#startSeconds;
  }

  get isPaused(): boolean {
    return this.#pausedSince !== null;
  }

  get isStopped(): boolean {
    return this.#endSeconds !== null;
  }

  /** How long the last sample took; 0 before the first. */
  get sampleSeconds(): number {
    return this.#sampleSeconds;
  }

  /** Moves the start. @param seconds monotonic @returns by how many seconds */
  startAt(seconds: number): number {
    const later = seconds - this.#startSeconds;
    this.#startSeconds = seconds;
    return later;
  }

  /** @param endSeconds of the newest sample, monotonic */
  sampled(endSeconds: number, durationSeconds: number): void {
    this.#sampledSeconds = endSeconds - this.#startSeconds;
    this.#sampleSeconds = durationSeconds;
  }

  /** @returns whether that is new */
  setPaused(isPaused: boolean): boolean {
    if (isPaused === this.isPaused) return false;
    this.#pausedSeconds = this.pausedSeconds();
    this.#pausedSince = isPaused ? monotonicSeconds() : null;
    return true;
  }

  /** A run ends with its last sample, which is taken at its end; where that brought nothing, now. */
  stop(): void {
    const seconds = this.seconds();
    const isSampled = seconds - this.#sampledSeconds < MOST_SECONDS_FROM_LAST_LOOK;
    this.#endSeconds ??= this.#startSeconds + (isSampled ? this.#sampledSeconds : seconds);
  }

  seconds(): number {
    return (this.#endSeconds ?? monotonicSeconds()) - this.#startSeconds;
  }

  pausedSeconds(): number {
    return this.#pausedSeconds + (this.#pausedSince === null ? 0 : monotonicSeconds() - this.#pausedSince);
  }

  /** Without the time for which it was paused. */
  activeSeconds(): number {
    return this.seconds() - this.pausedSeconds();
  }

  /** Since the last sample, but no longer than that one took: what lies further back may be anything. */
  unsampledSeconds(): number {
    return Math.min(Math.max(0, this.seconds() - this.#sampledSeconds), this.#sampleSeconds);
  }
}
