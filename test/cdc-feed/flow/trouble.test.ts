import crmCustomers from '#integrations/crm-customers/contract.ts';
import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { AccessDenied } from '#shared/ports.ts';
import { change, lena } from './debezium.ts';
import { FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';

const created = (id: number, lsn = id): PutRecord => change({ op: 'c', after: { ...lena, id }, lsn });
const renamed = (id: number, name: string, lsn: number): PutRecord =>
  change({ op: 'u', after: { ...lena, id, full_name: name }, lsn });
const many = (count: number): PutRecord[] => Array.from({ length: count }, (_, i) => created(i + 1));
const subjectOf = (entry: BusEntry): string => JSON.parse(entry.detail).subject;

describe('a bus that fails', () => {
  it('stops the key at its first failing record, goes on with others, and goes on from there later', async () => {
    const feed = new FeedSimulator(crmCustomers, { failuresMax: 0 });
    feed.put(created(1), created(2), renamed(2, 'Two', 12), created(3), renamed(2, 'Zwei', 14));
    feed.ports.bus.answer = entry =>
      subjectOf(entry) === '2' && /"Two"/.test(entry.detail)
        ? { kind: 'throttled', reason: 'ThrottlingException' }
        : { kind: 'accepted' };
    await feed.run();
    expect(feed.answers[0]).toBe(feed.sequenceNumbers[2]);
    expect(
      feed
        .facts()
        .filter(({ subject }) => subject === '2')
        .at(0),
    ).toMatchObject({
      type: 'customers.customer.created.v1',
    });
    expect(new Set(feed.facts().map(({ subject }) => subject))).toEqual(new Set(['1', '2', '3']));
    expect(feed.lines('batch settled')[0]!.fields).toMatchObject({
      received: 5,
      published: 2,
      again: 3,
      failedFrom: feed.sequenceNumbers[2],
    });
    feed.ports.bus.answer = () => ({ kind: 'accepted' });
    await feed.run();
    expect(feed.left).toBe(0);
    expect(lastOf(feed, '2').data.fullName).toBe('Zwei');
    expect(feed.lines('books unbalanced')).toEqual([]);
  });

  it('is given what came too early again, under the same ids, so that the last word is the last change', async () => {
    const feed = new FeedSimulator(crmCustomers);
    feed.put(created(1), renamed(1, 'First', 2), renamed(1, 'Second', 3));
    feed.ports.bus.answer = (entry, call) =>
      call === 1 && /"First"/.test(entry.detail)
        ? { kind: 'unknown', reason: 'timeout' }
        : { kind: 'accepted' };
    await feed.run();
    const names = feed.facts().map(({ data }) => data.fullName);
    expect(names).toEqual(['Lena Vogt', 'Second', 'First', 'Second']);
    const ids = feed.facts().map(({ id }) => id);
    expect(ids[1]).toBe(ids[3]);
    expect(feed.tally()).toMatchObject({ received: 3, published: 3, again: 0 });
  });

  it('does not block a key with a refusal that stands: the change is quarantined', async () => {
    const feed = new FeedSimulator(crmCustomers);
    feed.put(created(1), renamed(1, 'Odd', 2), renamed(1, 'Even', 3));
    feed.ports.bus.answer = entry =>
      /"Odd"/.test(entry.detail) ? { kind: 'refused', reason: 'MalformedDetail' } : { kind: 'accepted' };
    await feed.run();
    expect(feed.quarantined()).toMatchObject([
      { code: 'PUBLISH_REFUSED', sequenceNumber: feed.sequenceNumbers[1] },
    ]);
    expect(lastOf(feed, '1').data.fullName).toBe('Even');
  });

  it('that may not be used stops the batch and blames no record', async () => {
    const feed = new FeedSimulator(crmCustomers, { failuresMax: 0 });
    feed.put(...many(30));
    feed.ports.bus.answer = () => ({ kind: 'denied', reason: 'AccessDeniedException' });
    await feed.run();
    expect(feed.answers).toEqual([feed.sequenceNumbers[0]]);
    expect(feed.quarantined()).toEqual([]);
    expect(feed.lines('batch stopped')[0]!.fields).toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('that may not be used is named as the cause, whichever record was tried', async () => {
    const feed = new FeedSimulator(crmCustomers, { failuresMax: 0 });
    feed.put(created(1), ...Array.from({ length: 20 }, (_, i) => renamed(2, `Name ${i}`, 10 + i)));
    feed.ports.bus.answer = entry =>
      subjectOf(entry) === '2'
        ? { kind: 'denied', reason: 'AccessDeniedException' }
        : { kind: 'throttled', reason: 'slow' };
    await feed.run();
    expect(feed.answers).toEqual([feed.sequenceNumbers[0]]);
    expect(feed.lines('batch stopped')[0]!.fields).toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('is not asked any more when time is short', async () => {
    const feed = new FeedSimulator(crmCustomers, {
      failuresMax: 0,
      invocationMilliseconds: limits.feedStopMilliseconds,
    });
    await feed.put(created(1)).run();
    expect(feed.ports.bus.calls).toBe(0);
    expect(feed.answers).toEqual([feed.sequenceNumbers[0]]);
  });
});

describe('buckets that fail', () => {
  it('stop the batch before anything is published when the bytes cannot be kept', async () => {
    const feed = new FeedSimulator(crmCustomers, { failuresMax: 0 });
    feed.ports.files.write = async () => {
      throw new AccessDenied('writing to the raw bucket');
    };
    await feed.put(created(1)).run();
    expect(feed.answers).toEqual([expect.stringContaining('thrown: AccessDenied')]);
    expect(feed.facts()).toEqual([]);
    expect(feed.lines('batch stopped')[0]!.fields).toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('bring the batch again when faulty records cannot be stored, and publish under the same ids', async () => {
    const feed = new FeedSimulator(crmCustomers, { failuresMax: 0 });
    feed.put(created(1), { data: 'faulty' });
    const write = feed.ports.files.write.bind(feed.ports.files);
    feed.ports.files.write = async (bucket, ...rest) => {
      if (bucket === 'quarantine') throw new Error('503 SlowDown');
      return write(bucket, ...rest);
    };
    await feed.run();
    feed.ports.files.write = write;
    await feed.run();
    expect(new Set(feed.facts().map(({ id }) => id)).size).toBe(1);
    expect(feed.quarantined()).toHaveLength(1);
    expect(feed.tally()).toMatchObject({ received: 2, published: 1, quarantined: 1 });
  });
});

describe('a faulty record', () => {
  it('in a batch of nothing else is quarantined like all others, reported once, and the feed goes on', async () => {
    const faulty = Array.from({ length: 250 }, (_, i) => ({ data: `faulty ${i}` }));
    const feed = await new FeedSimulator(crmCustomers, { batchRecords: 250 })
      .put(...faulty, created(1))
      .run();
    expect(feed.quarantined()).toHaveLength(250);
    expect(feed.facts()).toHaveLength(1);
    expect(feed.ports.changesQueue.sent).toHaveLength(1);
    expect(feed.ports.changesQueue.sent[0]!.data).toMatchObject({
      changes: 250,
      codes: { UNDECODABLE_CHANGE: 250 },
      first: feed.sequenceNumbers[0],
      last: feed.sequenceNumbers[249],
    });
  });

  it('can be put on the stream again from what is kept of it', async () => {
    const feed = await new FeedSimulator(crmCustomers)
      .put({ partitionKey: 'k', data: { base64: '/wD+' } })
      .run();
    const [kept] = feed.quarantined();
    expect(kept).toMatchObject({
      integration: 'crm-customers',
      stream: 'crm-customers',
      shard: 'shardId-000000000006',
      code: 'UNDECODABLE_CHANGE',
      class: 'BUSINESS_REJECTED',
      remedy: expect.any(String),
      rawBase64: '/wD+',
      bytes: 3,
      keyBase64: Buffer.from('k').toString('base64'),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(bytesAt(feed, String(kept!.rawRef))).toEqual(Buffer.from([0xff, 0, 0xfe]));
  });

  it('that is too large is truncated, and complete in the raw bucket', async () => {
    const data = 'x'.repeat(limits.changeRecordBytesMax + 1);
    const feed = await new FeedSimulator(crmCustomers).put({ data }).run();
    const [kept] = feed.quarantined();
    expect(kept).toMatchObject({ code: 'RECORD_TOO_LONG', truncated: true, bytes: data.length });
    expect(bytesAt(feed, String(kept!.rawRef)).toString()).toBe(data);
  });

  it('holds no value of the row in its fault', async () => {
    const feed = await new FeedSimulator(crmCustomers)
      .put(change({ op: 'c', after: { ...lena, email: 'secret-at-example' } }))
      .run();
    const { rawBase64: _, ...rest } = feed.quarantined()[0]!;
    expect(JSON.stringify(rest)).not.toContain('secret');
    expect(JSON.stringify(feed.ports.log.lines)).not.toContain('secret');
  });
});

describe('the same record again', () => {
  it('within a batch is a duplicate', async () => {
    const feed = await new FeedSimulator(crmCustomers).put(created(1), created(1)).run();
    expect(feed.facts()).toHaveLength(1);
    expect(feed.tally()).toMatchObject({ received: 2, published: 1, duplicate: 1 });
  });

  it('in another batch has the same id and the same bytes', async () => {
    const feed = await new FeedSimulator(crmCustomers).put(...many(3)).run();
    await feed.rewind().run();
    const [first, second] = [feed.ports.bus.accepted.slice(0, 3), feed.ports.bus.accepted.slice(3)];
    expect(second.map(({ detail }) => JSON.parse(detail).id)).toEqual(
      first.map(({ detail }) => JSON.parse(detail).id),
    );
  });
});

describe('an event', () => {
  it('carries where it comes from and how to order it', async () => {
    const feed = await new FeedSimulator(crmCustomers).put(created(7, 77)).run();
    const [event] = feed.facts();
    expect(event).toMatchObject({
      specversion: '1.0',
      source: 'customers',
      tenantid: 'acme',
      aggregatetype: 'customer',
      aggregateid: '7',
      sequence: expect.stringMatching(/^0000\.1\.0*24023119\.0*77\.0*49591$/),
      causationid: `crm-customers/shardId-000000000006/${feed.sequenceNumbers[0]}`,
      correlationid: expect.stringMatching(/^crm-customers\.[0-9a-f]{40}$/),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      processkey: 'crm-customers/public.customers',
      idempotencykey: expect.stringContaining('crm-customers:public.customers:7:'),
      externalref: 'public.customers#7',
      sourceversion: '1.0',
      sourcetrust: 'authoritative',
      dataclass: 'personal',
      rawhash: expect.stringMatching(/^[0-9a-f]{64}$/),
      ingestedat: '2026-01-05T08:00:01.000Z',
    });
    expect(JSON.parse(bytesAt(feed, String(event!.rawref)).toString())).toMatchObject({ op: 'c' });
  });

  it('of one transaction shares correlation and trace with the others', async () => {
    const feed = await new FeedSimulator(crmCustomers, { batchRecords: 1 })
      .put(created(1), created(2), change({ op: 'c', after: { ...lena, id: 3 }, lsn: 9, txId: 556 }))
      .run();
    const [first, second, third] = feed.facts();
    expect(first!.correlationid).toBe(second!.correlationid);
    expect(first!.traceparent).toBe(second!.traceparent);
    expect(third!.correlationid).not.toBe(first!.correlationid);
  });

  it('of an update names what changed, without personal values', async () => {
    const after = { ...lena, full_name: 'Lena V.', tier: 'S' };
    const feed = await new FeedSimulator(crmCustomers).put(change({ op: 'u', before: lena, after })).run();
    expect(feed.facts()[0]).toMatchObject({ changed: 'fullName,tier', previous: '{"tier":"gold"}' });
  });

  it('is not made of a change that means nothing here', async () => {
    const after = { ...lena, updated_at: '2026-11-03T00:00:00Z' };
    const feed = await new FeedSimulator(crmCustomers).put(change({ op: 'u', before: lena, after })).run();
    expect(feed.facts()).toEqual([]);
    expect(feed.tally()).toMatchObject({ received: 1, skipped: 1 });
  });
});

const lastOf = (feed: FeedSimulator, subject: string) =>
  feed.facts().findLast(event => event.subject === subject)!;

/** The bytes that a raw reference names. */
function bytesAt(feed: FeedSimulator, rawRef: string): Buffer {
  const [, key, start, end] = /^s3:\/\/raw\/([^?#]+)#bytes=(\d+)-(\d+)$/.exec(rawRef)!;
  const bytes = feed.ports.files.bytes('raw', decodeURIComponent(key!));
  return Buffer.from(bytes.subarray(Number(start), Number(end) + 1));
}
