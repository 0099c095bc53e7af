import { gzipSync } from 'node:zlib';
import type { OutputOf } from '#operate/core/operations.ts';
import { limits } from '#shared/contract/limits.ts';
import { putLog } from './bus-log.ts';
import { Given } from './given.ts';

const hour = '2026/11/20/11';
const at = (minute: string) => `2026-11-20T11:${minute}:00Z`;
const idsIn = ({ events }: { readonly events: readonly { readonly id: string }[] }) =>
  events.map(({ id }) => id);

describe('the events of the bus log', () => {
  it('are found by each attribute and by time, without their data', async () => {
    const given = new Given();
    const object = putLog(given, hour, 'a', [
      { id: 'one', at: at('10') },
      { id: 'two', at: at('20'), type: 'orders.order.requested.v1', subject: 'A "2"' },
      { id: 'three', at: at('30'), correlationid: 'crm.two', processkey: 'crm-customers/customer' },
    ]);
    expect(idsIn(await given.answer('listEvents'))).toEqual(['one', 'two', 'three']);
    const found = async (asked: object) => idsIn(await given.answer('listEvents', asked));
    expect(await found({ id: 'two' })).toEqual(['two']);
    expect(await found({ type: 'orders.order.requested.v1' })).toEqual(['two']);
    expect(await found({ subject: 'A "2"' })).toEqual(['two']);
    expect(await found({ correlationid: 'crm.two' })).toEqual(['three']);
    expect(await found({ integration: 'crm-customers' })).toEqual(['three']);
    expect(await found({ from: at('20'), to: at('30') })).toEqual(['two']);
    const { events, searched } = await given.answer('listEvents', { id: 'one' });
    expect(events).toMatchObject([{ id: 'one', publishedAt: at('10'), integration: 'acme-orders', object }]);
    expect(JSON.stringify(events)).not.toContain('ada@example.com');
    expect(searched).toMatchObject({ objects: 1, from: '2026-11-20T11:00:01.000Z' });
  });

  it('are counted by integration and span of time, page by page', async () => {
    const given = new Given();
    putLog(given, hour, 'a', [
      { id: 'one', at: at('10') },
      { id: 'two', at: at('14') },
      { id: 'three', at: at('15'), processkey: 'crm-customers/customer' },
      { id: 'before', at: '2026-11-20T10:59:59Z' },
    ]);
    const asked = { from: '2026-11-20T11:00:00Z', to: '2026-11-20T12:00:00Z' };
    const { counts, next } = await given.answer('countEvents', asked);
    expect({ counts, next }).toEqual({
      counts: [
        { integration: 'acme-orders', at: '2026-11-20T11:00:00.000Z', events: 2 },
        { integration: 'crm-customers', at: '2026-11-20T11:15:00.000Z', events: 1 },
      ],
      next: null,
    });
    for (let n = 0; n < limits.busLogObjectsAPage; n++)
      putLog(given, hour, `b${String(n).padStart(4, '0')}`, [{ id: `${n}`, at: at('30') }]);
    const first = await given.answer('countEvents', asked);
    const second = await given.answer('countEvents', { cursor: first.next });
    const sum = [...first.counts, ...second.counts].reduce((all, { events }) => all + events, 0);
    expect([sum, second.next, second.searched.objects]).toEqual([3 + limits.busLogObjectsAPage, null, 1]);
  });

  it('are searched where they may be: in the object of the hour before, and in those that came late', async () => {
    const given = new Given();
    putLog(given, '2026/11/20/09', 'a', [{ id: 'over the hour', at: '2026-11-20T10:00:05Z' }]);
    putLog(given, '2026/11/20/11', 'b', [{ id: 'late', at: '2026-11-20T10:30:00Z' }]);
    putLog(given, '2026/11/20/13', 'c', [{ id: 'too late', at: '2026-11-20T10:30:00Z' }]);
    const asked = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T11:00:00Z' };
    expect(idsIn(await given.answer('listEvents', asked))).toEqual(['over the hour', 'late']);
  });

  it('come in pages that go on where the page before ended, within an object too', async () => {
    const given = new Given();
    const ids = Array.from({ length: 7 }, (_, n) => `event ${n}`);
    putLog(
      given,
      hour,
      'a',
      ids.slice(0, 5).map(id => ({ id, at: at('10') })),
    );
    putLog(
      given,
      hour,
      'b',
      ids.slice(5).map(id => ({ id, at: at('11') })),
    );
    const found: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: OutputOf<'listEvents'> = await given.answer('listEvents', {
        limit: 2,
        ...(cursor && { cursor }),
      });
      found.push(...idsIn(page));
      pages += 1;
      cursor = page.next;
    } while (cursor);
    expect({ found, pages }).toEqual({ found: ids, pages: 4 });
  });

  it('are found among what is no event of ours, and broken lines', async () => {
    const given = new Given();
    const line =
      '{"version":"0","source":"other","detail-type":"X","time":"2026-11-20T11:00:00Z","detail":{}}';
    given.ports.objects.put('busLog', `events/${hour}/x.gz`, gzipSync(`${line}\nbroken\n`));
    putLog(given, hour, 'y', [{ id: 'ours', at: at('10') }]);
    expect(idsIn(await given.answer('listEvents'))).toEqual(['ours']);
  });

  it('are not asked for backwards', async () => {
    const answer = await new Given().ask('listEvents', { from: at('30'), to: at('20') });
    expect(answer).toMatchObject({ status: 400, body: { detail: 'from is not before to' } });
  });
});
