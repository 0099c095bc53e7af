import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { decimal } from '#shared/core/mapping/decimal.ts';
import { text } from '#shared/core/mapping/text.ts';
import { columns, header, laneWith } from './lanes.ts';
import { LaneSimulator, type SimulatorOptions } from './simulator.ts';

/** A contract with a mistake: notes are longer than it says. */
const wrong = (changes: object = {}) =>
  laneWith({ ...changes, columns: { ...columns, note: text({ max: 3 }) } });
const content = `${header}i-1,1,a,1.00\ni-2,1,long note,2.00\ni-3,1,c,3.00\ni-4,1,"long, quoted",4.00\ni-5,x,e,5.00\n`;

async function settled(
  lane: FileLane,
  options: SimulatorOptions = {},
  file = content,
): Promise<LaneSimulator> {
  const simulator = new LaneSimulator(lane, options);
  simulator.drop('items_1.csv', file);
  await simulator.run();
  return simulator;
}

async function again(lane: LaneSimulator, contract = laneWith(), request = 'plan-1'): Promise<void> {
  lane.deploy(contract);
  lane.reprocess(lane.handoffs()[0]!.id, request);
  await lane.run();
}

const answers = (lane: LaneSimulator) => lane.ports.files.keys('inbound', 'shop/ack/');

describe('quarantined rows, reprocessed after the contract was corrected', () => {
  it('are published alone, with the ids that they would have had, and the answer is replaced', async () => {
    const lane = await settled(wrong());
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'partial',
      counts: { received: 5, published: 2 },
    });
    const [first] = lane.handoffs();
    await again(lane);
    const right = await settled(laneWith());
    expect(lane.eventIds()).toEqual(right.eventIds());
    expect(lane.events()).toHaveLength(4);
    expect(lane.events()[2]).toMatchObject({
      externalref: 'items_1.csv#2',
      causationid: first!.id,
      sequence: right.events()[1]!.sequence,
    });
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'partial',
      balanced: true,
      counts: { received: 3, published: 2, quarantined: 1 },
      reprocesses: { correlationId: first!.id, publishedBefore: 2 },
      rejectedRows: { rows: 1, first: [{ line: 6, column: 'version' }] },
    });
    const csv = lane.ports.files.text('inbound', 'shop/ack/items_1.csv.rejected.csv');
    expect(csv).toContain(`${first!.id}#5`);
    expect(csv).not.toContain('i-2');
  });

  it('leave no rejected rows beside a complete answer', async () => {
    const lane = await settled(wrong(), {}, content.replace('i-5,x', 'i-5,1'));
    expect(answers(lane)).toHaveLength(2);
    await again(lane);
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      counts: { received: 2, published: 2 },
    });
    expect(answers(lane)).toEqual(['shop/ack/items_1.csv.ack.json']);
  });

  it('leave the answer partial when all of them are still wrong: the others were published', async () => {
    const lane = await settled(wrong());
    await again(lane, wrong());
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'partial',
      fault: null,
      counts: { received: 3, quarantined: 3 },
      reprocesses: { publishedBefore: 2 },
    });
  });

  it('leave the books of the first hand-off as they were, and say who took them', async () => {
    const lane = await settled(wrong());
    await again(lane);
    const [first, second] = lane.handoffs();
    expect(first).toMatchObject({
      state: 'partial',
      received: 5,
      tally: { published: 2, quarantined: 3 },
      reprocessedBy: second!.id,
    });
    expect(second).toMatchObject({ received: 3, reprocesses: { handoffId: first!.id } });
  });

  it('are published once, however often they are asked for', async () => {
    const lane = await settled(wrong());
    await again(lane);
    lane.reprocess(lane.handoffs()[0]!.id);
    await lane.run();
    expect(lane.handoffs()).toHaveLength(2);
    await again(lane, laneWith(), 'plan-2');
    lane.reprocess(lane.handoffs()[1]!.id, 'plan-3');
    await lane.run();
    expect(lane.events()).toHaveLength(4);
    expect(lane.handoffs()[2]).toMatchObject({ tally: { published: 0, duplicate: 2, quarantined: 1 } });
    expect(lane.handoffs()[3]).toMatchObject({ received: 1, tally: { quarantined: 1 } });
  });

  it('are duplicates where their partner corrected them meanwhile, whatever they hold', async () => {
    const lane = await settled(wrong());
    const csv = lane.ports.files.text('inbound', 'shop/ack/items_1.csv.rejected.csv');
    lane.drop('fixed.csv', csv.replace(',x,e,', ',1,e,').replace('long note', 'abc'), { folder: 'fixed' });
    await lane.run();
    expect(lane.ack('fixed.csv')).toMatchObject({ counts: { received: 3, published: 2, quarantined: 1 } });
    await again(lane);
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      counts: { received: 3, published: 1, duplicate: 2 },
      correctedBefore: { lines: [3, 6] },
    });
    expect(lane.events()).toHaveLength(5);
  });

  it('can themselves be corrected by the partner, and reprocessed once more', async () => {
    const lane = await settled(
      wrong({ columns: { ...columns, note: text({ max: 3 }), amount: decimal({ max: '3' }) } }),
    );
    await again(lane, laneWith({ columns: { ...columns, amount: decimal({ max: '3' }) } } as never));
    const csv = lane.ports.files.text('inbound', 'shop/ack/items_1.csv.rejected.csv');
    lane.drop('fixed.csv', csv.replace(',x,e,', ',1,e,'), { folder: 'fixed' });
    await lane.run();
    expect(lane.ack('fixed.csv')).toMatchObject({ counts: { received: 2, quarantined: 2 } });
    lane.deploy(laneWith());
    lane.reprocess(lane.handoffs()[2]!.id, 'plan-9');
    await lane.run();
    expect(lane.ack('fixed.csv')).toMatchObject({ state: 'complete', counts: { received: 2, published: 2 } });
    expect(lane.eventIds()).toHaveLength(5);
  });

  it('are read by the columns of the corrected contract, whatever their order', async () => {
    const file = content
      .replace(/^(.*)$/gm, '$1,S')
      .replace('amount,S', 'amount,size')
      .replace(/\n,S$/, '\n');
    const lane = await settled(wrong(), {}, file);
    await again(lane, laneWith({ columns: { size: text({ max: 1 }), ...columns } } as never));
    expect(lane.ack('items_1.csv')).toMatchObject({
      counts: { received: 3, published: 2, quarantined: 1 },
      rejectedRows: { first: [{ line: 6, column: 'version' }] },
    });
    expect(lane.events()[2]).toMatchObject({ data: { itemId: 'i-2', note: 'long note', amount: '2.00' } });
  });

  it('survive a crash at any call', async () => {
    const whole = await settled(wrong());
    await again(whole);
    for (let at = 1; at <= whole.calls; at += 2) {
      for (const when of ['before', 'after'] as const) {
        const lane = await settled(wrong(), { crash: { at, when } });
        await again(lane);
        expect(lane.eventIds()).toEqual(whole.eventIds());
        expect(lane.ack('items_1.csv')).toMatchObject({
          counts: { received: 3, published: 2, quarantined: 1 },
        });
      }
    }
  });
});

