import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { ExpansionGuard, type RangeReader, unzip } from '#adapters/file-lane/core/file/decompress.ts';
import { FileFault } from '#adapters/file-lane/core/file/file-fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { faultOf } from './fault-of.ts';
import { collect } from './pieces.ts';
import { type ZipOptions, type ZipPart, zipOf } from './zip-of.ts';

/** Reads from memory as an object store does: a range beyond the end is an error. */
class Archive implements RangeReader {
  readonly size: number;
  readonly reads: (readonly [number, number])[] = [];
  closed = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  async *read(start: number, end: number): AsyncGenerator<Uint8Array> {
    this.reads.push([start, end]);
    if (start < 0 || start >= end || end > this.size) throw new Error(`InvalidRange ${start}-${end}`);
    try {
      for (let at = start; at < end; at += 700) yield this.#bytes.subarray(at, Math.min(end, at + 700));
    } finally {
      this.closed++;
    }
  }
}

const text = 'order_no,quantity\n' + 'A-1,2\n'.repeat(500);
const csv: ZipPart = { name: 'orders.csv', content: text };
const archive = (parts: readonly ZipPart[], options?: ZipOptions) => new Archive(zipOf(parts, options));
const unzipped = async (reader: RangeReader) => (await collect(unzip(reader))).toString();
const refusal = (parts: readonly ZipPart[], options?: ZipOptions) => faultOf(unzip(archive(parts, options)));

