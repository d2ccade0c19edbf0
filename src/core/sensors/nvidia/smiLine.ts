import { monotonicSeconds } from '../../metering/clock.ts';
import { gpuName, uuidOf } from './gpuName.ts';

/** Columns that drivers before 530 lack, so that their nvidia-smi refuses the whole question. */
const NEW_COLUMNS = ['power.draw.instant', 'mig.mode.current'] as const;

/** The name comes last, for it may have commas in it. */
const COLUMNS = ['timestamp', 'index', 'uuid', 'power.draw', 'utilization.gpu', 'name'] as const;

export const LONG_COLUMNS: readonly string[] = [...NEW_COLUMNS, ...COLUMNS];
export const SHORT_COLUMNS: readonly string[] = COLUMNS;

/** Who computes where: one line for each. */
export const PROCESS_COLUMNS: readonly string[] = ['timestamp', 'gpu_uuid', 'pid'];

/** A line that is older has been kept up by something else than this process. */
const MOST_LATE_SECONDS = 10;

/** What nvidia-smi tells of one GPU at one moment. */
export interface SmiGpu {
  readonly timeSeconds: number;
  readonly index: number;
  readonly uuid: string | null;
  /** Names it, the same after a restart. */
  readonly id: string;
  readonly name: string;
  readonly model: string;
  /** Null where it is not told. */
  readonly powerWatts: number | null;
  readonly busyShare: number | null;
  readonly hasMig: boolean;
}

/**
 * Reads a line of `--format=csv,noheader,nounits`; null where it is none. What a GPU does not tell stands there as a
 * text in brackets: `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[GPU requires reset]`.
 */
export function parseGpu(line: string, columns: readonly string[]): SmiGpu | null {
  const words = line.trim().split(', ');
  if (words.length < columns.length) return null;
  const word = (column: string) => words[columns.indexOf(column)] ?? '';
  const index = /^\d{1,3}$/.test(word('index')) ? Number(word('index')) : null;
  const timeSeconds = monotonicOf(word('timestamp'));
  if (index === null || timeSeconds === null) return null;
  const uuid = uuidOf(word('uuid'));
  const percent = number(word('utilization.gpu'));
  const model = words.slice(columns.indexOf('name')).join(', ');
  return {
    ...{ timeSeconds, index, uuid, id: uuid ?? String(index) },
    ...{ model, name: gpuName(model, index) },
    // before Ampere and on the A100 they are the same; since, the usual one is the mean over a second
    powerWatts: number(word('power.draw.instant')) ?? number(word('power.draw')),
    busyShare: percent !== null && percent <= 100 ? percent / 100 : null,
    hasMig: word('mig.mode.current') === 'Enabled',
  };
}

/** A process on a GPU, at a moment. */
export interface SmiProcess {
  readonly timeSeconds: number;
  readonly gpuUuid: string;
  readonly pid: number;
}

export function parseProcess(line: string): SmiProcess | null {
  const [timestamp = '', gpuUuid = '', pid = ''] = line.trim().split(', ');
  const timeSeconds = monotonicOf(timestamp);
  if (timeSeconds === null || uuidOf(gpuUuid) === null || !/^\d{1,10}$/.test(pid)) return null;
  return { timeSeconds, gpuUuid, pid: Number(pid) };
}

function number(word: string): number | null {
  return /^\d{1,7}(\.\d{1,6})?$/.test(word) ? Number(word) : null;
}

/**
 * The monotonic time of a time of day, `2026/08/21 12:34:56.789`: lines may have waited to be read. A time that cannot
 * be, as after the clock was set, counts as now.
 */
function monotonicOf(timestamp: string): number | null {
  const parts = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})$/
    .exec(timestamp)
    ?.slice(1)
    .map(Number);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millis = 0] = parts;
  const saidMillis = new Date(year, month - 1, day, hour, minute, second, millis).getTime();
  const lateSeconds = (Date.now() - saidMillis) / 1000;
  const now = monotonicSeconds();
  return lateSeconds > 0 && lateSeconds < MOST_LATE_SECONDS ? now - lateSeconds : now;
}
