import { fenceWith } from './fences.ts';
import { FenceSimulator, payment } from './simulator.ts';

describe('a signed delivery', () => {
  it('becomes an event with its raw body kept, and is answered 202 with where it is', async () => {
    const fence = new FenceSimulator(fenceWith());
    const answer = await fence.send();
    expect(answer.statusCode).toBe(202);
    expect(answer.json).toEqual({
      correlationId: expect.stringMatching(/^pay-hooks\.[0-9a-f]{40}$/),
      status: 'published',
    });
    const [event] = fence.events();
    expect(event).toMatchObject({
      type: 'payments.payment.confirmed.v1',
      correlationid: answer.json.correlationId,
      causationid: 'id:msg_1',
      externalref: 'msg_1',
      tenantid: 'shop',
      data: { paymentId: 'p-1', cents: 100 },
      rawref: `s3://raw/pay-hooks/2026/01/05/${answer.json.correlationId}.${String(event?.rawhash).slice(0, 16)}.json`,
    });
    const kept = JSON.parse(fence.ports.files.text('raw', fence.ports.files.keys('raw')[0]!));
    expect(kept).toMatchObject({
      body: payment(),
      receivedAt: '2026-01-05T08:00:00.000Z',
      deliveryId: 'msg_1',
    });
  });
});
