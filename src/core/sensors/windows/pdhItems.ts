/** The raw value of one instance of a performance counter. */
export interface RawItem {
  readonly instance: string;
  readonly value: number;
}

/** `PDH_CSTATUS_VALID_DATA` and `PDH_CSTATUS_NEW_DATA` (pdhmsg.h). */
const GOOD = [0, 1];

/**
 * `PDH_RAW_COUNTER_ITEM_W` (pdh.h) in 64 bits: a pointer to the name, then `PDH_RAW_COUNTER`: status (32 bits), time
 * (a FILETIME, two times 32), the first and the second value (64 each, aligned), and a count.
 */
const ITEM_BYTES = 48;
const STATUS_AT = 8;
const FIRST_VALUE_AT = 24;

/** Counters' instances have short names. */
const MOST_NAME_BYTES = 1024;

/**
 * Takes apart what PdhGetRawCounterArrayW has filled a buffer with: `count` items, and after them their names, to
 * which the items point. Items that have no good value, and what points elsewhere, are left out.
 *
 * @param address where the buffer lies in memory
 */
export function rawItems(buffer: Buffer, address: bigint, count: number): readonly RawItem[] {
  const items: RawItem[] = [];
  const end = Math.min(count * ITEM_BYTES, buffer.length - ITEM_BYTES + 1);
  for (let at = 0; at < end; at += ITEM_BYTES) {
    const instance = nameAt(buffer, Number(buffer.readBigUInt64LE(at) - address));
    if (instance === null || !GOOD.includes(buffer.readUInt32LE(at + STATUS_AT))) continue;
    items.push({ instance, value: Number(buffer.readBigInt64LE(at + FIRST_VALUE_AT)) });
  }
  return items;
}

/** UTF-16 up to a zero; null where it does not lie in the buffer. */
function nameAt(buffer: Buffer, offset: number): string | null {
  if (!(offset >= 0 && offset < buffer.length)) return null;
  const last = Math.min(buffer.length, offset + MOST_NAME_BYTES);
  for (let at = offset; at + 1 < last; at += 2)
    if (buffer.readUInt16LE(at) === 0) return buffer.toString('utf16le', offset, at);
  return null;
}
