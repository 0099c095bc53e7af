import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator, sha256 } from './simulator.ts';

const isRow = (entry: BusEntry): boolean => entry.source === 'shop';
const idIn = (entry: BusEntry): string => JSON.parse(entry.detail).aggregateid;

describe('the bus', () => {
  it('when it throttles a while is asked again with the same ids, and nothing is quarantined', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.bus.answer = (_, call) =>
      call < 5 ? { kind: 'throttled', reason: 'ThrottlingException' } : { kind: 'accepted' };
    lane.drop('items_1.csv', header + rows(25));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      counts: { published: 25, quarantined: 0 },
    });
    expect(lane.eventIds()).toHaveLength(25);
  });

  it('when it takes a part of a batch is asked again for the rest only', async () => {
    const lane = new LaneSimulator(laneWith());
    const refusedOnce = new Set<string>();
    lane.ports.bus.answer = entry => {
      const id = isRow(entry) ? idIn(entry) : '';
      if (!id.endsWith('3') || refusedOnce.has(id)) return { kind: 'accepted' };
      refusedOnce.add(id);
      return { kind: 'throttled', reason: 'InternalFailure' };
    };
    lane.drop('items_1.csv', header + rows(25));
    await lane.run();
    expect(lane.events()).toHaveLength(25);
    expect(refusedOnce.size).toBe(3);
  });

  it('when it gives no answer is sent the same ids again', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.bus.answer = (_, call) =>
      call === 1 ? { kind: 'unknown', reason: 'TimeoutError', taken: true } : { kind: 'accepted' };
    lane.drop('items_1.csv', header + rows(5));
    await lane.run();
    expect(lane.events()).toHaveLength(10);
    expect(lane.eventIds()).toHaveLength(5);
    expect(lane.ack('items_1.csv')).toMatchObject({ counts: { published: 5 } });
  });

  it('when it denies access stops the lane at its checkpoint, says so in the ledger, and quarantines nothing', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds: { checkpointRecordsMax: 10 } });
    const denied = (entry: BusEntry) => isRow(entry) && Number(idIn(entry).slice(2)) > 10;
    let broken = true;
    lane.ports.bus.answer = entry =>
      broken && denied(entry)
        ? { kind: 'denied', reason: 'NotAuthorizedForDetailTypeException' }
        : { kind: 'accepted' };
    const object = lane.drop('items_1.csv', header + rows(25));
    await lane.run();
    expect(lane.deadLetters).toHaveLength(1);
    expect(lane.letters).toEqual([
      {
        body: lane.deadLetters[0],
        integration: 'shop-items',
        reason: 'ACCESS_DENIED',
        receives: 10,
        correlationId: lane.handoffs()[0]?.id,
      },
    ]);
    expect(lane.ports.files.keys('quarantine')).toEqual([]);
    expect(lane.events()).toHaveLength(10);
    const [stuck] = lane.handoffs();
    expect(stuck).toMatchObject({
      state: 'processing',
      fault: { code: 'ACCESS_DENIED', class: 'SECURITY_CONFIGURATION_FAILURE' },
    });

    broken = false;
    lane.notify(object);
    await lane.run();
    expect(lane.events()).toHaveLength(25);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 25 } });
    expect(lane.handoffs()[0]!.fault).toBeUndefined();
  });

  it('when it refuses an event for good has that row quarantined', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.bus.answer = entry =>
      isRow(entry) && idIn(entry) === 'i-2'
        ? { kind: 'refused', reason: 'MalformedDetail' }
        : { kind: 'accepted' };
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({
      counts: { published: 2, quarantined: 1 },
      rejectedRows: { first: [{ line: 3, code: 'PUBLISH_REFUSED' }] },
    });
  });
});

