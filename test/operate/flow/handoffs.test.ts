import { fault } from '#shared/contract/fault.ts';
import { caller, Given } from './given.ts';

describe('listing hand-offs', () => {
  it('shows the newest first, with books and fault, and the name that the partner gave', async () => {
    const given = new Given();
    await given.file('orders_1.csv', {
      state: 'partial',
      time: '10:00',
      tally: { published: 3, quarantined: 2 },
    });
    await given.file('orders_2.csv', {
      state: 'received',
      fault: fault('ACCESS_DENIED', {}, 'the bus was denied'),
    });
    const { handoffs, next } = await given.answer('listHandoffs', { integration: 'acme-orders' });
    expect(next).toBeNull();
    expect(handoffs).toMatchObject([
      {
        file: 'orders_2.csv',
        state: 'received',
        received: null,
        fault: { code: 'ACCESS_DENIED', detail: 'the bus was denied' },
      },
      {
        file: 'orders_1.csv',
        state: 'partial',
        received: 5,
        tally: { published: 3, duplicate: 0, quarantined: 2, rejected: 0, skipped: 0 },
        fault: null,
      },
    ]);
  });

  it('pages by a cursor, and finds by state, by name and by time', async () => {
    const given = new Given();
    for (const hour of ['07', '08', '09'])
      await given.file(`orders_${hour}.csv`, { state: 'complete', time: `${hour}:00` });
    await given.file('stock.csv', { state: 'rejected', time: '09:30' });
    const files = async (parameters: object) => {
      const { handoffs, next } = await given.answer('listHandoffs', {
        integration: 'acme-orders',
        ...parameters,
      });
      return { files: handoffs.map(({ file }) => file), next };
    };
    const first = await files({ limit: '2' });
    expect(first.files).toEqual(['stock.csv', 'orders_09.csv']);
    expect(await files({ limit: '2', cursor: first.next })).toEqual({
      files: ['orders_08.csv', 'orders_07.csv'],
      next: null,
    });
    expect((await files({ state: 'rejected' })).files).toEqual(['stock.csv']);
    expect((await files({ name: 'orders_0' })).files).toEqual([
      'orders_07.csv',
      'orders_08.csv',
      'orders_09.csv',
    ]);
    const hour = { from: '2026-11-20T08:00:00Z', to: '2026-11-20T09:00:00Z' };
    expect((await files(hour)).files).toEqual(['orders_08.csv']);
  });

  it.each([
    [{}, 400, /integration/],
    [{ integration: 'acme-orders', stat: 'x' }, 400, /stat/],
    [{ integration: 'acme-orders', state: 'lost' }, 400, /state/],
    [{ integration: 'acme-orders', limit: '101' }, 400, /limit/],
    [{ integration: 'acme-orders', from: 'yesterday' }, 400, /from/],
    [{ integration: 'acme-orders', cursor: 'e30' }, 400, /cursor/],
    [{ integration: 'acme-orders', cursor: '{' }, 400, /cursor/],
    [{ integration: 'acme-order' }, 404, /no integration "acme-order"/],
    [{ integration: 'crm-customers' }, 400, /crm-customers is a cdc-feed/],
  ])('says what is wrong with %j', async (parameters, status, detail) => {
    const answer = await new Given().ask('listHandoffs', parameters);
    expect(answer).toMatchObject({ status, body: { detail: expect.stringMatching(detail) } });
  });

  it('takes no cursor of another integration', async () => {
    const cursor = Buffer.from(JSON.stringify({ id: 'other.1', sortedBy: 'x' })).toString('base64url');
    const answer = await new Given().ask('listHandoffs', { integration: 'acme-orders', cursor });
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/another integration/) },
    });
  });
});

describe('the story of a hand-off', () => {
  it('says where it is, and what to do now', async () => {
    const given = new Given();
    const denied = fault('ACCESS_DENIED', {}, 'the bus was denied');
    const id = await given.file('orders_1.csv', { state: 'received', fault: denied });
    expect(await given.answer('readHandoff', { id })).toMatchObject({
      ...{ id, file: 'orders_1.csv', key: 'acme/in/orders_1.csv', state: 'received' },
      advice: `${denied.remedy} Then redrive the dead letters of the lane.`,
      progress: [],
      quarantine: null,
    });
  });

  it('says when it is unknown, and how ids look', async () => {
    const given = new Given();
    expect(await given.ask('readHandoff', { id: 'acme-orders.no' })).toMatchObject({ status: 404 });
    expect(await given.ask('readHandoff', { id: 'acme' })).toMatchObject({
      status: 400,
      body: { remedy: 'Write <integration>.<hash>, as lists show it.' },
    });
  });
});

it('logs who asked for what, and what came of it', async () => {
  const given = new Given();
  await given.answer('listIntegrations');
  await given.ask('listHandoffs', {});
  expect(given.ports.log.lines).toMatchObject([
    {
      event: 'operation answered',
      fields: { caller: caller.arn, operation: 'GET /operate/integrations', status: 200 },
    },
    { event: 'operation answered', fields: { caller: caller.arn, status: 400, code: 'INVALID_REQUEST' } },
  ]);
});
