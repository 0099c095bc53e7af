import type { AttributeValue } from 'aws-lambda';
import { deliveryFacts } from '#adapters/webhook-fence/aws/delivery-facts.ts';
import { bookChangeOf } from '#shared/aws/book-change.ts';

type Image = Record<string, AttributeValue>;

const pk = 'stripe-payments#n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
const begun: Image = {
  ...{ pk: { S: pk }, status: { S: 'INPROGRESS' }, validation: { S: 'hash-of-payload' } },
  expiresAt: { N: '1799337600' },
};
const ended = (status: string, why?: AttributeValue): Image => ({
  ...begun,
  status: { S: 'COMPLETED' },
  data: {
    M: {
      ...{ status: { S: status }, tenant: { S: 'acme' }, answer: { M: { body: { S: '{}' } } } },
      ...(why && { why }),
    },
  },
});

const factsOf = (OldImage: Image | undefined, NewImage: Image) =>
  deliveryFacts(
    bookChangeOf({
      ...{ eventID: 'e1', eventName: OldImage ? 'MODIFY' : 'INSERT' },
      dynamodb: { Keys: { pk: { S: pk } }, ...(OldImage && { OldImage }), NewImage },
    }),
  );

describe('what the claims say of a delivery', () => {
  it('is that it came', () => {
    expect(factsOf(undefined, begun)).toMatchObject([
      {
        ...{ step: 'received', integration: 'stripe-payments', subject: pk },
        details: { payload: 'hash-of-payload' },
      },
    ]);
  });

  it('is that its events are published and it was answered, without the answer itself', () => {
    const facts = factsOf(begun, ended('published'));
    expect(facts.map(({ step }) => step)).toEqual(['published', 'acknowledged']);
    expect(facts[1]?.details).toEqual({
      ...{ payload: 'hash-of-payload', status: 'published' },
      answer: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    });
  });

  it('is why it was quarantined, by code', () => {
    const why = { M: { code: { S: 'NOT_A_DATE' }, detail: { S: 'lena.vogt@example.com' } } };
    const facts = factsOf(begun, ended('quarantined', why));
    expect(facts).toMatchObject([
      { step: 'acknowledged', details: { status: 'quarantined', fault: 'NOT_A_DATE' } },
    ]);
    expect(JSON.stringify(facts)).not.toContain('lena.vogt');
  });

  it('is nothing where the same is remembered, and nothing of other claims', () => {
    const later = { ...ended('published'), expiresAt: { N: '1799337999' } };
    expect(factsOf(ended('published'), later)).toEqual([]);
    expect(factsOf(undefined, { pk: { S: pk }, owner: { S: 'x' }, payloadHash: { S: 'y' } })).toEqual([]);
  });
});
