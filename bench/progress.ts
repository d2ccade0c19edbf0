/** How well and how fast progress is read from terminal output: the recorded trainings, and 200 MB made of them. */
import { setImmediate as scheduleImmediate } from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import { judge } from '../test/corpus/judge.ts';
import { entries, readRecording, type Entry } from '../test/corpus/recordings.ts';
import { ProgressReader } from '../src/core/progress/reader.ts';
import { inSlices } from '../src/core/progress/slices.ts';
import type { Report, Section } from './report.ts';

const MEGABYTES = 200;
/** Output comes from a terminal in pieces of such a size at most: VS Code's pty host gathers that much. */
const CHUNK_CHARACTERS = 65_536;

/** How often its memory is looked at, which takes time itself. */
const CHUNKS_A_LOOK = 8;

const LEAST_MEGABYTES_PER_SECOND = 50;
const MOST_TURN_MILLIS = 10;
/** What garbage waits for its collection and what a reader keeps. Engineering judgement: nothing that grows with the output. */
const MOST_GROWTH_MEGABYTES = 64;
const LEAST_SHARE: Readonly<Record<Entry['set'], number>> = { develop: 0.98, 'held-out': 0.95 };

/** What was measured, and what it should have been. */
interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly asked: string;
  readonly isMet: boolean;
}

export const progress: Section = {
  name: 'progress',
  title: 'Progress from terminal output',
  async run(): Promise<Report> {
    const figures = [...corpusFigures(), ...(await speedFigures())];
    return {
      tables: [
        {
          title: 'Read right and fast',
          head: ['', 'measured', 'asked'],
          rows: figures.map(({ what, measured, asked }) => [what, measured, asked]),
        },
      ],
      remarks: [
        'A recording is read right when each epoch and step that its training wrote down is found within one redraw, and nothing else (test/corpus/evaluate.ts).',
        `Speed: ${MEGABYTES} MB (UTF-8) made by repeating the develop recordings’ output, in chunks of ${CHUNK_CHARACTERS / 1024} Ki characters, one reader for all of it, in one thread.`,
      ],
      missed: figures
        .filter(({ isMet }) => !isMet)
        .map(({ what, measured, asked }) => `${what}: ${measured}, ${asked} asked`),
    };
  },
};

function corpusFigures(): readonly Figure[] {
  return (['develop', 'held-out'] as const).map((set) => {
    const all = entries(set);
    const right = all.filter((entry) => judge(readRecording(entry)).length === 0).length;
    const share = right / all.length;
    return {
      what: `recordings read right, ${set}`,
      measured: `${right} of ${all.length} (${(100 * share).toFixed(1)} %)`,
      asked: `${100 * LEAST_SHARE[set]} %`,
      isMet: share >= LEAST_SHARE[set],
    };
  });
}

async function speedFigures(): Promise<readonly Figure[]> {
  const mix = entries('develop')
    .flatMap((entry) => readRecording(entry).chunks.map(({ text }) => text))
    .join('');
  const bytesOfMix = Buffer.byteLength(mix);
  const chunks = chunksOf(mix);
  await readAll(chunks, 0.05 * MEGABYTES * 1e6, bytesOfMix); // compiled by then
  const { seconds, longestTurnMillis, growthMegabytes } = await readAll(chunks, MEGABYTES * 1e6, bytesOfMix);
  const speed = MEGABYTES / seconds;
  return [
    {
      what: `speed over ${MEGABYTES} MB`,
      measured: `${speed.toFixed(0)} MB/s`,
      asked: `${LEAST_MEGABYTES_PER_SECOND} MB/s`,
      isMet: speed >= LEAST_MEGABYTES_PER_SECOND,
    },
    {
      what: 'longest turn of the event loop',
      measured: `${longestTurnMillis.toFixed(1)} ms`,
      asked: `${MOST_TURN_MILLIS} ms`,
      isMet: longestTurnMillis <= MOST_TURN_MILLIS,
    },
    {
      what: 'growth of the memory at its peak',
      measured: `${growthMegabytes.toFixed(0)} MB`,
      asked: `${MOST_GROWTH_MEGABYTES} MB`,
      isMet: growthMegabytes <= MOST_GROWTH_MEGABYTES,
    },
  ];
}

function chunksOf(text: string): readonly string[] {
  const count = Math.ceil(text.length / CHUNK_CHARACTERS);
  return Array.from({ length: count }, (_, at) =>
    text.slice(at * CHUNK_CHARACTERS, (at + 1) * CHUNK_CHARACTERS),
  );
}

/** Reads chunks over and over until so many bytes are read, each chunk in a turn of the event loop of its own. */
async function readAll(chunks: readonly string[], bytes: number, bytesOfAll: number) {
  const reader = new ProgressReader({});
  const turns = new Turns();
  const before = process.memoryUsage.rss();
  let peak = before;
  const start = performance.now();
  const rounds = (bytes / bytesOfAll) * chunks.length;
  for (let at = 0; at < rounds; at++) {
    await inSlices(chunks[at % chunks.length] ?? '', (slice) => {
      reader.feed(slice);
      turns.look();
    });
    if (at % CHUNKS_A_LOOK === 0) peak = Math.max(peak, process.memoryUsage.rss());
    await setImmediate();
  }
  const seconds = (performance.now() - start) / 1000;
  turns.stop();
  return { seconds, longestTurnMillis: turns.longestMillis, growthMegabytes: (peak - before) / 1e6 };
}

/** How long the event loop is kept from other work. */
class Turns {
  longestMillis = 0;
  #since = performance.now();
  #next = scheduleImmediate(() => this.#begin());

  look(): void {
    this.longestMillis = Math.max(this.longestMillis, performance.now() - this.#since);
  }

  stop(): void {
    clearImmediate(this.#next);
  }

  #begin(): void {
    this.#since = performance.now();
    this.#next = scheduleImmediate(() => this.#begin());
  }
}
