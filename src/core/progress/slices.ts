import { setImmediate } from 'node:timers/promises';

/** Read in one go: under a millisecond of work for most output. Engineering judgement. */
const SLICE_CHARACTERS = 32_768;

/** So long other work waits at most. Engineering judgement: half of what a frame of 60 a second may take is 8 ms. */
const TURN_MILLIS = 5;

/** Hands a chunk on in slices, and lets other work go between them. */
export async function inSlices(chunk: string, take: (slice: string) => void): Promise<void> {
  let since = performance.now();
  for (let at = 0; at < chunk.length; at += SLICE_CHARACTERS) {
    take(chunk.slice(at, at + SLICE_CHARACTERS));
    if (at + SLICE_CHARACTERS < chunk.length && performance.now() - since > TURN_MILLIS) {
      await setImmediate();
      since = performance.now();
    }
  }
}
