import { CloudEvent } from 'cloudevents';
import fc from 'fast-check';
import {
  type EventFields,
  type EventSource,
  envelopeWriter,
  wholeDetail,
} from '#shared/core/envelope/envelope.ts';
import { itemCreated } from '#test/file-lane/flow/lanes.ts';

const source: EventSource = {
  contract: { id: 'shop-items', schemaVersion: '1', trust: 'verified' },
  correlationId: 'shop-items.abc',
  causationId: 'notice-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  processKey: 'shop-items/items_1.csv',
  ingestedAt: '2026-11-02T08:15:00.000Z',
};

const fields: EventFields = {
  id: 'a'.repeat(64),
  tenantId: 'shop',
  aggregateId: 'i-1',
  sequence: '20261102081500000000000',
  idempotencyKey: 'shop-items:i-1:1',
  externalRef: 'items_1.csv#1',
  rawRef: 's3://inbound/shop/in/items_1.csv?versionId=v1#bytes=23-41',
  rawHash: 'b'.repeat(64),
  time: '2026-11-02T08:15:00.000Z',
  data: '{"itemId":"i-1","note":"a","amount":"1.50"}',
};

describe('an envelope', () => {
  it('is a CloudEvent that the official library accepts, with every attribute', () => {
    const written = JSON.parse(wholeDetail(envelopeWriter(itemCreated, source)(fields)));
    const event = new CloudEvent(written, true);
    expect(event.toJSON()).toMatchObject(written);
    expect(Object.keys(written).sort()).toEqual(
      [
        ...[
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'datacontenttype',
          'dataschema',
          'data',
        ],
        ...[
          'correlationid',
          'causationid',
          'traceparent',
          'tenantid',
          'aggregatetype',
          'aggregateid',
          'sequence',
          'idempotencykey',
        ],
        ...[
          'processkey',
          'sourceversion',
          'sourcetrust',
          'externalref',
          'rawref',
          'rawhash',
          'ingestedat',
          'dataclass',
          'priority',
        ],
      ].sort(),
    );
  });

  it('is valid whatever text the partner sends', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(text, text, text, (aggregateId, externalRef, note) => {
        const data = JSON.stringify({ note });
        const written = JSON.parse(
          wholeDetail(envelopeWriter(itemCreated, source)({ ...fields, aggregateId, externalRef, data })),
        );
        expect(written).toMatchObject({ subject: aggregateId, externalref: externalRef, data: { note } });
      }),
    );
  });

  it('names no extension that CloudEvents forbids', () => {
    const written = JSON.parse(wholeDetail(envelopeWriter(itemCreated, source)(fields)));
    for (const name of Object.keys(written)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  });
});
