import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const small = { chunkBytesMax: 400, checkpointRecordsMax: 4, checkpointBytesMax: 10_000 };

describe('a plain file', () => {
  it('becomes one event a row, an acknowledgement and balanced books', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    expect(lane.events().map(event => event.data)).toEqual([
      { itemId: 'i-1', note: 'note 1', amount: '1.50' },
      { itemId: 'i-2', note: 'note 2', amount: '2.50' },
      { itemId: 'i-3', note: 'note 3', amount: '3.50' },
    ]);
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      balanced: true,
      counts: { received: 3, published: 3, duplicate: 0, quarantined: 0, rejected: 0, skipped: 0 },
      fault: null,
      rejectedRows: null,
    });
    expect(lane.deadLetters).toEqual([]);
  });

  it('keeps the good rows and quarantines the bad, with line, column, code and the raw row', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', `${header}i-1,1,fine,1.00\ni-2,one,,x\nragged\n`);
    await lane.run();
    const ack = lane.ack('items_1.csv');
    expect(ack).toMatchObject({ state: 'partial', counts: { received: 3, published: 1, quarantined: 2 } });
    const report = lane.ports.files.keys('quarantine').find(key => key.endsWith('rows.jsonl'))!;
    const lines = lane.ports.files
      .text('quarantine', report)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      line: 3,
      record: 2,
      column: 'version',
      code: 'NOT_A_NUMBER',
      raw: 'i-2,one,,x',
    });
    expect(lines[0].others).toHaveLength(2);
    expect(lines[1]).toMatchObject({ line: 4, record: 3, column: null, code: 'RAGGED_ROW', raw: 'ragged' });
    expect(lane.ports.rowsQueue.sent[0]).toMatchObject({
      type: 'edge.rows.quarantined.v1',
      data: { rows: 2, codes: { NOT_A_NUMBER: 1, RAGGED_ROW: 1 } },
    });
    expect(lane.ports.files.text('inbound', 'shop/ack/items_1.csv.rejected.csv')).toContain('i-2,one,,x');
  });

  it('is cut into chunks that are worked on apart, with the same events as in one', async () => {
    const content = header + rows(60, 1, i => (i % 3 ? `plain ${i}` : `"two\nlines ""${i}"""`));
    const whole = new LaneSimulator(laneWith());
    whole.drop('items_1.csv', content);
    await whole.run();
    const cut = new LaneSimulator(laneWith(), { bounds: small, pieceBytes: 37 });
    cut.drop('items_1.csv', content);
    await cut.run();
    expect(cut.ports.laneQueue.sent.length).toBeGreaterThan(2);
    expect(cut.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      counts: { received: 60, published: 60 },
    });
    expect(cut.eventIds()).toEqual(whole.eventIds());
  });
});

describe('notifications', () => {
  it('five of the same object at once make one file', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', header + rows(3), { times: 5 });
    await lane.run();
    expect(lane.events()).toHaveLength(3);
    expect(lane.ports.ledger).toBeDefined();
  });

  it('of the same content under two names make one set of events and a duplicate', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', header + rows(3));
    lane.drop('items_2.csv', header + rows(3));
    await lane.run();
    expect(lane.events()).toHaveLength(3);
    expect(lane.ack('items_2.csv')).toMatchObject({
      state: 'duplicate',
      counts: { received: 3, duplicate: 3 },
    });
    expect(lane.ack('items_2.csv').duplicateOf).toBe(lane.ack('items_1.csv').correlationId);
  });
});

describe('a lane that allows no bad row', () => {
  it('publishes nothing when there is one, and says which', async () => {
    const lane = new LaneSimulator(laneWith({ maxInvalidShare: 0 }), { bounds: small });
    lane.drop('items_1.csv', `${header}${rows(20)}i-99,x,bad,1\n`);
    await lane.run();
    expect(lane.events()).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'rejected',
      counts: { received: 21, published: 0, rejected: 20, quarantined: 1 },
      fault: { code: 'TOO_MANY_INVALID_ROWS' },
      rejectedRows: { rows: 1, first: [{ line: 22, column: 'version', code: 'NOT_A_NUMBER' }] },
    });
  });

  it('takes the same file after it was corrected', async () => {
    const lane = new LaneSimulator(laneWith({ maxInvalidShare: 0 }), { bounds: small });
    lane.drop('items_1.csv', `${header}${rows(20)}i-99,x,bad,1\n`);
    await lane.run();
    lane.drop('items_1.csv', `${header}${rows(20)}i-99,1,good,1.00\n`);
    await lane.run();
    expect(lane.events()).toHaveLength(21);
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      counts: { received: 21, published: 21 },
    });
  });
});
