import { emit } from '#shared/contract/emission.ts';
import { Refusal } from '#shared/contract/field.ts';
import { text } from '#shared/core/mapping/text.ts';
import { columns, header, itemCreated, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

type Changes = Parameters<typeof laneWith>[0];

const run = async (changes: Changes, content: string) => {
  const lane = new LaneSimulator(laneWith(changes));
  lane.drop('items_1.csv', content);
  await lane.run();
  return { lane, ack: lane.ack('items_1.csv') };
};

const codes = (ack: Record<string, unknown>) =>
  ((ack.rejectedRows as { first: { code: string }[] } | null)?.first ?? []).map(({ code }) => code);

describe('a row', () => {
  it('of a tenant that the integration may not speak for is quarantined, the others carry theirs', async () => {
    const { lane, ack } = await run(
      { tenant: { from: 'note', allowed: ['north', 'south'] } },
      `${header}i-1,1,north,1.00\ni-2,1,west,1.00\ni-3,1,south,1.00\n`,
    );
    expect(ack).toMatchObject({ counts: { published: 2, quarantined: 1 } });
    expect(codes(ack)).toEqual(['TENANT_MISMATCH']);
    expect(lane.events().map(event => event.tenantid)).toEqual(['north', 'south']);
  });

  it('that a declared rule leaves out is skipped and counted', async () => {
    const { ack } = await run(
      { skip: [{ reason: 'a test order', when: row => row.note === 'test' }] },
      `${header}i-1,1,test,1.00\ni-2,1,real,1.00\n`,
    );
    expect(ack).toMatchObject({
      state: 'complete',
      balanced: true,
      counts: { received: 2, published: 1, skipped: 1 },
    });
  });

  it('that becomes several events is one unit, and each event has its own id', async () => {
    const { lane, ack } = await run(
      {
        map: row =>
          [1, 2].map(n =>
            emit(itemCreated, { itemId: `${row.id}-${n}`, note: row.note, amount: row.amount }),
          ),
      },
      header + rows(3),
    );
    expect(ack).toMatchObject({ counts: { received: 3, published: 3 } });
    expect(lane.eventIds()).toHaveLength(6);
  });

  it('whose mapping refuses, throws, or makes what its schema does not allow is quarantined without a word of its values', async () => {
    const { lane, ack } = await run(
      {
        map: row => {
          if (row.id === 'i-1') return new Refusal('OUT_OF_RANGE', 'more than agreed', 'amount');
          if (row.id === 'i-2') throw new TypeError(`secret ${row.note}`);
          return emit(itemCreated, {
            itemId: row.id,
            note: row.note,
            amount: (row.id === 'i-3' ? 3 : row.amount) as string,
          });
        },
      },
      header + rows(4, 1, () => 'secret'),
    );
    expect(codes(ack)).toEqual(['OUT_OF_RANGE', 'MAPPING_FAILED', 'SCHEMA_VIOLATION']);
    expect(lane.events()).toHaveLength(1);
    expect(JSON.stringify([ack, lane.ports.log.lines])).not.toContain('secret');
  });

  it('that makes an event larger than the bus takes is quarantined', async () => {
    const { ack } = await run(
      { map: row => emit(itemCreated, { itemId: row.id, note: row.note.repeat(10), amount: row.amount }) },
      `${header}i-1,1,${'x'.repeat(150_000)},1.00\ni-2,1,y,1.00\n`,
    );
    expect(ack).toMatchObject({ counts: { published: 1, quarantined: 1 } });
    expect(codes(ack)).toEqual(['EVENT_TOO_LARGE']);
  });

  it('is found again byte for byte by the reference and hash that its event carries', async () => {
    const { lane } = await run({}, `${header}i-1,1,"größer ""x""",1.00\ni-2,1,y,1.00\n`);
    for (const event of lane.events()) {
      const [, from, to] = /#bytes=(\d+)-(\d+)$/.exec(String(event.rawref))!;
      const bytes = Buffer.from(lane.ports.files.bytes('inbound', 'shop/in/items_1.csv')).subarray(
        Number(from),
        Number(to) + 1,
      );
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      expect(Buffer.from(digest).toString('hex')).toBe(event.rawhash);
    }
  });
});

describe('a file', () => {
  it('of which no row is good is rejected, not partial, and may come again', async () => {
    const { lane, ack } = await run({}, `${header}i-1,x,note,1.00\ni-2,x,note,1.00\n`);
    expect(ack).toMatchObject({
      state: 'rejected',
      fault: { code: 'NO_VALID_ROW' },
      counts: { received: 2, published: 0, quarantined: 2, rejected: 0 },
      rejectedRows: { rows: 2 },
    });
    lane.deploy(laneWith({ columns: { ...columns, version: text({ max: 20 }) } as never }));
    lane.drop('items_2.csv', `${header}i-1,x,note,1.00\ni-2,x,note,1.00\n`);
    await lane.run();
    expect(lane.ack('items_2.csv')).toMatchObject({ state: 'complete', counts: { published: 2 } });
  });

  it('with a skipped row beside bad ones is partial', async () => {
    const skip = [{ reason: 'a test order', when: (row: { note: string }) => row.note === 'test' }];
    const { ack } = await run({ skip }, `${header}i-1,1,test,1.00\ni-2,x,real,1.00\n`);
    expect(ack).toMatchObject({ state: 'partial', fault: null, counts: { skipped: 1, quarantined: 1 } });
  });

  it('has its comment lines counted in the answer', async () => {
    const { ack } = await run({ format: { comment: '#' } }, `# a\n${header}#b\n${rows(2)}# c`);
    expect(ack).toMatchObject({ state: 'complete', commentLines: 3, counts: { received: 2 } });
  });
});