describe('a function that runs out of time', () => {
  it('hands the rest of its chunk on, and the books balance', async () => {
    const lane = new LaneSimulator(laneWith(), {
      bounds: { checkpointRecordsMax: 5 },
      invocationMilliseconds: 60_000,
    });
    const put = lane.ports.bus.put.bind(lane.ports.bus);
    lane.ports.bus.put = entries => {
      lane.ports.clock.advance(25_000);
      return put(entries);
    };
    lane.drop('items_1.csv', header + rows(40));
    await lane.run();
    expect(lane.ports.laneQueue.sent.some(message => (message.hop as number) > 1)).toBe(true);
    expect(lane.events()).toHaveLength(40);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', balanced: true });
  });
});

describe('an object', () => {
  it('replaced while it waits is two files, each read as it was dropped', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', header + rows(2));
    lane.drop('items_1.csv', header + rows(2, 10));
    await lane.run();
    expect(lane.events().map(event => event.subject)).toEqual(['i-1', 'i-2', 'i-10', 'i-11']);
  });

  it('deleted for good before it is read is rejected, and the partner is told', async () => {
    const lane = new LaneSimulator(laneWith());
    const object = lane.drop('items_1.csv', header + rows(2));
    lane.ports.files.erase('inbound', object.key);
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'rejected', fault: { code: 'OBJECT_GONE' } });
  });

  it('hidden by a delete marker is still read by its version', async () => {
    const lane = new LaneSimulator(laneWith());
    const object = lane.drop('items_1.csv', header + rows(2));
    lane.ports.files.delete('inbound', object.key);
    await lane.run();
    expect(lane.events()).toHaveLength(2);
  });

  it('whose name is outside the convention is rejected without being read', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('sub folder/items+ünï%20.csv', header + rows(2));
    await lane.run();
    expect(lane.events()).toEqual([]);
    expect(lane.ack('sub folder/items+ünï%20.csv')).toMatchObject({
      state: 'rejected',
      fault: { code: 'NAME_OUTSIDE_CONVENTION' },
      counts: { received: 0 },
    });
  });
});

describe('a lane that starts on a sidecar', () => {
  const delivery = { folder: 'shop', name: 'items_{digits}.csv', startsOn: 'sidecar' } as const;

  it('rejects a file whose checksum is wrong, and takes it under a corrected sidecar', async () => {
    const lane = new LaneSimulator(laneWith({ delivery }));
    lane.drop('items_1.csv', header + rows(3));
    lane.drop('items_1.csv.sha256', sha256('something else'));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'rejected',
      fault: { code: 'CHECKSUM_MISMATCH' },
      counts: { received: 3, rejected: 3 },
    });
    lane.drop('items_1.csv.sha256', `${sha256(header + rows(3))}  items_1.csv\n`);
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 3 } });
  });

  it('waits for the data file, then says that it is missing', async () => {
    const lane = new LaneSimulator(laneWith({ delivery }));
    lane.drop('items_1.csv.sha256', sha256('x'));
    await lane.run();
    expect(lane.ack('items_1.csv.sha256')).toMatchObject({
      state: 'rejected',
      fault: { code: 'DATA_MISSING' },
    });
    expect(lane.deadLetters).toEqual([]);
  });
});

describe('a manifest', () => {
  const delivery = { folder: 'shop', name: 'items_{digits}.csv', startsOn: 'manifest' } as const;
  const content = header + rows(3);

  it.each([
    [
      'right',
      { bytes: content.length, records: 3, sha256: sha256(content), totals: { amount: '7.50' } },
      null,
    ],
    ['wrong in bytes', { bytes: 1 }, 'MANIFEST_MISMATCH'],
    ['wrong in records', { records: 4 }, 'MANIFEST_MISMATCH'],
    ['wrong in a total', { totals: { amount: '7.51' } }, 'CONTROL_TOTAL_MISMATCH'],
    ['misspelt', { recods: 3 }, 'BROKEN_SIDECAR'],
  ])('that is %s', async (_, manifest, code) => {
    const lane = new LaneSimulator(laneWith({ delivery, controlTotals: ['amount'] }));
    lane.drop('items_1.csv', content);
    lane.drop('items_1.csv.manifest.json', JSON.stringify(manifest));
    await lane.run();
    const ack = lane.ack('items_1.csv');
    expect((ack.fault as { code: string } | null)?.code ?? null).toBe(code);
    expect(lane.events()).toHaveLength(code ? 0 : 3);
    expect(ack).toMatchObject({ balanced: true });
  });
});

