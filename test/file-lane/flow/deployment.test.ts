import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { logLines } from '#adapters/file-lane/core/outcome/log-lines.ts';
import { emit } from '#shared/contract/emission.ts';
import { text } from '#shared/core/mapping/text.ts';
import { columns, itemCreated, laneWith } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const rows = Array.from({ length: 12 }, (_, i) => `S,i-${i + 1},1,note ${i + 1},${i + 1}.50\n`);
const file = `size,id,version,note,amount\n${rows.join('')}`;

const before = laneWith();
const withColumn = (column: string) =>
  laneWith({ columns: { [column]: text({ max: 9 }), ...columns } } as never);

/** The file’s messages go to these versions in turn, as in a canary. */
async function dropped(...versions: readonly [FileLane, ...FileLane[]]): Promise<LaneSimulator> {
  const bounds = { chunkBytesMax: 40, checkpointRecordsMax: 1 };
  const lane = new LaneSimulator(before, { bounds, pieceBytes: 50 });
  lane.deploy(...versions);
  lane.drop('items_1.csv', file);
  await lane.run();
  return lane;
}

describe('a file that two versions of its lane work on, as in the middle of a deployment', () => {
  it('is cut into chunks, and each version works on some of them', async () => {
    const lane = await dropped(before);
    expect(lane.handoffs()[0]!.inspection!.chunks.length).toBe(4);
  });

  it('has the same events as by one version where columns were added before others: each reads its own', async () => {
    const alone = await dropped(before);
    for (const both of [
      await dropped(before, withColumn('size')),
      await dropped(withColumn('size'), before),
    ]) {
      expect(both.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 12 } });
      expect(both.events().map(({ id, data }) => [id, data])).toEqual(
        alone.events().map(({ id, data }) => [id, data]),
      );
    }
  });

  it('has each event once, by the mapping of either version', async () => {
    const upper = laneWith({
      map: (row: { id: string; note: string; amount: string }) =>
        emit(itemCreated, { itemId: row.id, note: row.note.toUpperCase(), amount: row.amount }),
    } as never);
    const alone = await dropped(before);
    const both = await dropped(before, upper);
    expect(both.events()).toHaveLength(12);
    expect(both.eventIds()).toEqual(alone.eventIds());
    const notes = both.events().map(({ data }) => (data as { note: string }).note);
    expect(notes).toContain('NOTE 1');
    expect(notes.some(note => note.startsWith('note'))).toBe(true);
  });

  it('waits with a chunk whose version needs a column that the file has not, and the other version goes on', async () => {
    const lane = await dropped(before, withColumn('colour'));
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 12 } });
    expect(lane.events()).toHaveLength(12);
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ports.log.lines.map(({ event }) => event)).toContain(logLines.laneStopped);
  });

  it('is corrected after a rollback: what the wrong version quarantined is published with the ids that it would have had', async () => {
    const wrong = laneWith({ columns: { ...columns, note: text({ max: 3 }) } });
    const lane = await dropped(before, wrong);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'partial', balanced: true });
    const alone = await dropped(before);
    expect(lane.eventIds().length).toBeLessThan(12);
    lane.deploy(before);
    lane.reprocess(lane.handoffs()[0]!.id);
    await lane.run();
    expect(lane.eventIds()).toEqual(alone.eventIds());
  });
});