describe('a rejected file, reprocessed after the contract was corrected', () => {
  it.each<[string, FileLane]>([
    [
      'for too many invalid rows',
      laneWith({ maxInvalidShare: 0, columns: { ...columns, note: text({ max: 3 }) } } as never),
    ],
    ['for its name', laneWith({ delivery: { folder: 'shop', name: 'item_{digits}.csv' } })],
    ['for its header', laneWith({ columns: { ...columns, size: text({ max: 3 }) } } as never)],
    ['for its delimiter', laneWith({ format: { delimiter: ';' } })],
  ])('is worked on whole: it was refused %s', async (_, contract) => {
    const file = content.replace('i-5,x', 'i-5,1');
    const lane = await settled(contract, {}, file);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'rejected' });
    expect(lane.events()).toEqual([]);
    await again(lane);
    const right = await settled(laneWith(), {}, file);
    expect(lane.eventIds()).toEqual(right.eventIds());
    expect(lane.events().map(({ sequence }) => sequence)).toEqual(
      right.events().map(({ sequence }) => sequence),
    );
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      reprocesses: { correlationId: lane.handoffs()[0]!.id, publishedBefore: 0 },
    });
    expect(answers(lane)).toEqual(['shop/ack/items_1.csv.ack.json']);
  });

  it('is a duplicate when its partner sent it again meanwhile', async () => {
    const lane = await settled(laneWith({ format: { delimiter: ';' } }));
    lane.deploy(laneWith());
    lane.drop('items_2.csv', content);
    await lane.run();
    await again(lane);
    expect(lane.handoffs().at(-1)).toMatchObject({ state: 'duplicate' });
    expect(lane.events()).toHaveLength(4);
  });

  it('is left alone when all of it was published, and waits while it is in work', async () => {
    const lane = await settled(laneWith(), {}, `${header}i-1,1,a,1.00\n`);
    await again(lane);
    expect(lane.handoffs()).toHaveLength(1);
    expect(lane.ports.log.lines.map(({ event }) => event)).toContain('nothing to reprocess');
  });

  it('does not take the place of a newer version’s answer', async () => {
    const lane = await settled(wrong());
    lane.drop('items_1.csv', `${header}i-9,1,z,9.00\n`);
    await lane.run();
    await again(lane);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { received: 1 } });
    expect(lane.events()).toHaveLength(5);
  });
});
