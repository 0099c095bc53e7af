import { readAhead } from '#adapters/file-lane/flow/read-ahead.ts';
import { writeTogether } from '#adapters/file-lane/flow/write-together.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const bad = (count: number): string =>
  Array.from({ length: count }, (_, i) => `bad-${i},x,“n${i}”,1\n`).join('');

describe('the quarantine report', () => {
  it('reads each part once, and holds every row in all its forms', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds: { checkpointRecordsMax: 3 }, pieceBytes: 50 });
    const read = lane.ports.files.read.bind(lane.ports.files);
    const reads: string[] = [];
    lane.ports.files.read = (object, range) => {
      if (object.bucket === 'quarantine') reads.push(object.key);
      return read(object, range);
    };
    lane.drop('items_1.csv', header + bad(40) + rows(2));
    await lane.run();
    expect(reads.length).toBeGreaterThan(10);
    expect(new Set(reads).size).toBe(reads.length);
    const { files } = lane.ports;
    const textOf = (end: string) =>
      files.text('quarantine', files.keys('quarantine').find(key => key.endsWith(end))!);
    const lines = textOf('rows.jsonl').trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line).raw)).toEqual(bad(40).trimEnd().split('\n'));
    expect(files.text('inbound', 'shop/ack/items_1.csv.rejected.csv')).toBe(textOf('rows.csv'));
    expect(
      textOf('rows.csv')
        .split('\r\n')
        .filter(line => line.includes('bad-')),
    ).toHaveLength(40);
    expect(lane.ack('items_1.csv')).toMatchObject({ rejectedRows: { rows: 40 } });
  });
});

describe('writing together', () => {
  async function* numbers(count: number, taken: number[] = []): AsyncGenerator<number> {
    for (let n = 0; n < count; n++) {
      taken.push(n);
      yield n;
    }
  }

  const all = async (items: AsyncIterable<number>): Promise<number[]> => {
    const got: number[] = [];
    for await (const item of items) got.push(item);
    return got;
  };

  it('gives every writer every item, and reads the source once', async () => {
    const taken: number[] = [];
    const expected = [0, 1, 2, 3, 4];
    expect(await writeTogether(numbers(5, taken), [all, all, all])).toEqual([expected, expected, expected]);
    expect(taken).toEqual(expected);
  });

  it('waits for the slowest: the source is never more than one item ahead', async () => {
    const taken: number[] = [];
    const slow = async (items: AsyncIterable<number>) => {
      for await (const item of items) {
        await new Promise(resolve => setImmediate(resolve));
        expect(taken.at(-1)! - item).toBeLessThanOrEqual(1);
      }
    };
    await writeTogether(numbers(20, taken), [all, slow]);
    expect(taken).toHaveLength(20);
  });

  it.each([
    ['before it reads', async () => Promise.reject(new Error('no'))],
    [
      'amid its reading',
      async (items: AsyncIterable<number>) => {
        for await (const _ of items) throw new Error('no');
      },
    ],
  ])('fails when one writer fails %s, and leaves none waiting', async (_, failing) => {
    const others: unknown[] = [];
    const other = (items: AsyncIterable<number>) => all(items).catch(error => others.push(error.message));
    await expect(writeTogether(numbers(1_000), [other, failing, other])).rejects.toThrow('no');
    expect(others).toEqual(['no', 'no']);
  });

  it('fails when the source does', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('broken');
    }
    await expect(writeTogether(broken(), [all, all])).rejects.toThrow('broken');
  });
});

describe('reading ahead', () => {
  it('keeps the order, opens few early, and closes what it does not read', async () => {
    const opened: number[] = [];
    const closed: number[] = [];
    async function* source(n: number): AsyncGenerator<Uint8Array> {
      opened.push(n);
      try {
        yield Uint8Array.of(n);
        yield Uint8Array.of(n + 100);
      } finally {
        closed.push(n);
      }
    }
    const got: number[] = [];
    for await (const piece of readAhead([0, 1, 2, 3, 4, 5].map(source), 2)) {
      got.push(...piece);
      expect(opened.length).toBeLessThanOrEqual(opened.indexOf(piece[0]! % 100) + 3);
      if (got.length === 3) break;
    }
    expect(got).toEqual([0, 100, 1]);
    expect(closed.sort()).toEqual(opened.sort());
  });
});
