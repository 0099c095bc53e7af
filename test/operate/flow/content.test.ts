import { Buffer } from 'node:buffer';
import { readingFacts } from '#operate/aws/dynamo-readings.ts';
import { limits } from '#shared/contract/limits.ts';
import { putLog } from './bus-log.ts';
import { caller, Given } from './given.ts';

const text = (base64: string) => Buffer.from(base64, 'base64').toString();
const rows = { integration: 'acme-orders', of: 'rows', id: 'acme-orders.1' };

describe('content', () => {
  it('is read of rows, requests, changes and rejects, each time on record', async () => {
    const given = new Given();
    given.ports.objects.put('quarantine', 'acme-orders/acme-orders.1/rows.csv', 'a,b\n1,2\n');
    given.ports.objects.put('quarantine', 'crm-customers/s/1/9.json', '{"n":9}');
    given.ports.objects.put('rejects', 'stripe-payments/rejects/2026/1.json', '{"body":1}');
    expect(text((await given.answer('readContent', rows)).base64)).toBe('a,b\n1,2\n');
    const change = { integration: 'crm-customers', of: 'unit', id: '9', object: 'crm-customers/s/1/9.json' };
    expect(text((await given.answer('readContent', change)).base64)).toBe('{"n":9}');
    const object = 'stripe-payments/rejects/2026/1.json';
    await given.answer('readContent', { integration: 'stripe-payments', of: 'reject', id: 'r', object });
    expect(given.ports.readings.records.map(record => [record.by, record.object])).toEqual([
      [caller.arn, 'acme-orders/acme-orders.1/rows.csv'],
      [caller.arn, 'crm-customers/s/1/9.json'],
      [caller.arn, object],
    ]);
  });

  it('of an event is its line of the log', async () => {
    const given = new Given();
    const object = putLog(given, '2026/11/20/11', 'a', [{ id: 'one', at: '2026-11-20T11:10:00Z' }]);
    const asked = { integration: 'acme-orders', of: 'event', id: 'one', object };
    expect(text((await given.answer('readContent', asked)).base64)).toContain('ada@example.com');
    const other = { ...asked, integration: 'crm-customers' };
    expect((await given.ask('readContent', other)).status).toBe(404);
  });

  it('of an event can be what it was made of: the bytes that its log line names, on record', async () => {
    const given = new Given();
    const logged = (id: string, rawref: string) => ({ id, rawref, at: '2026-11-20T11:10:00Z' });
    const object = putLog(given, '2026/11/20/11', 'a', [
      logged('row', 's3://inbound/acme/in/o%20.csv?versionId=v1#bytes=4-7'),
      logged('staged', 's3://raw/acme-orders/o.csv#bytes=0-2'),
      logged('file', 's3://inbound/acme/in/o%20.csv?versionId=v1'),
      logged('other', 's3://raw/crm-customers/1#bytes=0-3'),
      logged('answers', 's3://inbound/acme/ack/o.csv#bytes=0-3'),
      logged('bucket', 's3://audit/acme-orders/1#bytes=0-3'),
      logged('none', 'https://example.com/'),
    ]);
    given.ports.objects.put('inbound', 'acme/in/o .csv', 'a,b\n1,2\n');
    given.ports.objects.put('raw', 'acme-orders/o.csv', 'a,b\n');
    given.ports.objects.put('raw', 'crm-customers/1', 'secret');
    given.ports.objects.put('inbound', 'acme/ack/o.csv', 'secret');
    const asked = { integration: 'acme-orders', of: 'raw', object };
    const made = async (id: string) => text((await given.answer('readContent', { ...asked, id })).base64);
    expect([await made('row'), await made('staged')]).toEqual(['1,2\n', 'a,b']);
    for (const id of ['file', 'other', 'answers', 'bucket', 'none', 'unknown'])
      expect((await given.ask('readContent', { ...asked, id })).status).toBe(404);
    expect(given.ports.readings.records[0]).toMatchObject({ of: 'raw', id: 'row', object });
  });

  it('comes in parts', async () => {
    const given = new Given();
    const all = Buffer.alloc(limits.contentBytesAPage + 3, 'x');
    given.ports.objects.put('quarantine', 'acme-orders/acme-orders.1/rows.csv', all);
    const first = await given.answer('readContent', rows);
    const second = await given.answer('readContent', { ...rows, cursor: first.next });
    expect([text(first.base64).length, text(second.base64), second.next]).toEqual([
      all.length - 3,
      'xxx',
      null,
    ]);
  });

  it.each([
    [
      'of another integration',
      { of: 'unit', integration: 'crm-customers', object: 'stripe-payments/x.json' },
    ],
    ['that is no report', { of: 'unit', integration: 'acme-orders', object: 'acme-orders/x/parts/1.jsonl' }],
    [
      'beside the rejects',
      { of: 'reject', integration: 'stripe-payments', object: 'stripe-payments/raw/1.json' },
    ],
    ['beside the log', { of: 'event', integration: 'acme-orders', object: 'errors/1' }],
    ['by a path', { of: 'rows', integration: 'acme-orders', id: '../crm-customers/x' }],
  ])('%s is not given, and no look is recorded', async (_, asked) => {
    const given = new Given();
    expect((await given.ask('readContent', { id: 'x', ...asked })).status).toBe(400);
    expect(given.ports.readings.records).toEqual([]);
  });

  it('is not given when the look cannot be recorded', async () => {
    const given = new Given();
    given.ports.objects.put('quarantine', 'acme-orders/acme-orders.1/rows.csv', 'secret');
    given.ports.readings.record = async () => Promise.reject(new Error('the table is away'));
    await expect(given.ask('readContent', rows)).rejects.toThrow('the table is away');
  });

  it('that was looked at is a fact of the trail: who, what, and no content', () => {
    const after = { ...rows, object: 'acme-orders/acme-orders.1/rows.csv', by: caller.arn, at: 'then' };
    const change = { id: 'c', at: '2026-11-20T12:00:00.000Z', pk: 'reading#acme-orders', sk: 'reading#1' };
    const added = { ...change, before: undefined, after, isExpired: false };
    const details = { kind: 'content', of: 'rows', object: after.object, by: caller.arn };
    expect(readingFacts(added)).toEqual([
      {
        ...{ step: 'operated', integration: 'acme-orders', subject: 'acme-orders.1', change: 'c' },
        ...{ at: change.at, details: { ...details, what: 'read' } },
      },
    ]);
    expect(readingFacts({ ...added, before: after, after: undefined, isExpired: true })).toEqual([]);
    const removed = readingFacts({ ...added, before: after, after: undefined });
    expect(removed).toMatchObject([{ details: { removed: 'reading' } }]);
  });
});
