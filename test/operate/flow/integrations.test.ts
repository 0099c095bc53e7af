import { answerRequest } from '#operate/flow/answer-request.ts';
import { memoryOperatePorts } from '#operate/memory/memory-operate-ports.ts';
import { fault } from '#shared/contract/fault.ts';
import { caller, Given, integrations, now } from './given.ts';

describe('the state of all integrations', () => {
  it('is ok, with the books of the last day, when nothing waits for people', async () => {
    const given = new Given();
    await given.file('a.csv', { state: 'complete', time: '08:00', tally: { published: 10 } });
    await given.file('b.csv', { state: 'partial', time: '09:00', tally: { published: 3, quarantined: 2 } });
    await given.file('c.csv', { state: 'received', time: '10:00' });
    const { integrations: states } = await given.answer('listIntegrations');
    expect(states).toMatchObject([
      {
        id: 'acme-orders',
        state: 'ok',
        attention: [],
        unsettled: { count: 1, more: false, oldestAt: '2026-11-20T10:00:00.000Z' },
        books: { handoffs: 2, received: 15, tally: { published: 13, quarantined: 2 }, balanced: true },
        deadLetters: 0,
        undelivered: null,
      },
      { id: 'stripe-payments', state: 'ok', unsettled: null, books: null, deadLetters: 0 },
      { id: 'crm-customers', state: 'ok', deadLetters: null },
    ]);
  });

  it('names what needs attention', async () => {
    const given = new Given();
    const denied = fault('ACCESS_DENIED', {}, 'the bus was denied');
    await given.file('a.csv', { state: 'received', fault: denied });
    await given.file('b.csv', { state: 'unbalanced', tally: { published: 1 } });
    given.ports.deadLetters.put('acme-orders', { messageId: 'm', body: '{}', sentAt: now, receives: 11 });
    given.ports.objects.put({ undeliveredOf: 'crm-customers' }, 'aws/lambda/1', 'records');
    const { integrations: states } = await given.answer('listIntegrations');
    expect(states.map(({ state, attention }) => [state, attention])).toEqual([
      ['attention', ['1 dead letter', '1 file in work met a fault', '1 file does not balance']],
      ['ok', []],
      ['attention', ['1 undelivered batch']],
    ]);
  });

  it('says which are not deployed', async () => {
    const work = { integrations, ports: memoryOperatePorts(now), caller };
    const request = { routeKey: 'GET /operate/integrations', parameters: () => ({}) };
    const { body } = await answerRequest(work, request);
    const { integrations: states } = body as { integrations: { state: string }[] };
    expect(states.map(({ state }) => state)).toEqual(['not-deployed', 'not-deployed', 'not-deployed']);
  });
});
