import { duplicatesInWords } from '#adapters/file-lane/derive/file-words.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const byRow = laneWith({ duplicates: 'row' });

async function drop(simulator: LaneSimulator, name: string, content: string) {
  simulator.drop(name, content);
  await simulator.run();
  return simulator.ack(name);
}

/** Ids and notes of what was published, in order. */
const published = (simulator: LaneSimulator) =>
  simulator.events().map(event => `${event.aggregateid} ${(event.data as { note: string }).note}`);

describe('a file that comes again', () => {
  it.each([
    ['with other line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
    ['without its last line end', (text: string) => text.slice(0, -1)],
    ['with spare quotes', (text: string) => text.replaceAll(/note \d/g, '"$&"')],
    ['with blank lines', (text: string) => text.replaceAll('\n', '\n\n')],
  ])('%s is a duplicate', async (_, spelled) => {
    const simulator = new LaneSimulator(laneWith());
    await drop(simulator, 'items_1.csv', header + rows(3));
    const ack = await drop(simulator, 'items_2.csv', spelled(header + rows(3)));
    expect(ack).toMatchObject({
      state: 'duplicate',
      counts: { received: 3, duplicate: 3, published: 0 },
      fault: { code: 'PROCESSED_BEFORE', class: 'IDEMPOTENT_SUCCESS' },
    });
    expect(simulator.events()).toHaveLength(3);
  });

  it('corrected as a whole publishes only the rows that changed', async () => {
    const simulator = new LaneSimulator(byRow);
    const first = await drop(simulator, 'items_1.csv', `${header}a,1,one,1.00\nb,1,two,x\nc,1,three,3.00\n`);
    expect(first).toMatchObject({ state: 'partial', counts: { published: 2, quarantined: 1 } });
    const second = await drop(
      simulator,
      'items_1.csv',
      `${header}a,1,one,1.00\nb,1,two,2.00\nc,1,three,3.00\n`,
    );
    expect(second).toMatchObject({ state: 'complete', counts: { received: 3, published: 1, duplicate: 2 } });
    expect(published(simulator)).toEqual(['a one', 'c three', 'b two']);
  });
});

test('a file of rejected rows that is dropped as a new file is rejected, and its remedy names the right folder', async () => {
  const simulator = new LaneSimulator(laneWith());
  await drop(simulator, 'items_1.csv', `${header}a,1,one,1.00\nb,1,two,x\n`);
  const rejected = simulator.ports.files.text(
    'inbound',
    simulator.ports.files.keys('inbound').find(key => key.endsWith('.rejected.csv'))!,
  );
  const ack = await drop(simulator, 'items_2.csv', rejected);
  expect(ack).toMatchObject({
    state: 'rejected',
    fault: { code: 'CORRECTION_AS_NEW_FILE', remedy: expect.stringContaining('fixed/') },
  });
  expect(simulator.events()).toHaveLength(1);
});

test('a file’s answer names the trace of its events', async () => {
  const simulator = new LaneSimulator(laneWith());
  const ack = await drop(simulator, 'items_1.csv', header + rows(1));
  expect(ack.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(simulator.events().map(({ traceparent }) => traceparent)).toEqual([ack.traceparent]);
});

test('only lanes that know a file as a whole tell so in their documents', () => {
  expect(duplicatesInWords(laneWith())).toContain('are one file');
  expect(duplicatesInWords(laneWith({ duplicates: 'row', version: 'version' }))).toContain('are one file');
  expect(duplicatesInWords(byRow)).toBe(
    'a row with the same values as the last row of its id is a duplicate, so a corrected file can be sent whole; remembered for 400 days',
  );
});

describe('rows compared with the last one of their key', () => {
  it('are published whenever their values change, and only then', async () => {
    const simulator = new LaneSimulator(byRow);
    for (const [n, note] of ['A', 'A', 'B', 'A', 'A'].entries())
      await drop(simulator, `items_${n}.csv`, `${header}a,1,${note},1.00\nx${n},1,x,1.00\n`);
    expect(published(simulator).filter(event => event.startsWith('a '))).toEqual(['a A', 'a B', 'a A']);
    const ids = simulator.eventIds();
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are published when a whole file repeats an earlier one, after another file changed the rows', async () => {
    const simulator = new LaneSimulator(byRow);
    const acks: unknown[] = [];
    for (const [n, note] of ['A', 'B', 'A', 'A'].entries())
      acks.push(await drop(simulator, `items_${n}.csv`, `${header}a,1,${note},1.00\n`));
    expect(published(simulator)).toEqual(['a A', 'a B', 'a A']);
    expect(new Set(simulator.eventIds()).size).toBe(3);
    const sequences = simulator.events().map(({ sequence }) => String(sequence));
    expect(sequences).toEqual(sequences.toSorted());
    expect(acks[2]).toMatchObject({ state: 'complete', counts: { published: 1, duplicate: 0 } });
    expect(acks[3]).toMatchObject({ state: 'complete', counts: { published: 0, duplicate: 1 } });
  });

  it('are duplicates where a newer file with the same rows came first', async () => {
    const simulator = new LaneSimulator(byRow);
    const text = `${header}a,1,A,1.00\n`;
    const older = simulator.ports.files.put('inbound', 'shop/in/items_1.csv', text);
    await drop(simulator, 'items_2.csv', text);
    simulator.notify(older, 'late');
    await simulator.run();
    expect(simulator.ack('items_1.csv')).toMatchObject({ counts: { published: 0, duplicate: 1 } });
    expect(published(simulator)).toEqual(['a A']);
  });

  it('are compared within one file, too', async () => {
    const simulator = new LaneSimulator(byRow);
    const text = ['A', 'A', 'B', 'B', 'A'].map(note => `a,1,${note},1.00\n`).join('');
    const ack = await drop(simulator, 'items_1.csv', header + text);
    expect(ack).toMatchObject({ state: 'complete', counts: { received: 5, published: 3, duplicate: 2 } });
    expect(published(simulator)).toEqual(['a A', 'a B', 'a A']);
  });

  it('are published where a newer file came first, and leave the newer row in place', async () => {
    const simulator = new LaneSimulator(byRow);
    const older = simulator.ports.files.put('inbound', 'shop/in/items_1.csv', `${header}a,1,old,1.00\n`);
    await drop(simulator, 'items_2.csv', `${header}a,1,new,1.00\n`);
    simulator.notify(older, 'late');
    await simulator.run();
    expect(simulator.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 1 } });
    const sequences = Object.fromEntries(
      simulator.events().map(event => [(event.data as { note: string }).note, String(event.sequence)]),
    );
    expect(sequences.old! < sequences.new!).toBe(true);
    const again = await drop(simulator, 'items_3.csv', `${header}a,1,new,1.00\nb,1,x,1.00\n`);
    expect(again).toMatchObject({ counts: { published: 1, duplicate: 1 } });
  });

  it('are free for the next file when the one that claimed them ended without publishing', async () => {
    for (const lane of [byRow, laneWith({ duplicates: 'row', version: 'version' })]) {
      const simulator = new LaneSimulator(lane, { pieceBytes: 20, bounds: { checkpointRecordsMax: 1 } });
      const object = simulator.drop('items_1.csv', `${header}a,1,one,1.00\nb,1,two,1.00\nc,1,three,1.00\n`);
      simulator.ports.bus.answer = ({ detail }) => {
        if (JSON.parse(detail).aggregateid !== 'b') return { kind: 'accepted' };
        simulator.ports.files.erase('inbound', object.key);
        return { kind: 'throttled', reason: 'ServiceUnavailable' };
      };
      await simulator.run();
      expect(simulator.ack('items_1.csv')).toMatchObject({
        state: 'partial',
        fault: { code: 'OBJECT_GONE' },
        counts: { published: 1, rejected: 2 },
      });
      simulator.ports.bus.answer = () => ({ kind: 'accepted' });
      const ack = await drop(simulator, 'items_2.csv', `${header}a,1,one,1.00\nb,1,other,1.00\n`);
      expect(ack).toMatchObject({ state: 'complete', counts: { published: 1, duplicate: 1 } });
      expect(published(simulator)).toEqual(['a one', 'b other']);
    }
  });
});
