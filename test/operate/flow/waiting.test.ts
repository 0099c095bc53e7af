import { quarantineLine } from '#adapters/file-lane/core/quarantine/quarantine-line.ts';
import { rejectKey, rejectText } from '#adapters/webhook-fence/core/webhook/reject.ts';
import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { Given, now } from './given.ts';

const line = (n: number, code: 'WRONG_FORM' | 'UNKNOWN_CODE'): string =>
  quarantineLine({
    raw: Buffer.from(`secret-${n};x`),
    length: 10,
    at: { line: n + 1, record: n, byteOffset: n * 10 },
    faults: [fault(code, { column: 'amount' }, 'not an amount')],
  });

const report = (numbers: readonly number[]): string =>
  numbers.map(n => line(n, n % 2 ? 'WRONG_FORM' : 'UNKNOWN_CODE')).join('');

describe('quarantined units', () => {
  it('of a lane are the rows of its reports, without their content', async () => {
    const given = new Given();
    given.ports.objects.put('quarantine', 'acme-orders/acme-orders.1/rows.jsonl', report([1, 2]));
    given.ports.objects.put('quarantine', 'acme-orders/acme-orders.1/rows.csv', 'for people');
    given.ports.objects.put(
      'quarantine',
      'acme-orders/acme-orders.1/parts/publish-0-1-1.jsonl',
      report([1, 2]),
    );
    const { units, next } = await given.answer('listQuarantine', { integration: 'acme-orders' });
    expect(next).toBeNull();
    expect(units).toMatchObject([
      { unit: 'row', id: 'acme-orders.1#1', place: 'line 2', code: 'WRONG_FORM', column: 'amount' },
      { unit: 'row', id: 'acme-orders.1#2', place: 'line 3', code: 'UNKNOWN_CODE' },
    ]);
    expect(JSON.stringify(units)).not.toContain('secret');
  });

  it('come once each over pages that end within a report, also when filtered by code', async () => {
    const given = new Given();
    for (const handoff of [1, 2, 3])
      given.ports.objects.put(
        'quarantine',
        `acme-orders/acme-orders.${handoff}/rows.jsonl`,
        report([1, 2, 3, 4, 5]),
      );
    const walk = async (filter: object) => {
      const ids: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await given.answer('listQuarantine', {
          integration: 'acme-orders',
          limit: 4,
          ...filter,
          ...(cursor && { cursor }),
        });
        ids.push(...page.units.map(({ id }) => id));
        cursor = page.next;
      } while (cursor);
      return ids;
    };
    const expected = [1, 2, 3].flatMap(handoff => [1, 2, 3, 4, 5].map(n => `acme-orders.${handoff}#${n}`));
    expect(await walk({})).toEqual(expected);
    expect(await walk({ code: 'UNKNOWN_CODE' })).toEqual(expected.filter(id => /#[24]$/.test(id)));
    expect(await walk({ id: 'acme-orders.2' })).toEqual(expected.slice(5, 10));
    expect(await walk({ id: 'acme-orders.2#3' })).toEqual(['acme-orders.2#3']);
  });

  it('of a report that is longer than one read come all', async () => {
    const given = new Given();
    const rows = Math.ceil(limits.quarantineReadBytesMax / line(1, 'WRONG_FORM').length) + 50;
    const text = Array.from({ length: rows }, (_, i) => line(i, 'WRONG_FORM')).join('');
    given.ports.objects.put('quarantine', 'acme-orders/acme-orders.1/rows.jsonl', text);
    const id = `acme-orders.1#${rows - 1}`;
    const { units } = await given.answer('listQuarantine', { integration: 'acme-orders', id });
    expect(units).toMatchObject([{ id }]);
  });

  it('end a page after so many reports, and go on', async () => {
    const given = new Given();
    const name = (n: number) => `stripe-payments/2026/11/20/${String(n).padStart(3, '0')}.json`;
    const stored = (n: number) => ({
      ...fault('WRONG_FORM', {}, 'bad'),
      ...{ correlationId: `c${n}`, name: `n${n}`, receivedAt: '2026-11-20T08:00:00.000Z', body: 'secret' },
    });
    for (let n = 0; n <= limits.quarantineReportsAPage; n++)
      given.ports.objects.put('quarantine', name(n), JSON.stringify(stored(n)));
    const asked = { integration: 'stripe-payments', id: `c${limits.quarantineReportsAPage}` };
    const first = await given.answer('listQuarantine', asked);
    expect(first.units).toEqual([]);
    const second = await given.answer('listQuarantine', { ...asked, cursor: first.next });
    expect(second).toMatchObject({ units: [{ unit: 'request', id: asked.id }], next: null });
  });

  it('show what is no record of a quarantine, so that nothing hides behind it', async () => {
    const given = new Given();
    given.ports.objects.put('quarantine', 'crm-customers/s/shard/1.json', 'not JSON');
    given.ports.objects.put(
      'quarantine',
      'crm-customers/taken/2026-11-20T08.00.00.000Z/s/shard/1.json',
      '{}',
    );
    const { units } = await given.answer('listQuarantine', { integration: 'crm-customers' });
    expect(units).toMatchObject([{ code: 'UNREADABLE', object: 'crm-customers/s/shard/1.json' }]);
  });
});

describe('rejects', () => {
  it('are listed from an hour on, without headers and body', async () => {
    const given = new Given();
    for (const [hour, slot] of [
      ['2026-11-20T08', 1],
      ['2026-11-20T09', 1],
      ['2026-11-20T09', 2],
    ] as const) {
      const request = { receivedAt: Date.parse(`${hour}:30:00Z`), id: `r-${hour}-${slot}`, method: 'POST' };
      const text = rejectText(
        {
          ...request,
          url: '/x?token=secret',
          headers: { authorization: 'secret' },
          body: Buffer.from('abc'),
        },
        'WRONG_SIGNATURE',
      );
      given.ports.objects.put('rejects', rejectKey('stripe-payments', { hour, shelf: 'known', slot }), text);
    }
    const asked = { integration: 'stripe-payments', from: '2026-11-20T09:10:00Z' };
    const { rejects } = await given.answer('listRejects', asked);
    expect(rejects).toMatchObject([
      {
        id: 'r-2026-11-20T09-1',
        reason: 'WRONG_SIGNATURE',
        receivedAt: '2026-11-20T09:30:00.000Z',
        bytes: 3,
      },
      { id: 'r-2026-11-20T09-2' },
    ]);
    expect(JSON.stringify(rejects)).not.toContain('secret');
    const page = await given.answer('listRejects', { integration: 'stripe-payments', limit: 2 });
    const rest = await given.answer('listRejects', { integration: 'stripe-payments', cursor: page.next });
    expect([page, rest].map(({ rejects }) => rejects.length)).toEqual([2, 1]);
  });
});

describe('dead letters', () => {
  it('say what they are about, from the oldest on', async () => {
    const given = new Given();
    const chunk = {
      kind: 'edge.chunk',
      handoffId: 'acme-orders.1',
      pass: 'publish',
      n: 3,
      hop: 0,
      fromByte: 0,
    };
    const arrival = { id: '1', detail: { bucket: { name: 'b' }, object: { key: 'acme/in/a.csv' } } };
    const postponed = { kind: 'edge.postponed', since: '2026-11-20T08:00:00Z', times: 2, message: chunk };
    const bodies = [JSON.stringify(postponed), JSON.stringify(arrival), 'not JSON'];
    for (const [i, body] of bodies.entries())
      given.ports.deadLetters.put('acme-orders', { messageId: `m${i}`, body, sentAt: now - i, receives: 11 });
    const { deadLetters, more } = await given.answer('listDeadLetters', { integration: 'acme-orders' });
    expect(more).toBe(false);
    expect(deadLetters.map(({ messageId, about }) => [messageId, about])).toEqual([
      ['m2', 'a message that is none of ours'],
      ['m1', 'file acme/in/a.csv'],
      ['m0', 'chunk 3 (publish) of acme-orders.1'],
    ]);
  });

  it('are of lanes and fences that are deployed', async () => {
    const given = new Given();
    expect(await given.ask('listDeadLetters', { integration: 'crm-customers' })).toMatchObject({
      status: 400,
    });
    given.ports.deadLetters.remove('acme-orders');
    expect(await given.ask('listDeadLetters', { integration: 'acme-orders' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_DEPLOYED' },
    });
  });
});

describe('undelivered batches', () => {
  it('show objects that Lambda did not write, which block their shard', async () => {
    const given = new Given();
    given.ports.objects.put({ undeliveredOf: 'crm-customers' }, 'aws/lambda/odd', '1');
    const { batches } = await given.answer('listUndelivered', { integration: 'crm-customers' });
    expect(batches).toMatchObject([{ object: 'aws/lambda/odd', shard: null, failedAt: null }]);
  });

  it('show shard, time and size', async () => {
    const given = new Given();
    const key = 'aws/lambda/0f1e/shardId-000000000001/2026/11/20/2026-11-20T08.15.30-11111111-2222';
    given.ports.objects.put({ undeliveredOf: 'crm-customers' }, key, '12345');
    expect(await given.answer('listUndelivered', { integration: 'crm-customers' })).toEqual({
      batches: [
        {
          integration: 'crm-customers',
          object: key,
          shard: 'shardId-000000000001',
          failedAt: '2026-11-20T08:15:30.000Z',
          bytes: 5,
        },
      ],
      next: null,
    });
  });
});
