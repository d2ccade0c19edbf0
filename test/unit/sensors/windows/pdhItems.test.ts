import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rawItems } from '../../../../src/core/sensors/windows/pdhItems.ts';

describe('Items of a performance counter', () => {
  const ADDRESS = 0x7ff6_1234_5000n;

  /** One item as PdhGetRawCounterArrayW lays it out, and its name after it. */
  function item(name: string, status: number, value: bigint, pointer = ADDRESS + 48n): Buffer {
    const head = Buffer.alloc(48, 0xee);
    head.writeBigUInt64LE(pointer, 0);
    head.writeUInt32LE(status, 8);
    head.writeBigInt64LE(value, 24);
    return Buffer.concat([head, Buffer.from(`${name}\0`, 'utf16le')]);
  }

  it('have their names and first values', () => {
    assert.deepEqual(rawItems(item('RAPL_Package0_PKG', 0, 2_200_000_000_000_000n), ADDRESS, 1), [
      { instance: 'RAPL_Package0_PKG', value: 2.2e15 },
    ]);
    assert.equal(rawItems(item('Prozessor_Ω', 1, 5n), ADDRESS, 1)[0]?.instance, 'Prozessor_Ω');
  });

  it('are left out where their value is not good', () => {
    assert.deepEqual(rawItems(item('RAPL_Package0_PKG', 0xc0000bba, 5n), ADDRESS, 1), []);
  });

  it('are left out where their name lies elsewhere or has no end', () => {
    for (const pointer of [0n, ADDRESS - 1n, ADDRESS + 5000n, 2n ** 64n - 1n])
      assert.deepEqual(rawItems(item('A', 0, 5n, pointer), ADDRESS, 1), []);
    assert.deepEqual(rawItems(item('endless', 0, 5n).subarray(0, -2), ADDRESS, 1), []);
  });

  it('are never more than fit into the buffer, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.nat({ max: 2 ** 32 - 1 }),
        fc.boolean(),
        (bytes, count, pointsIntoItself) => {
          const buffer = Buffer.from(bytes);
          if (pointsIntoItself && buffer.length >= 8) buffer.writeBigUInt64LE(ADDRESS + 8n, 0);
          assert(rawItems(buffer, ADDRESS, count).length <= Math.min(count, buffer.length / 48));
        },
      ),
      { numRuns: 300 },
    );
  });
});
