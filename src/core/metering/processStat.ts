/** Linux counts CPU time and start times in ticks of 1/100 s, on every architecture that Node runs on (man 5 proc). */
export const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** One process as /proc/PID/stat tells it (man 5 proc_pid_stat). */
export interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  readonly sessionId: number;
  readonly state: string;
  /** Seconds after boot. With the pid this names a process for ever. */
  readonly startSeconds: number;
  /** CPU seconds of the process itself. */
  readonly ownCpuSeconds: number;
  /** CPU seconds of its children that ended and were waited for. */
  readonly childrenCpuSeconds: number;
  readonly residentBytes: number;
}

const SPACE = 0x20;
const NAME_END = 0x29;
const ZERO = 0x30;

/** Where the fields that are read stand behind the name, from 0. */
const LAST_FIELD = 21;
const fields = new Float64Array(LAST_FIELD + 1);

/** Takes the line apart byte by byte, without a string for each of its 52 fields. Null where it is no such line. */
export function parseStat(pid: number, bytes: Uint8Array, length: number): ProcessStat | null {
  // the second field, the name, stands in parentheses and may hold spaces and parentheses itself
  const stateAt = bytes.subarray(0, length).lastIndexOf(NAME_END) + 2;
  if (stateAt < 2 || !readFields(bytes, stateAt, length)) return null;
  const ticks = (index: number) => fields[index] ?? NaN;
  return {
    pid,
    state: String.fromCharCode(bytes[stateAt] ?? SPACE),
    parentPid: ticks(1),
    sessionId: ticks(3),
    ownCpuSeconds: ticks(11) / TICKS_PER_SECOND + ticks(12) / TICKS_PER_SECOND,
    childrenCpuSeconds: ticks(13) / TICKS_PER_SECOND + ticks(14) / TICKS_PER_SECOND,
    startSeconds: ticks(19) / TICKS_PER_SECOND,
    residentBytes: ticks(LAST_FIELD) * PAGE_BYTES,
  };
}

/** Fills `fields` with the numbers from a byte on. @returns whether all were there */
function readFields(bytes: Uint8Array, from: number, length: number): boolean {
  let field = 0;
  let value = 0;
  for (let at = from; at < length; at++) {
    const digit = (bytes[at] ?? SPACE) - ZERO;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    if (digit !== SPACE - ZERO) continue;
    fields[field] = value;
    if (field === LAST_FIELD) return true;
    field += 1;
    value = 0;
  }
  return false;
}
