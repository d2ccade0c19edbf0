import { monotonicSeconds } from '../../metering/clock.ts';
import type { Reading } from '../sensor.ts';

/**
 * The last reading of each channel of a stream. A sampler may look more often than the stream tells; then the last
 * readings are given again with their own times, so that the source does not count as silent and nothing is counted
 * twice.
 */
export class LastReadings<R extends Reading> {
  readonly #freshSeconds: number;
  readonly #last = new Map<string, R>();

  /** @param freshSeconds after which a reading is not given again: a few of the stream's own periods */
  constructor(freshSeconds: number) {
    this.#freshSeconds = freshSeconds;
  }

  /** The news, and before them the last readings of the channels that told nothing new. */
  with(news: readonly R[]): readonly R[] {
    const told = new Set(news.map(({ channel }) => channel));
    const oldest = monotonicSeconds() - this.#freshSeconds;
    const again = [...this.#last.values()].filter(
      ({ channel, timeSeconds }) => !told.has(channel) && timeSeconds >= oldest,
    );
    for (const reading of news) this.#last.set(reading.channel, reading);
    return [...again, ...news];
  }

  clear(): void {
    this.#last.clear();
  }
}
