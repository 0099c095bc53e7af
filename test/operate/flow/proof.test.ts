import type { ProofMessage } from '#adapters/file-lane/core/outcome/proof-message.ts';
import { memoryHandoffSearch } from '#adapters/file-lane/memory/memory-handoff-search.ts';
import { proveBus } from '#operate/flow/proof/prove-bus.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { memoryProofs, memoryStandings } from '#operate/memory/memory-proofs.ts';
import { MemoryTrail } from '#operate/memory/memory-trail.ts';
import { emit } from '#shared/contract/emission.ts';
import type { PublishForm } from '#shared/contract/publish-form.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { header, itemCreated, laneWith, rows } from '../../file-lane/flow/lanes.ts';
import { LaneSimulator } from '../../file-lane/flow/simulator.ts';
import { LoggedBus } from './logged-bus.ts';

const bounds = { chunkBytesMax: 100, checkpointRecordsMax: 3 };

/** A lane, the bus log of what it published, and the auditor. */
class Proven {
  readonly lane: LaneSimulator;
  readonly objects = new MemoryObjects();
  readonly proofs = memoryProofs();
  readonly log = new MemoryLog();
  readonly asked: ProofMessage[] = [];
  readonly #bus: LoggedBus;

  constructor(publish: PublishForm = 'single', changes: Parameters<typeof laneWith>[0] = {}) {
    this.lane = new LaneSimulator(laneWith({ publish, ...changes }), { bounds, pieceBytes: 50 });
    this.#bus = new LoggedBus(this.lane.ports, this.objects);
  }

  writeLog(without: readonly number[] = []): void {
    this.#bus.write(without);
  }

  async prove(graceSeconds = 0) {
    const { ledger, clock } = this.lane.ports;
    return proveBus({
      integrations: [
        { id: 'shop-items', kind: 'file-lane', owner: 'shop', partner: 'Shop', inPrefix: 'shop/in/' },
      ],
      ports: {
        ...{ ledger, clock, log: this.log, proofs: this.proofs, objects: this.objects },
        ...{ standings: memoryStandings(), trail: new MemoryTrail() },
        search: memoryHandoffSearch(ledger),
        units: { ask: async () => ({ events: [], published: [] }) },
        found: { write: async (key, ids) => void this.lane.ports.files.put('raw', key, ids) },
        lanes: { ask: async (_, message) => void this.asked.push(message) },
      },
      expected: {},
      invocation: { remainingMilliseconds: () => 900_000 },
      graceSeconds,
    });
  }

  /** The lane works on what it was asked; what it answers can be read then. */
  async letLaneAnswer(): Promise<void> {
    for (const message of this.asked) this.lane.redrive(JSON.stringify(message));
    await this.lane.run();
    for (const { handoffId, n } of this.asked.splice(0)) {
      const key = `shop-items/proof/${handoffId}/${n}.json`;
      this.objects.put('raw', key, this.lane.ports.files.text('raw', key));
    }
  }

  /** A file that published 12 events in several chunks. */
  async file(): Promise<string> {
    this.objects.put('raw', 'x', '');
    this.lane.drop('items_1.csv', header + rows(12));
    await this.lane.run();
    const [handoff] = this.lane.ports.ledger.all();
    expect(handoff).toMatchObject({ state: 'complete' });
    expect((await this.lane.ports.ledger.chunks(handoff!.id, 'publish')).length).toBeGreaterThan(1);
    return handoff!.id;
  }
}

const none = { proven: 0, missing: 0, unlike: 0, held: 0, waiting: 0 };

describe('a file whose events are on the bus', () => {
  it('is proven once, by count and digest', async () => {
    const given = new Proven();
    const id = await given.file();
    given.writeLog();
    expect(await given.prove()).toEqual({ ...none, proven: 1 });
    expect(await given.proofs.find(id)).toMatchObject({
      state: 'proven',
      claimed: 12,
      onBus: 12,
      missing: [],
    });
    expect(await given.prove()).toEqual(none);
  });

  it('is proven when events came more than once, for repeats are counted once', async () => {
    const given = new Proven();
    const id = await given.file();
    const { bus } = given.lane.ports;
    bus.accepted.push(...bus.accepted.filter(({ source }) => source === 'shop').slice(2, 9));
    given.writeLog();
    expect(await given.prove()).toEqual({ ...none, proven: 1 });
    expect(await given.proofs.find(id)).toMatchObject({ claimed: 12, onBus: 12 });
  });
});

describe('a file without a header', () => {
  it('is proven: the event about its end is none of its rows', async () => {
    const given = new Proven('single', { format: { delimiter: ',', header: 'none' } });
    given.objects.put('raw', 'x', '');
    given.lane.drop('items_1.csv', rows(12));
    await given.lane.run();
    given.writeLog();
    expect(await given.prove()).toEqual({ ...none, proven: 1 });
  });
});

