import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ExpansionGuard, gunzip } from '#adapters/file-lane/core/file/decompress.ts';
import { limits } from '#shared/contract/limits.ts';
import { faultOf } from './fault-of.ts';
import { anyCuts, collect, inPieces, Source } from './pieces.ts';

const guardOf = (bytes: Uint8Array) => new ExpansionGuard(bytes.length);
const gunzipped = (bytes: Uint8Array, cuts: readonly number[] = []) =>
  gunzip(inPieces(bytes, cuts), guardOf(bytes));

const text = 'order_no,quantity\n' + 'A-1,2\n'.repeat(50);
const small = gzipSync(text);

describe('a gzip file', () => {
  it('gives its content, whatever its pieces and members', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array(), { minLength: 1, maxLength: 4 }),
        anyCuts,
        async (members, cuts) => {
          const file = Buffer.concat(members.map(member => gzipSync(member)));
          expect(await collect(gunzipped(file, cuts))).toEqual(Buffer.concat(members));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is broken when it is cut at any byte', async () => {
    for (let length = 0; length < small.length; length++) {
      for (const cuts of [[], [length - 1]]) {
        const fault = await faultOf(
          gunzipped(
            small.subarray(0, length),
            cuts.filter(cut => cut > 0),
          ),
        );
        expect([length, fault.code]).toEqual([length, 'BROKEN_ARCHIVE']);
      }
    }
  });

  it('is broken when its second member is cut', async () => {
    const two = Buffer.concat([small, gzipSync('more')]);
    for (let length = small.length + 1; length < two.length; length++) {
      expect((await faultOf(gunzipped(two.subarray(0, length)))).code).toBe('BROKEN_ARCHIVE');
    }
  });

  it('is broken when anything follows its end, in whatever piece', async () => {
    for (const rest of ['x', 'junk', '\0', '\0\0\0\0junk', '\x1f', '\x1f\x8bjunk']) {
      const file = Buffer.concat([small, Buffer.from(rest, 'latin1')]);
      for (const cuts of [[], [small.length], [small.length - 3, small.length + 1]]) {
        expect((await faultOf(gunzipped(file, cuts))).code).toBe('BROKEN_ARCHIVE');
      }
    }
  });

  it('is broken when its content or checksum was changed', async () => {
    for (let at = 10; at < small.length; at++) {
      const changed = Buffer.from(small);
      changed[at]! ^= 0x10;
      expect((await faultOf(gunzipped(changed))).code).toBe('BROKEN_ARCHIVE');
    }
  });

  it('is broken when it is no gzip at all', async () => {
    expect((await faultOf(gunzipped(Buffer.from('order_no,quantity\n')))).code).toBe('BROKEN_ARCHIVE');
  });
});

describe('a gzip bomb', () => {
  it('of 1 GB of zeros is stopped, its source closed, long before its end', async () => {
    const megabyte = gzipSync(Buffer.alloc(1_048_576));
    const bomb = new Source(Array.from({ length: 1_024 }, () => megabyte));
    const bounds = { ...limits, expansionRatioMax: 20 };
    const fault = await faultOf(gunzip(bomb, new ExpansionGuard(1_024 * megabyte.length, bounds)));
    expect(fault.code).toBe('EXPANDS_TOO_MUCH');
    expect(fault.class).toBe('SECURITY_CONFIGURATION_FAILURE');
    expect(bomb.given).toBeLessThan((1_024 * megabyte.length) / 10);
    expect(bomb.closed).toBe(true);
  });

  it('is not seen in a small file that compresses well', async () => {
    const zeros = gzipSync(Buffer.alloc(limits.expansionBytesMin));
    expect((await collect(gunzipped(zeros))).length).toBe(limits.expansionBytesMin);
    const more = gzipSync(Buffer.alloc(limits.expansionBytesMin + 1));
    expect((await faultOf(gunzipped(more))).code).toBe('EXPANDS_TOO_MUCH');
  });

  it('is a file too large when it stays below the ratio', async () => {
    const bounds = { fileBytesMax: text.length - 1, expansionRatioMax: 1_000, expansionBytesMin: 0 };
    const fault = await faultOf(gunzip(inPieces(small), new ExpansionGuard(small.length, bounds)));
    expect(fault.code).toBe('FILE_TOO_LARGE');
    expect(fault.detail).toBe(`expands to more than ${text.length - 1} bytes`);
  });
});

describe('reading a gzip file', () => {
  it('lets the source’s own errors through unchanged, wherever they come', async () => {
    for (const given of [[], [small.subarray(0, 15)], [small], [small, small.subarray(0, 3)]]) {
      const failure = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      const source = new Source(given, failure);
      await expect(collect(gunzip(source, guardOf(small)))).rejects.toBe(failure);
      expect(source.closed).toBe(true);
    }
  });

  it('takes even an error that looks like zlib’s from the source for the source’s', async () => {
    const failure = Object.assign(new Error('upstream'), { code: 'Z_DATA_ERROR' });
    await expect(collect(gunzip(new Source([small], failure), guardOf(small)))).rejects.toBe(failure);
  });

  it('closes its source when it is left early', async () => {
    const large = gzipSync(Buffer.alloc(5_000_000, 'abc'));
    const source = new Source([large.subarray(0, 2_000), large.subarray(2_000)]);
    for await (const _ of gunzip(source, guardOf(large))) break;
    expect(source.closed).toBe(true);
  });

  it('reads no further than it is asked for', async () => {
    const pieces = Array.from({ length: 200 }, () => gzipSync(Buffer.alloc(1_048_576)));
    const source = new Source(pieces);
    const reading = gunzip(source, new ExpansionGuard(1e9));
    await reading.next();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(source.given).toBeLessThan(pieces[0]!.length * 100);
    await reading.return(undefined);
    expect(source.closed).toBe(true);
  });
});
