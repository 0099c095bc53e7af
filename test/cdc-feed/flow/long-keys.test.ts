import type { CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { PutRecord } from './stream-events.ts';
import { endOf, run, thingFeed } from './thing-feeds.ts';

/** Kinesis takes so many characters of a partition key; a connector that does not stop there may cut it. */
const partitionKeyMax = 256;
const keyMax = 20_000;
const columns = { keyType: is.text(), keyMax };

const block = { ts_ms: 1_730_535_300_000, snapshot: 'false', schema: 'public', table: 't' };
const payload = (op: string, rows: object, lsn: number) => ({
  ...{ before: null, after: null, ...rows, op, ts_ms: 1_730_535_300_456 },
  source: { ...block, lsn },
});

/** Created, changed, and one more deleted. */
function history(id: string): readonly PutRecord[] {
  const gone = `${id}2`;
  const put = (key: string, data: object): PutRecord => ({
    partitionKey: JSON.stringify({ id: key }).slice(0, partitionKeyMax),
    data,
  });
  return [
    put(id, payload('c', { after: { id, v: 'old' } }, 1)),
    put(gone, payload('c', { after: { id: gone, v: 'x' } }, 2)),
    put(id, payload('u', { after: { id, v: 'new' } }, 3)),
    put(gone, payload('d', { before: { id: gone, v: null } }, 4)),
  ];
}

const postgresql: CdcFeedSource = { kind: 'debezium', connector: 'postgresql' };

describe('a text key longer than a partition key', () => {
  it.each([partitionKeyMax + 1, 2_049, keyMax - 1])('of %i characters is read from its row', async length => {
    const id = 'ä'.repeat(length);
    const simulator = await run(thingFeed(postgresql, 'public.t', columns), history(id));
    expect(simulator.tally()).toMatchObject({ published: 4, quarantined: 0 });
    expect(await endOf(simulator.facts())).toEqual({ [id]: 'new' });
    expect(simulator.facts().at(0)).toMatchObject({ subject: id });
  });

  it('that its log has nowhere but in the partition key is a fault, not another key', async () => {
    const feed = thingFeed({ kind: 'debezium', connector: 'mongodb' }, 'd.c', { ...columns, key: '_id' });
    const id = JSON.stringify({ id: JSON.stringify('k'.repeat(300)) });
    const source = { ts_ms: 1_730_535_300_000, ord: 1, snapshot: 'false', db: 'd', collection: 'c' };
    const data = { before: null, after: null, op: 'd', ts_ms: 1, source };
    const cut = await run(feed, [{ partitionKey: id.slice(0, partitionKeyMax), data }]);
    expect(cut.quarantined()).toMatchObject([{ code: 'MISSING_KEY' }]);
    const whole = await run(feed, [{ partitionKey: id, data }]);
    expect(whole.facts()).toMatchObject([{ subject: 'k'.repeat(300) }]);
  });
});