describe('a file whose events are published in batches', () => {
  it('is proven event by event, and a batch that is missing is published again', async () => {
    const given = new Proven('batch');
    const id = await given.file();
    const { bus } = given.lane.ports;
    const batches = bus.accepted.filter(({ source }) => source === 'shop');
    expect(batches.length).toBeLessThan(12);
    const [{ detail }] = [batches[1]!];
    const lost = JSON.parse(detail).events.map((event: { id: string }) => event.id);
    given.writeLog([bus.accepted.indexOf(batches[1]!)]);
    expect(await given.prove()).toEqual({ ...none, missing: 1 });
    expect(await given.proofs.find(id)).toMatchObject({ claimed: 12, onBus: 12 - lost.length });
    await given.letLaneAnswer();
    given.writeLog();
    expect(await given.prove()).toEqual({ ...none, proven: 1 });
    expect(await given.proofs.find(id)).toMatchObject({ state: 'proven', onBus: 12, missing: lost });
  });
});

describe('a file of whose events some are missing', () => {
  it('waits while the log may be late', async () => {
    const given = new Proven();
    await given.file();
    given.writeLog([3]);
    expect(await given.prove(60)).toEqual({ ...none, waiting: 1 });
    expect(given.asked).toEqual([]);
  });

  it('has exactly these published by its lane, and is proven then with their ids', async () => {
    const given = new Proven();
    const id = await given.file();
    const { bus } = given.lane.ports;
    const lost = [bus.accepted[3]!.id, bus.accepted[10]!.id];
    given.writeLog([3, 10]);
    expect(await given.prove()).toEqual({ ...none, missing: 1 });
    expect(await given.proofs.find(id)).toMatchObject({ state: 'missing', claimed: 12, onBus: 10 });
    const before = bus.accepted.length;
    await given.letLaneAnswer();
    expect(bus.accepted.slice(before).map(entry => entry.id)).toEqual(lost);
    given.writeLog();
    expect(await given.prove()).toEqual({ ...none, proven: 1 });
    expect(await given.proofs.find(id)).toMatchObject({ state: 'proven', onBus: 12, missing: lost });
  });

  it('has them published again where its rows are corrections of another file, without rows that others corrected', async () => {
    const given = new Proven();
    const { lane } = given;
    const { bus, files } = lane.ports;
    lane.drop('items_1.csv', `${header}bad-1,x,b,2.00\ni-2,1,c,3.00\nbad-2,1,d,much\n`);
    await lane.run();
    const csv = files.text('inbound', 'shop/ack/items_1.csv.rejected.csv').replace('bad-1,x,', 'bad-1,1,');
    for (const [name, text] of [
      ['one.csv', csv],
      ['two.csv', csv.replace(',much,', ',4.00,')],
    ] as const) {
      lane.drop(name, text, { folder: 'fixed' });
      await lane.run();
    }
    const last = bus.accepted.findLastIndex(({ source }) => source === 'shop');
    given.writeLog([last]);
    expect(await given.prove()).toEqual({ ...none, proven: 2, missing: 1 });
    const before = bus.accepted.length;
    await given.letLaneAnswer();
    expect(bus.accepted.slice(before).map(entry => entry.id)).toEqual([bus.accepted[last]!.id]);
    given.writeLog();
    expect(await given.prove()).toEqual({ ...none, proven: 1 });
  });

  it('has nothing published when the file is gone, and no dead letter is left', async () => {
    const given = new Proven();
    const id = await given.file();
    given.writeLog([3]);
    given.lane.ports.files.erase('inbound', 'shop/in/items_1.csv');
    expect(await given.prove()).toEqual({ ...none, missing: 1 });
    await given.letLaneAnswer();
    expect(given.lane.deadLetters).toEqual([]);
    expect(await given.prove()).toEqual({ ...none, unlike: 1 });
    expect(await given.proofs.find(id)).toMatchObject({ state: 'unlike', claimed: 12, onBus: 11 });
  });

  it('has nothing published when the contract makes other events of it now, and rings', async () => {
    const given = new Proven();
    const id = await given.file();
    given.writeLog([3]);
    await given.prove();
    const { bus } = given.lane.ports;
    const before = bus.accepted.length;
    const map = (row: { id: string; note: string; amount: string }) => [
      emit(itemCreated, { itemId: row.id, note: row.note, amount: row.amount }),
      emit(itemCreated, { itemId: `${row.id}-b`, note: row.note, amount: row.amount }),
    ];
    given.lane.deploy(laneWith({ map } as Parameters<typeof laneWith>[0]));
    await given.letLaneAnswer();
    expect(bus.accepted).toHaveLength(before);
    expect(await given.prove()).toEqual({ ...none, unlike: 1 });
    expect(await given.proofs.find(id)).toMatchObject({ state: 'unlike' });
    given.lane.deploy(laneWith());
    await given.letLaneAnswer();
    given.writeLog();
    expect(await given.prove()).toEqual({ ...none, proven: 1 });
  });
});
