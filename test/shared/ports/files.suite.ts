import { randomUUID } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { type Files, ObjectGone } from '#shared/ports.ts';

/** What all buckets promise, with or without versions. */
export const filesSuite = (files: () => Files): void => {
  const put = (text: string | Uint8Array, key = `acme/in/${randomUUID()} ü+%.csv`): Promise<ObjectRef> =>
    files().write('inbound', key, Buffer.from(text), 'text/csv');
  const absent = (): ObjectRef => ({ bucket: 'inbound', key: `acme/in/${randomUUID()}` });

  it('reads back what was written, under any key', async () => {
    const ref = await put('a,b\n1,2\n');
    expect(await textOf(files(), ref)).toBe('a,b\n1,2\n');
    expect(await files().head(ref)).toMatchObject({ bytes: 8, etag: ref.etag });
  });

  it('reads an empty object', async () => {
    const ref = await put('');
    expect(await textOf(files(), ref)).toBe('');
    expect(await textOf(files(), ref, { start: 0, end: 100 })).toBe('');
    expect((await files().head(ref))?.bytes).toBe(0);
  });

  it('reads a range with an exclusive end, and leaves out what lies past the end', async () => {
    const ref = await put('0123456789');
    expect(await textOf(files(), ref, { start: 2, end: 5 })).toBe('234');
    expect(await textOf(files(), ref, { start: 8, end: 50 })).toBe('89');
    expect(await textOf(files(), ref, { start: 10, end: 50 })).toBe('');
    expect(await textOf(files(), ref, { start: 4, end: 4 })).toBe('');
  });

  it('has no head for what is not there', async () => {
    expect(await files().head(absent())).toBeUndefined();
  });

  it('fails while iterating, and not before, when the object is not there', async () => {
    const reading = files().read(absent());
    await expect(drain(reading)).rejects.toBeInstanceOf(ObjectGone);
  });

  it('does not read another object put in its place when only the etag is known', async () => {
    const { bucket, key, etag } = await put('first');
    await put('second', key);
    const ref = { bucket, key, etag };
    await expect(drain(files().read(ref))).rejects.toBeInstanceOf(ObjectGone);
    await expect(drain(files().read(ref, { start: 0, end: 3 }))).rejects.toBeInstanceOf(ObjectGone);
    expect(await files().head(ref)).toBeUndefined();
  });

  it('writes a stream of any length', async () => {
    const piece = Buffer.alloc(1_000_003, 'x');
    const ref = await files().write('raw', randomUUID(), repeat(piece, 20), 'text/csv');
    expect((await files().head(ref))?.bytes).toBe(20 * piece.length);
    expect(await textOf(files(), ref, { start: 8_388_600, end: 8_388_610 })).toBe('xxxxxxxxxx');
    const small = await files().write('raw', randomUUID(), repeat(Buffer.from('ab'), 2), 'text/csv');
    expect(await textOf(files(), small)).toBe('abab');
    const none = await files().write('raw', randomUUID(), repeat(Buffer.from('ab'), 0), 'text/csv');
    expect((await files().head(none))?.bytes).toBe(0);
  });

  it('writes nothing when the stream fails, early or late', async () => {
    for (const good of [1, 20]) {
      const key = randomUUID();
      const body = failing(Buffer.alloc(1_000_000, 'x'), good);
      await expect(files().write('raw', key, body, 'text/csv')).rejects.toThrow('the source failed');
      expect(await files().head({ bucket: 'raw', key })).toBeUndefined();
    }
  });

  it('can be left in the middle of a read', async () => {
    const ref = await put(Buffer.alloc(300_000, 'x'));
    for await (const piece of files().read(ref)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect((await files().head(ref))?.bytes).toBe(300_000);
  });

  it('names an object by a URI that any key survives', () => {
    const uri = files().uri({ bucket: 'inbound', key: 'a b/ü+%?#.csv', versionId: 'v/1' });
    expect(uri).toBe('s3://inbound/a%20b/%C3%BC%2B%25%3F%23.csv?versionId=v%2F1');
    expect(decodeURIComponent(new URL(uri).pathname)).toBe('/a b/ü+%?#.csv');
  });
};

/** What conditions promise; not every S3 look-alike holds them. */
export const conditionsSuite = (files: () => Files): void => {
  const target = (etag?: string, key: string = randomUUID()) => ({
    ...({ bucket: 'inbound', key, contentType: 'text/csv', etag } as const),
    metadata: { sequencer: '00AF', 'handoff-id': 'h-1' },
  });
  const written = async (...args: Parameters<typeof target>) => {
    const ref = await files().replace(target(...args), Buffer.from('first'));
    if (ref === 'changed') throw new Error('there was an object');
    return { ...ref, etag: ref.etag ?? '' };
  };
  const large = () => repeat(Buffer.alloc(1_000_000, 'x'), 20);

  it('keeps the metadata that it is given', async () => {
    const ref = await written();
    expect((await files().head(ref))?.metadata).toEqual({ sequencer: '00AF', 'handoff-id': 'h-1' });
    const plain = await files().write('inbound', randomUUID(), Buffer.from('x'), 'text/csv');
    expect((await files().head(plain))?.metadata).toEqual({});
  });

  it('writes where nothing is, in one call or in parts, and never over what is there', async () => {
    const { key } = await written();
    expect(await files().replace(target(undefined, key), Buffer.from('second'))).toBe('changed');
    expect(await files().replace(target(undefined, key), large())).toBe('changed');
    expect(await textOf(files(), { bucket: 'inbound', key })).toBe('first');
    const inParts = await files().replace(target(), large());
    expect(inParts).toMatchObject({ etag: expect.any(String) });
  });

  it('replaces what has the etag, in one call or in parts, and nothing else', async () => {
    const { key, etag } = await written();
    const second = await files().replace(target(etag, key), large());
    expect(second).toMatchObject({ bucket: 'inbound', key });
    expect(await files().replace(target(etag, key), Buffer.from('third'))).toBe('changed');
    expect(await files().replace(target(etag, key), large())).toBe('changed');
    const found = await files().head({ bucket: 'inbound', key });
    expect(found).toMatchObject({ bytes: 20_000_000, metadata: { sequencer: '00AF' } });
  });

  it('does not replace what is gone', async () => {
    expect(await files().replace(target('0'.repeat(32)), Buffer.from('x'))).toBe('changed');
    expect(await files().replace(target('0'.repeat(32)), large())).toBe('changed');
  });

  it('removes what has the etag, and nothing else', async () => {
    const { bucket, key, etag } = await written();
    expect(await files().remove({ bucket, key, etag: '0'.repeat(32) })).toBe('changed');
    expect(await textOf(files(), { bucket, key })).toBe('first');
    expect(await files().remove({ bucket, key, etag })).toBe('removed');
    expect(await files().head({ bucket, key })).toBeUndefined();
    expect(await files().remove({ bucket, key, etag })).toBe('changed');
    expect(await written(undefined, key)).toMatchObject({ key });
  });

  it('writes nothing when the stream fails', async () => {
    const { key, etag } = await written();
    for (const good of [1, 20]) {
      const body = failing(Buffer.alloc(1_000_000, 'x'), good);
      await expect(files().replace(target(etag, key), body)).rejects.toThrow('the source failed');
    }
    expect(await textOf(files(), { bucket: 'inbound', key })).toBe('first');
  });

  it('lets one of many win', async () => {
    const { key, etag } = await written();
    const tries = [1, 2, 3, 4, 5].map(n => files().replace(target(etag, key), Buffer.from(`try ${n}`)));
    expect((await Promise.all(tries)).filter(end => end !== 'changed')).toHaveLength(1);
  });
};

/** What joining promises; not every S3 look-alike can copy parts. */
export const joinSuite = (files: () => Files): void => {
  const large = limits.joinedBytesMin + 7;
  const source = async (letter: string, bytes: number) => {
    const key = `lane/${randomUUID()} ü+%/part.csv`;
    await files().write('quarantine', key, Buffer.alloc(bytes, letter), 'text/csv');
    return { bucket: 'quarantine', key } as const;
  };
  const target = (key: string = randomUUID()) =>
    ({ bucket: 'inbound', key, contentType: 'text/csv' }) as const;

  it('makes one object of many, in order, over whatever is there', async () => {
    const sources = [await source('a', large), await source('b', large), await source('c', 3)];
    const place = target();
    await files().write('inbound', place.key, Buffer.from('before'), 'text/csv');
    const joined = await files().join(place, sources);
    if (joined === 'changed') throw new Error('it has no condition');
    expect(await files().head(joined)).toMatchObject({ bytes: 2 * large + 3, etag: joined.etag });
    expect(await textOf(files(), joined, { start: large - 1, end: large + 1 })).toBe('ab');
    expect(await textOf(files(), joined, { start: 2 * large - 1, end: 2 * large + 9 })).toBe('bccc');
  });

  it('makes one of a single small or empty one', async () => {
    const small = await files().join(target(), [await source('a', 3)]);
    const empty = await files().join(target(), [await source('a', 0)]);
    if (small === 'changed' || empty === 'changed') throw new Error('they have no condition');
    expect([await textOf(files(), small), await textOf(files(), empty)]).toEqual(['aaa', '']);
  });

  it('keeps metadata, and replaces on the condition only', async () => {
    const from = [await source('a', 3)];
    const place = { ...target(), metadata: { 'handoff-id': 'h-1' } };
    const first = await files().join({ ...place, only: { etag: undefined } }, from);
    if (first === 'changed') throw new Error('there was an object');
    expect((await files().head(first))?.metadata).toEqual({ 'handoff-id': 'h-1' });
    expect(await files().join({ ...place, only: { etag: undefined } }, from)).toBe('changed');
    expect(await files().join({ ...place, only: { etag: '0'.repeat(32) } }, from)).toBe('changed');
    const again = await files().join({ ...place, only: { etag: first.etag } }, from);
    expect(again).toMatchObject({ bucket: 'inbound', key: place.key });
  });

  it('leaves everything as it is when a source is not there', async () => {
    const place = target();
    const gone = { bucket: 'quarantine', key: randomUUID() } as const;
    await expect(files().join(place, [await source('a', large), gone])).rejects.toBeInstanceOf(ObjectGone);
    expect(await files().head(place)).toBeUndefined();
  });
};

/** What buckets with versions promise besides. */
export const versionsSuite = (files: () => Files, remove: (bucket: 'inbound', key: string) => void): void => {
  it('reads the version named, whatever was put or deleted since', async () => {
    const key = randomUUID();
    const first = await files().write('inbound', key, Buffer.from('first'), 'text/csv');
    const second = await files().write('inbound', key, Buffer.from('second'), 'text/csv');
    remove('inbound', key);
    expect([await textOf(files(), first), await textOf(files(), second)]).toEqual(['first', 'second']);
    expect(await files().head({ bucket: 'inbound', key })).toBeUndefined();
    await expect(drain(files().read({ bucket: 'inbound', key }))).rejects.toBeInstanceOf(ObjectGone);
  });

  it('has no version that was never written', async () => {
    const ref = await files().write('inbound', randomUUID(), Buffer.from('first'), 'text/csv');
    const other = { ...ref, versionId: 'another' };
    expect(await files().head(other)).toBeUndefined();
    await expect(drain(files().read(other))).rejects.toBeInstanceOf(ObjectGone);
  });
};

export async function textOf(
  files: Files,
  ref: ObjectRef,
  range?: { readonly start: number; readonly end: number },
): Promise<string> {
  return Buffer.concat(await drain(files.read(ref, range))).toString('utf8');
}

export async function drain(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(Uint8Array.from(piece));
  return all;
}

async function* repeat(piece: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < times; i++) yield piece;
}

async function* failing(piece: Uint8Array, good: number): AsyncGenerator<Uint8Array> {
  yield* repeat(piece, good);
  throw new Error('the source failed');
}
