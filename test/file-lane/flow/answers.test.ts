import { header, laneWith, rows } from './lanes.ts';
import { Race } from './racing.ts';
import { LaneSimulator, sequencerOf } from './simulator.ts';

const bad = (id: string): string => `${id},x,bad,1.00\n`;

const dirty = header + bad('bad-1') + rows(2);
const clean = header + rows(3);
const otherwiseDirty = header + bad('bad-2') + rows(4);
/** Its rejected rows are the same bytes, with the same ETag, as those of `dirty`. */
const dirtyAlike = header + bad('bad-1') + rows(5);

interface Expected {
  readonly state: string;
  readonly row?: string;
}

const partial = (row: string): Expected => ({ state: 'partial', row });

const drops: readonly (readonly [string, readonly string[], Expected])[] = [
  ['dirty, then corrected', [dirty, clean], { state: 'complete' }],
  ['clean, then dirty', [clean, dirty], partial('bad-1')],
  ['dirty twice', [dirty, otherwiseDirty], partial('bad-2')],
  ['corrected, then dirty again', [dirty, clean, otherwiseDirty], partial('bad-2')],
  ['corrected twice', [otherwiseDirty, dirty, clean], { state: 'complete' }],
  ['corrected, then dirty with the same bad rows', [dirty, clean, dirtyAlike], partial('bad-1')],
  ['dirty, then dirty with the same bad rows', [dirty, otherwiseDirty, dirtyAlike], partial('bad-1')],
];

const expectNewest = ({ answer, versions }: Race, { state, row }: Expected, told: object): void =>
  expect({ ...told, ...answer }).toEqual({
    ...told,
    versionId: versions.at(-1)?.versionId,
    state,
    rejectedRows: row && 1,
    rejected: row ? expect.stringContaining(row) : undefined,
    unsettled: 0,
  });

describe.each(drops)('versions of one name, %s, end in the answer of the newest', (_, contents, expected) => {
  it('settled one after the other, in any order', async () => {
    for (const order of permutations(contents.map((_, n) => n))) {
      const race = new Race(laneWith(), contents);
      const inTurn = order.map(n => race.racers[n]!);
      await race.run(left => ({ racer: inTurn.find(racer => left.includes(racer))! }));
      expectNewest(race, expected, { order });
      expect(new Set([...race.besideAcknowledgements, 'its own'])).toEqual(new Set(['its own']));
    }
  });

  it('one stopped at any call while the others go on to their end', async () => {
    for (const order of permutations(contents.map((_, n) => n))) {
      for (let at = 0; at < 12; at++) {
        const race = new Race(laneWith(), contents);
        const inTurn = order.map(n => race.racers[n]!);
        let steps = 0;
        await race.run(left => {
          const others = inTurn.slice(1).filter(racer => left.includes(racer));
          return { racer: steps++ < at ? inTurn[0]! : (others[0] ?? inTurn[0]!) };
        });
        expectNewest(race, expected, { order, at });
      }
    }
  });

  it('call by call in any order, and when some die', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const race = new Race(laneWith(), contents);
      const random = randomOf(seed);
      await race.run(left => ({
        racer: left[Math.floor(random() * left.length)]!,
        dies: seed % 2 === 0 && random() < 0.08,
      }));
      expectNewest(race, expected, { seed });
      // Of equal bytes S3 cannot tell whose they are: those are put right afterwards.
      if (!contents.includes(dirtyAlike)) expect(race.besideAcknowledgements).not.toContain('older');
    }
  });
});

describe('an answer', () => {
  it('names the version it answers', async () => {
    const lane = new LaneSimulator(laneWith());
    const object = lane.drop('items_1.csv', clean);
    await lane.run();
    const { key, versionId, etag } = object;
    expect(lane.ack('items_1.csv')).toMatchObject({
      object: { key, versionId, etag },
      sequencer: sequencerOf(object),
    });
  });

  it('of a newer version stays; the older one is still published, settled and logged', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', header + rows(1, 1), { afterSeconds: 60 });
    lane.drop('items_1.csv', header + rows(1, 7));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ object: { versionId: 'v2' } });
    expect(lane.events().map(event => event.aggregateid)).toEqual(['i-7', 'i-1']);
    expect(lane.ports.bus.details().filter(event => event.source === 'edge')).toHaveLength(2);
    const settled = lane.ports.log.lines.filter(line => line.event === 'file settled');
    expect(settled.map(line => line.fields.answer)).toEqual(['written', 'superseded']);
  });

  it('of an older release is replaced, with its rejected rows', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.files.put('inbound', 'shop/ack/items_1.csv.ack.json', '{}');
    lane.ports.files.put('inbound', 'shop/ack/items_1.csv.rejected.csv', 'old');
    lane.drop('items_1.csv', clean);
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete' });
    expect(lane.ports.files.keys('inbound', 'shop/ack/')).toEqual(['shop/ack/items_1.csv.ack.json']);
  });
});

describe('the sequence of a row without a version', () => {
  it('is greater in the newer of two files of one second, wherever the row lies', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', `${header}${rows(3, 10)}i-1,1,older,1.00\n`);
    lane.drop('items_1.csv', `${header}i-1,1,newer,1.00\n`);
    await lane.run();
    const events = lane.events().filter(event => event.aggregateid === 'i-1');
    const [older, newer] = events.map(event => String(event.sequence));
    expect(older!.slice(0, 23)).toBe(newer!.slice(0, 23));
    expect(older!.slice(23)).toBe(`.${'000000000000000001'.padEnd(32, '0')}.000000000004`);
    expect(newer!.slice(23)).toBe(`.${'000000000000000002'.padEnd(32, '0')}.000000000001`);
    expect(newer! > older!).toBe(true);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap(item =>
    permutations(items.filter(other => other !== item)).map(rest => [item, ...rest]),
  );
}

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('an answer that is gone', () => {
  const acknowledge = (handoffId: string) => JSON.stringify({ kind: 'edge.acknowledge', handoffId });

  it.each([
    ['complete', clean],
    ['partial', dirty],
    ['rejected', 'nonsense\n'],
  ])('is written again as it was, with its rejected rows: %s', async (state, content) => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', content);
    await lane.run();
    const keys = ['items_1.csv.ack.json', 'items_1.csv.rejected.csv'].map(name => `shop/ack/${name}`);
    const texts = () => Promise.all(keys.map(key => textOf(lane, key)));
    const before = await texts();
    for (const key of keys) {
      const found = await lane.ports.files.head({ bucket: 'inbound', key });
      if (found) await lane.ports.files.remove({ bucket: 'inbound', key, etag: found.etag });
    }
    const [handoff] = lane.handoffs();
    lane.redrive(acknowledge(handoff?.id ?? ''));
    await lane.run();
    expect([lane.ack('items_1.csv')?.state, await texts()]).toEqual([state, before]);
    expect(lane.deadLetters).toEqual([]);
  });

  it('of a file that is in work is left to its settling', async () => {
    const lane = new LaneSimulator(laneWith());
    const { ledger } = lane.ports;
    ledger.beginSettling = async () => Promise.reject(new Error('a bug'));
    lane.drop('items_1.csv', clean);
    await lane.run();
    lane.redrive(acknowledge(lane.handoffs()[0]?.id ?? ''));
    await lane.run();
    expect(lane.deadLetters).toHaveLength(1);
  });
});

async function textOf({ ports }: LaneSimulator, key: string): Promise<string | undefined> {
  const object = { bucket: 'inbound', key } as const;
  if (!(await ports.files.head(object))) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of ports.files.read(object)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
