import { readAhead } from '#adapters/file-lane/flow/read-ahead.ts';
import { writeTogether } from '#adapters/file-lane/flow/write-together.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const bad = (count: number): string =>
  Array.from({ length: count }, (_, i) => `bad-${i},x,“n${i}”,1\n`).join('');

/** Every key that is read in the quarantine bucket, in order. */
function watchReads(lane: LaneSimulator): string[] {
  const read = lane.ports.files.read.bind(lane.ports.files);
  const reads: string[] = [];
  lane.ports.files.read = (object, range) => {
    if (object.bucket === 'quarantine') reads.push(object.key);
    return read(object, range);
  };
  return reads;
}

function slowDownSections({ ports: { files, clock } }: LaneSimulator, milliseconds: number): void {
  const write = files.write.bind(files);
  files.write = (bucket, key, body, contentType) => {
    if (key.includes('/sections/') && key.endsWith('.csv')) clock.advance(milliseconds);
    return write(bucket, key, body, contentType);
  };
}

const textOf = ({ ports: { files } }: LaneSimulator, end: string): string => {
  const [key] = files.keys('quarantine').filter(name => name.endsWith(end));
  return files.text('quarantine', String(key));
};

/** Of one file: report, what the partner gets, and the announcement. */
const outputs = (lane: LaneSimulator) => ({
  jsonl: textOf(lane, '/rows.jsonl'),
  csv: textOf(lane, '/rows.csv'),
  rejected: lane.ports.files.text('inbound', 'shop/ack/items_1.csv.rejected.csv'),
  rejectedRows: lane.ack('items_1.csv').rejectedRows,
  announced: [...new Set(lane.ports.rowsQueue.sent.map(body => JSON.stringify(body)))],
  deadLetters: lane.deadLetters,
});

const manyParts = { bounds: { chunkBytesMax: 40, checkpointRecordsMax: 1 }, pieceBytes: 50 };

describe('the quarantine report', () => {
  it('reads each part once, and holds every row in all its forms', async () => {
    const lane = new LaneSimulator(laneWith(), manyParts);
    const reads = watchReads(lane);
    lane.drop('items_1.csv', header + bad(40) + rows(2));
    await lane.run();
    const parts = reads.filter(key => key.includes('/parts/'));
    expect(parts.length).toBeGreaterThan(10);
    expect(new Set(parts).size).toBe(parts.length);
    const { jsonl, csv, rejected, rejectedRows, announced } = outputs(lane);
    const lines = jsonl.trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line).raw)).toEqual(bad(40).trimEnd().split('\n'));
    expect(rejected).toBe(csv);
    expect(csv.split('\r\n').filter(line => line.includes('bad-'))).toHaveLength(40);
    expect(rejectedRows).toMatchObject({ rows: 40, first: { length: 40 } });
    expect(announced).toHaveLength(1);
    expect(announced[0]).toContain('"rows":40');
  });

  it('joins the parts of a chunk at its end, so that settling reads one object a chunk', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds: { checkpointRecordsMax: 3 } });
    const reads = watchReads(lane);
    lane.drop('items_1.csv', header + bad(40) + rows(2));
    await lane.run();
    const whole = reads.filter(key => /parts\/publish-1-all-\d+\.jsonl$/.test(key));
    expect(whole).toHaveLength(1);
    expect(reads.indexOf(String(whole[0]))).toBe(reads.filter(key => key.includes('/parts/')).length - 1);
  });

  it.each([
    ['UTF-8', {}],
    ['UTF-16, with a byte order mark', { format: { encoding: 'utf-16le' } }],
  ] as const)('is the same in many sections as in one (%s)', async (_, changes) => {
    const content = Buffer.from(
      header + bad(40) + rows(2),
      'format' in changes ? changes.format.encoding : 'utf8',
    );
    const inSections = async (sectionBytesMin: number) => {
      const { bounds, pieceBytes } = manyParts;
      const lane = new LaneSimulator(laneWith(changes), {
        bounds: { ...bounds, sectionBytesMin },
        pieceBytes,
      });
      lane.drop('items_1.csv', content);
      await lane.run();
      const sections = lane.ports.files.keys('quarantine').filter(key => key.includes('/sections/'));
      return { sections: sections.length, outputs: outputs(lane) };
    };
    const [one, many] = [await inSections(1_000_000), await inSections(500)];
    expect(one.sections).toBe(2);
    expect(many.sections).toBeGreaterThan(10);
    expect(many.outputs).toEqual(one.outputs);
  });

  it('is handed on when time is short, and ends as in one invocation', async () => {
    const options = { ...manyParts, bounds: { ...manyParts.bounds, sectionBytesMin: 500 } };
    const dropIn = async (milliseconds: number) => {
      const lane = new LaneSimulator(laneWith(), options);
      slowDownSections(lane, milliseconds);
      lane.drop('items_1.csv', header + bad(40) + rows(2));
      await lane.run();
      const hops = lane.ports.laneQueue.sent.filter(({ kind }) => kind === 'edge.settle').length;
      return { lane, hops };
    };
    const quick = await dropIn(0);
    const slow = await dropIn(250_000);
    expect(quick.hops).toBe(0);
    expect(slow.hops).toBeGreaterThan(2);
    expect(slow.lane.timeouts).toBe(0);
    expect(outputs(slow.lane)).toEqual(outputs(quick.lane));
    expect(slow.lane.handoffs()[0]).toMatchObject({ state: 'partial' });
    expect(slow.lane.handoffs()[0]).not.toHaveProperty('report');
  });

  it('goes on by another message when its invocation died after a checkpoint, whatever the receives', async () => {
    const lane = new LaneSimulator(laneWith(), {
      ...manyParts,
      bounds: { ...manyParts.bounds, sectionBytesMin: 300 },
      diesAfter: 'ledger.checkpointReport',
    });
    lane.drop('items_1.csv', header + bad(60));
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({ counts: { quarantined: 60 } });
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
    const pieces = (async function* () {
      for await (const source_ of readAhead([0, 1, 2, 3, 4, 5].map(source), 2)) yield* source_;
    })();
    for await (const piece of pieces) {
      got.push(...piece);
      expect(opened.length).toBeLessThanOrEqual(opened.indexOf(piece[0]! % 100) + 3);
      if (got.length === 3) break;
    }
    expect(got).toEqual([0, 100, 1]);
    expect(closed.sort()).toEqual(opened.sort());
  });
});