describe('a zip archive', () => {
  it.each<[string, readonly ZipPart[], ZipOptions?]>([
    ['deflated', [csv]],
    ['stored', [{ ...csv, method: 0 }]],
    ['in zip64 form', [{ ...csv, zip64: true }]],
    ['with a comment', [csv], { comment: 'made by hand' }],
    [
      'in a folder',
      [
        { name: 'out/', method: 0 },
        { ...csv, name: 'out/orders.csv' },
      ],
    ],
    [
      'in a Windows folder',
      [
        { name: 'out\\', method: 0 },
        { ...csv, name: 'out\\orders.csv' },
      ],
    ],
    ['beside what macOS adds', [csv, { name: '__MACOSX/._orders.csv', content: 'x' }]],
    ['under a name that climbs, which is never used', [{ ...csv, name: '../../etc/passwd' }]],
  ])('gives its one file: %s', async (_form, parts, options = {}) => {
    expect(await unzipped(archive(parts, options))).toBe(text);
  });

  it('gives any content, stored or deflated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3_000 }),
        fc.constantFrom(0, 8),
        fc.boolean(),
        async (content, method, zip64) => {
          const reader = archive([{ name: 'a', content, method, zip64 }]);
          expect(await collect(unzip(reader))).toEqual(Buffer.from(content));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('costs a read of its end and one of its file, when that is all there is', async () => {
    const reader = archive([{ name: 'big', content: Buffer.alloc(200_000, 'x'), method: 0 }]);
    await collect(unzip(reader));
    expect(reader.reads.length).toBe(3);
    expect(reader.closed).toBe(3);
  });

  it.each<[string, readonly ZipPart[], string]>([
    ['none', [], 'it holds no file'],
    ['only a folder', [{ name: 'out/', method: 0 }], 'it holds no file'],
    ['two', [csv, { ...csv, name: 'b.csv' }], 'it holds more than one file'],
    [
      'one that hides in a folder’s name',
      [csv, { name: 'x/', content: 'hidden' }],
      'it holds more than one file',
    ],
  ])('must hold one file, not %s', async (_count, parts, detail) => {
    const fault = await refusal(parts);
    expect(fault.code).toBe('ARCHIVE_NOT_ONE_FILE');
    expect(fault.detail).toBe(detail);
  });

  it('is not searched for ever', async () => {
    const folders = Array.from({ length: 200 }, (_, n) => ({ name: `${n}/`, method: 0 }));
    expect((await refusal([...folders, csv])).detail).toBe('it holds more than 100 entries');
  });

  it.each<[string, readonly ZipPart[], ZipOptions | undefined, string]>([
    ['is encrypted', [{ ...csv, flags: 1 }], undefined, 'its file is encrypted'],
    ['is strongly encrypted', [{ ...csv, flags: 0x41 }], undefined, 'strong encryption is not supported'],
    ['is compressed in another way', [{ ...csv, method: 9 }], undefined, 'by method 9'],
    ['has a wrong checksum', [{ ...csv, crc: 1 }], undefined, 'does not match its CRC-32'],
    ['has a wrong checksum, stored', [{ ...csv, method: 0, crc: 1 }], undefined, 'does not match its CRC-32'],
    [
      'holds less than it declares',
      [{ ...csv, declaredBytes: text.length + 1 }],
      undefined,
      'where it declares',
    ],
    ['holds no deflate', [{ ...csv, compressed: Buffer.from('no deflate') }], undefined, 'invalid'],
    [
      'goes on after its data',
      [{ ...csv, compressed: Buffer.concat([deflateRawSync(text), Buffer.from('x')]) }],
      undefined,
      'bytes follow the end',
    ],
    [
      'ends within its data',
      [{ ...csv, compressed: deflateRawSync(text).subarray(0, 20) }],
      undefined,
      'unexpected end of file',
    ],
    [
      'holds more files than it declares',
      [csv, { ...csv, name: 'b.csv' }],
      { declaredEntries: 1 },
      'more files than it declares',
    ],
    ['declares more files than it holds', [csv], { declaredEntries: 2 }, 'beyond its end'],
    ['has its directory elsewhere', [csv], { directoryShift: 1 }, 'invalid central directory'],
  ])('is broken when it %s', async (_flaw, parts, options, detail) => {
    const fault = await refusal(parts, options);
    expect(fault.code).toBe('BROKEN_ARCHIVE');
    expect(fault.detail).toContain(detail);
  });

  it('is broken when its file reaches into its directory', async () => {
    const zip = zipOf([{ ...csv, method: 0 }]);
    const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    zip.writeUInt32LE(text.length + 20, directory + 20);
    zip.writeUInt32LE(text.length + 20, directory + 24);
    expect((await faultOf(unzip(new Archive(zip)))).detail).toBe('its file overlaps its directory');
  });

  it('is broken when it is cut at any byte', async () => {
    const zip = zipOf([{ name: 'a.csv', content: 'a;b\n1;2\n' }]);
    for (let length = 0; length < zip.length; length++) {
      const fault = await faultOf(unzip(new Archive(zip.subarray(0, length))));
      expect([length, fault.code]).toEqual([length, 'BROKEN_ARCHIVE']);
    }
  });

  it('gives its content or a fault, whatever byte is changed', async () => {
    for (const zip64 of [false, true]) {
      const zip = zipOf([{ name: 'a.csv', content: 'a;b\n1;2\n', zip64 }]);
      for (let at = 0; at < zip.length; at++) {
        for (const value of [0x00, 0xff, zip[at]! ^ 1]) {
          const changed = Buffer.from(zip);
          changed[at] = value;
          const end = await unzipped(new Archive(changed)).catch((reason: unknown) => reason);
          expect(end instanceof FileFault || end === 'a;b\n1;2\n' ? 'right' : { at, value, end }).toBe(
            'right',
          );
        }
      }
    }
  });
});

describe('a zip bomb', () => {
  const zeros = deflateRawSync(Buffer.alloc(30 * 1_048_576));

  it('is refused by what it declares, before its content is read', async () => {
    const reader = archive([{ name: 'bomb', compressed: zeros, declaredBytes: 30 * 1_048_576 }]);
    expect((await faultOf(unzip(reader))).code).toBe('EXPANDS_TOO_MUCH');
    expect(reader.reads.length).toBe(1);
  });

  it('is stopped at what it declares, when that is a lie', async () => {
    const reader = archive([{ name: 'bomb', compressed: zeros, declaredBytes: 100 }]);
    const fault = await faultOf(unzip(reader));
    expect(fault.code).toBe('EXPANDS_TOO_MUCH');
    expect(fault.detail).toBe('expands beyond the 100 bytes that it declares');
    expect(reader.closed).toBe(reader.reads.length);
  });

  it('is a file too large when it stays below the ratio', async () => {
    const bounds = { ...limits, fileBytesMax: text.length - 1 };
    const reader = archive([csv]);
    const fault = await faultOf(unzip(reader, new ExpansionGuard(reader.size, bounds)));
    expect(fault.code).toBe('FILE_TOO_LARGE');
  });
});

describe('reading a zip archive', () => {
  it('lets the reader’s own errors through unchanged, at every read', async () => {
    const zip = zipOf([{ name: 'a.csv', content: Buffer.alloc(100_000, 'x'), method: 0 }]);
    for (const failing of [0, 1, 2]) {
      const failure = new Error('ObjectGone');
      const reader = new Archive(zip);
      const read = (start: number, end: number) => {
        if (reader.reads.length === failing) throw failure;
        return reader.read(start, end);
      };
      await expect(collect(unzip({ size: zip.length, read }))).rejects.toBe(failure);
    }
  });

  it('takes a short read for what it is, no fault of the file', async () => {
    const zip = zipOf([csv]);
    const reader = new Archive(zip);
    const read = (start: number, end: number) => reader.read(start, end - 1);
    await expect(collect(unzip({ size: zip.length, read }))).rejects.toThrow('of the range');
  });

  it('closes its reader when it is left early', async () => {
    const reader = archive([{ name: 'a', content: Buffer.alloc(900_000, 'abc') }]);
    for await (const _ of unzip(reader)) break;
    expect(reader.closed).toBe(reader.reads.length);
  });
});