it('a manifest and a trailer that contradict each other reject the file', async () => {
  const delivery = { folder: 'shop', name: 'items_{digits}.csv', startsOn: 'manifest' } as const;
  const format = { trailer: { startsWith: 'END', totals: { amount: 2 } } };
  const lane = new LaneSimulator(laneWith({ delivery, format, controlTotals: ['amount'] }));
  lane.drop('items_1.csv', `${header}${rows(3)}END,7.50\n`);
  lane.drop('items_1.csv.manifest.json', JSON.stringify({ totals: { amount: '7.40' } }));
  await lane.run();
  expect(lane.ack('items_1.csv')).toMatchObject({
    state: 'rejected',
    fault: { code: 'CONTROL_TOTAL_MISMATCH' },
  });
});

describe('a trailer', () => {
  const format = { trailer: { startsWith: 'END', records: 2, totals: { amount: 3 } } };
  const lane = () => new LaneSimulator(laneWith({ format, controlTotals: ['amount'] }));

  it.each([
    ['that agrees', 'END,3,7.50\n', null],
    ['that is missing', '', 'MISSING_TRAILER'],
    ['with another count', 'END,2,7.50\n', 'MANIFEST_MISMATCH'],
    ['with another total', 'END,3,7.49\n', 'CONTROL_TOTAL_MISMATCH'],
    ['that is not the last line', 'END,3,7.50\ni-9,1,late,1.00\n', 'MISSING_TRAILER'],
  ])('%s', async (_, trailer, code) => {
    const simulator = lane();
    simulator.drop('items_1.csv', header + rows(3) + trailer);
    await simulator.run();
    expect((simulator.ack('items_1.csv').fault as { code: string } | null)?.code ?? null).toBe(code);
    expect(simulator.events()).toHaveLength(code ? 0 : 3);
  });
});

describe('rows compared across files', () => {
  const lane = () => new LaneSimulator(laneWith({ duplicates: 'row', version: 'version' }));

  it('are published once a key and version; another payload is a conflict', async () => {
    const simulator = lane();
    simulator.drop('items_1.csv', `${header}a,1,x,1.00\na,2,y,1.00\na,1,x,1.00\n`);
    await simulator.run();
    simulator.drop('items_2.csv', `${header}a,1,x,1.00\na,2,z,1.00\na,3,x,1.00\n`);
    await simulator.run();
    expect(simulator.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      counts: { published: 2, duplicate: 1 },
    });
    expect(simulator.ack('items_2.csv')).toMatchObject({
      state: 'partial',
      counts: { published: 1, duplicate: 1, quarantined: 1 },
      rejectedRows: { first: [{ line: 3, code: 'DUPLICATE_CONFLICT' }] },
    });
    expect(simulator.events().map(event => event.sequence)).toEqual(
      ['1', '2', '3'].map(v => v.padStart(20, '0')),
    );
  });

  it('whose event the bus refused for good can be sent again', async () => {
    const simulator = lane();
    simulator.ports.bus.answer = entry =>
      isRow(entry) ? { kind: 'refused', reason: 'MalformedDetail' } : { kind: 'accepted' };
    simulator.drop('items_1.csv', `${header}a,1,x,1.00\n`);
    await simulator.run();
    simulator.ports.bus.answer = () => ({ kind: 'accepted' });
    simulator.drop('items_2.csv', `${header}a,1,x,1.00\nb,1,x,1.00\n`);
    await simulator.run();
    expect(simulator.ack('items_2.csv')).toMatchObject({ counts: { published: 2 } });
  });
});
