import { fenceWith } from './fences.ts';
import { FenceSimulator, payment } from './simulator.ts';

const answer = async (fence: FenceSimulator, delivery: Parameters<FenceSimulator['send']>[0] = {}) => {
  const { statusCode, headers, body } = await fence.send(delivery);
  return { statusCode, type: headers['content-type'], body };
};

describe('a fence whose provider wants answers of its own', () => {
  it('Mailgun: 200 for what is accepted, and 406 for what must not come again', async () => {
    const fence = new FenceSimulator(
      fenceWith({
        answers: { accepted: { status: 200 }, quarantined: { status: 406 }, conflict: { status: 406 } },
      }),
    );
    const first = await fence.send();
    expect(first).toMatchObject({ statusCode: 200, json: { status: 'published' } });
    expect(await fence.send()).toEqual(first);
    expect((await fence.send({ id: 'msg_2', body: 'null' })).statusCode).toBe(406);
    expect((await fence.send({ body: payment('other') })).statusCode).toBe(406);
  });

  it('Twilio: <Response/> as text/xml for each outcome', async () => {
    const response = { status: 200, body: '<Response/>', contentType: 'text/xml' } as const;
    const fence = new FenceSimulator(fenceWith({ answers: { accepted: response, conflict: response } }));
    const told = { statusCode: 200, type: 'text/xml', body: '<Response/>' };
    expect(await answer(fence)).toEqual(told);
    expect(await answer(fence)).toEqual(told);
    expect(await answer(fence, { id: 'msg_2', body: 'null' })).toEqual(told);
    expect(await answer(fence, { body: payment('other') })).toEqual(told);
    expect(fence.tally()).toMatchObject({ published: 1, duplicate: 1, quarantined: 2 });
  });

  it('204 has neither body nor content type', async () => {
    const fence = new FenceSimulator(fenceWith({ answers: { accepted: { status: 204 } } }));
    expect(await answer(fence)).toEqual({ statusCode: 204, type: undefined, body: '' });
  });

  it('a repeat has an answer of its own where the contract says so', async () => {
    const duplicate = { status: 200, body: 'seen' } as const;
    const fence = new FenceSimulator(fenceWith({ answers: { duplicate } }));
    expect((await answer(fence)).statusCode).toBe(202);
    expect(await answer(fence)).toEqual({ statusCode: 200, type: 'text/plain', body: 'seen' });
  });

  it('what waits for the bus and what the bus refuses are answered as accepted', async () => {
    const answers = { accepted: { status: 200 }, quarantined: { status: 406 } } as const;
    const fence = new FenceSimulator(fenceWith({ answers }));
    fence.ports.bus.put = async entries => entries.map(() => ({ kind: 'throttled', reason: 'busy' }));
    expect(await fence.send()).toMatchObject({ statusCode: 200, json: { status: 'accepted' } });
    fence.ports.bus.put = async entries => entries.map(() => ({ kind: 'refused', reason: 'bad' }));
    const refused = await fence.send({ id: 'msg_2', body: payment('p-2') });
    expect(refused).toMatchObject({ statusCode: 200, json: { code: 'PUBLISH_REFUSED' } });
  });

  it('the status address answers as ever', async () => {
    const response = { status: 200, body: '<Response/>', contentType: 'text/xml' } as const;
    const fence = new FenceSimulator(fenceWith({ answers: { accepted: response } }));
    await fence.send();
    const [name] = fence.ports.once.names();
    expect((await fence.status(name)).json).toEqual({ correlationId: name, status: 'published' });
  });
});
