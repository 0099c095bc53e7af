import * as z from 'zod';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import { idText } from '#adapters/webhook-fence/contract/id-text.ts';
import { fenceWith, paymentConfirmed } from './fences.ts';
import { type Answered, FenceSimulator } from './simulator.ts';

const payload = z.object({
  type: z.string(),
  data: z.looseObject({ id: idText(), cents: z.int() }),
});

const accepts = [
  accept({
    when: { field: '/type', is: 'paid' },
    schema: payload,
    events: [paymentConfirmed],
    map: ({ data }) => emit(paymentConfirmed, { paymentId: data.id, cents: data.cents }),
  }),
];

async function sent(body: string): Promise<{ readonly answer: Answered; readonly fence: FenceSimulator }> {
  const fence = new FenceSimulator(fenceWith({ accepts }));
  return { answer: await fence.send({ body }), fence };
}

describe('a number that a double would change', () => {
  it.each([
    ['820982911946154508', '820982911946154508'],
    ['"820982911946154508"', '820982911946154508'],
    ['42', '42'],
    ['"po_42"', 'po_42'],
  ])('is an id with every digit where the schema asks for one: %s', async (id, paymentId) => {
    const { answer, fence } = await sent(`{"type":"paid","data":{"id":${id},"cents":5}}`);
    expect(answer.json.status).toBe('published');
    expect(fence.events()[0]?.data).toEqual({ paymentId, cents: 5 });
  });

  it('bothers nobody where no one reads it', async () => {
    const { answer, fence } = await sent(
      '{"type":"paid","trace":18446744073709551615,"data":{"id":"p-1","cents":5,"rate":0.12345678901234567890}}',
    );
    expect(answer.json.status).toBe('published');
    expect(fence.events()[0]?.data).toEqual({ paymentId: 'p-1', cents: 5 });
  });

  it('does not keep a rule from skipping the delivery', async () => {
    expect((await sent('{"type":"ping","id":820982911946154508}')).answer.json.status).toBe('skipped');
  });

  it('is a fault with its place where the schema reads a number', async () => {
    const { answer } = await sent('{"type":"paid","data":{"id":"p-1","cents":9007199254740993}}');
    expect(answer.json).toMatchObject({
      status: 'quarantined',
      code: 'INVALID_PAYLOAD',
      at: { column: '/data/cents' },
      detail:
        'the payload does not fit at /data/cents: invalid_type; the number has more digits than a JavaScript number holds',
      remedy: expect.stringContaining('idText()'),
    });
    expect(answer.body).not.toContain('9007199254740993');
  });

  it('names a delivery with every digit', async () => {
    const fence = new FenceSimulator(fenceWith({ accepts, idempotency: { key: { bodyField: '/data/id' } } }));
    const body = (id: string) => `{"type":"paid","data":{"id":${id},"cents":5}}`;
    for (const id of ['9007199254740992', '9007199254740993', '9007199254740993'])
      await fence.send({ id: `msg_${id.at(-1)}`, body: body(id) });
    expect(fence.tally()).toMatchObject({ published: 2, duplicate: 1 });
  });
});
