import { CloudEvent } from 'cloudevents';
import { fileSettled } from '#events/edge/file-settled.v1.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { type OperationalFacts, operationalEvent } from '#shared/core/operational/operational-event.ts';
import { laneWith } from '#test/file-lane/flow/lanes.ts';

const facts: OperationalFacts = {
  contract: laneWith(),
  about: 'shop-items.abc',
  trace: {
    correlationId: 'shop-items.abc',
    causationId: 'notice-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    processKey: 'shop-items/items_1.csv',
    ingestedAt: '2026-11-02T08:15:00.000Z',
  },
  externalRef: 'items_1.csv',
  rawRef: 's3://inbound/shop/in/items_1.csv',
  rawHash: 'b'.repeat(64),
  time: '2026-11-02T08:16:00.000Z',
};

const data = { ...fileSettled.example, handoffId: 'shop-items.abc' };
const writtenWith = (changes: Partial<OperationalFacts> = {}) =>
  JSON.parse(operationalEvent(fileSettled, data, { ...facts, ...changes }).detail);

describe('an operational event', () => {
  it('has an id of tenant, integration, type, ordinal and what it tells of', () => {
    expect(writtenWith().id).toBe(idOf('shop', 'shop-items', fileSettled.type, '0', 'shop-items.abc'));
    expect(writtenWith().id).toBe('437b4dff5e0bfedcfdb8bb916693b369e727d0c7aa581cf105ac4bca4672b1ad');
    expect(writtenWith({ about: 'other' }).id).not.toBe(writtenWith().id);
  });

  it('is a CloudEvent with the trace context of what gave rise to it', () => {
    const written = writtenWith();
    expect(new CloudEvent(written, true).toJSON()).toMatchObject(written);
    expect(written).toMatchObject({
      type: fileSettled.type,
      tenantid: 'shop',
      aggregateid: 'shop-items.abc',
      sequence: '20261102081600000000000',
      idempotencykey: 'shop-items:settled:shop-items.abc',
      correlationid: 'shop-items.abc',
      processkey: 'shop-items/items_1.csv',
      priority: 'high',
      data,
    });
  });

  it('belongs to the suite where its integration speaks for several tenants', () => {
    const contract = { ...laneWith(), tenant: { from: 'id', allowed: ['a', 'b'] } };
    const { id, tenantid } = writtenWith({ contract });
    expect(tenantid).toBe('edge');
    expect(id).toBe(idOf('edge', 'shop-items', fileSettled.type, '0', 'shop-items.abc'));
  });

  it('is a bug where its data does not fit', () => {
    expect(() => operationalEvent(fileSettled, {} as never, facts)).toThrow('invalid_type');
  });
});
