import { renderAsyncApi } from '#adapters/derive/async-api.ts';
import { renderCatalogueIndex, renderEventPage } from '#adapters/derive/catalogue.ts';
import { fileSettled } from '#events/edge/file-settled.v1.ts';
import { schemaDriftDetected } from '#events/edge/schema-drift-detected.v1.ts';
import { shipmentUpdated } from '#events/fulfilment/shipment-updated.v1.ts';
import { stockUpdated } from '#events/inventory/stock-updated.v1.ts';
import { orderCreated } from '#events/orders/order-created.v1.ts';
import { loadSoundContracts } from '#infra/contracts.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import { envelopeWriter, wholeDetail } from '#shared/core/envelope/envelope.ts';
import { eventSchema } from '#shared/derive/event-schema.ts';
import { code, table } from '#shared/derive/markdown.ts';
import { fieldsOf } from '#shared/derive/schema-fields.ts';

const { events, integrations } = await loadSoundContracts();

describe('the catalogue', () => {
  it('shows an event with its fields, owner, SLA, personal data and producers', () => {
    const text = renderEventPage(orderCreated, integrations);
    expect(text).toContain('| `customer.email` | email | yes | email |');
    expect(text).toContain('| `customer.phone` | string or null | yes | phone |');
    expect(text).toContain('| Owner | order-management |');
    expect(text).toContain('within 900 s');
    expect(text).toContain('[acme-orders](../runbooks/acme-orders.md)');
    expect(text).toContain('"orderId": "A-100001"');
  });

  it('says how an id of several properties is joined, and of one nothing', () => {
    expect(renderEventPage(stockUpdated, integrations)).toContain(
      '| Subject | stock `sku` / `warehouse`, joined by `/`. Within each, `%` is written as `%25` and `/` as `%2F` |',
    );
    expect(renderEventPage(orderCreated, integrations)).toContain('| Subject | order `orderId` |');
  });

  it('says which integrations publish an event in batches', () => {
    const text = renderEventPage(stockUpdated, integrations);
    expect(text).toContain('[erp-stock](../runbooks/erp-stock.md) (in batches)');
    expect(text).toContain('| Form | alone, or many in one entry of the bus');
    expect(renderEventPage(orderCreated, integrations)).toContain('| Form | alone in an entry of the bus |');
  });

  it('has AsyncAPI with a message of each form, and every reference leads somewhere', () => {
    const text = renderAsyncApi(events, integrations);
    const { channels, components } = JSON.parse(text);
    expect(Object.keys(channels[stockUpdated.type].messages)).toEqual(['event', 'batch']);
    expect(Object.keys(channels[orderCreated.type].messages)).toEqual(['event']);
    const { items } = channels[stockUpdated.type].messages.batch.payload.properties.events;
    expect(items.required).toEqual(expect.arrayContaining(['id', 'subject', 'sequence', 'data']));
    const found = [...text.matchAll(/"\$ref": "#\/(\w+)\/(?:schemas\/)?([^"]+)"/g)];
    expect(found.length).toBeGreaterThan(2 * events.length - 1);
    for (const [, place, name = ''] of found)
      expect(place === 'channels' ? channels : components.schemas).toHaveProperty([name]);
  });

  it('has in AsyncAPI every attribute of an event, and none that events lack', () => {
    const source = {
      ...{
        contract: { id: 'acme-orders', schemaVersion: '1', trust: 'verified' as const },
        correlationId: 'c',
      },
      ...{ causationId: 'n', traceparent: 't', processKey: 'p', ingestedAt: 'i' },
    };
    const fields = {
      ...{ id: 'a', tenantId: 'acme', aggregateId: 'A-1', sequence: '1', idempotencyKey: 'k', rawHash: 'h' },
      ...{ externalRef: 'e', rawRef: 'r', time: 'now', data: '{}' },
    };
    const written = JSON.parse(wholeDetail(envelopeWriter(orderCreated, source)(fields)));
    const { channels } = JSON.parse(renderAsyncApi(events, integrations));
    const { payload } = channels[orderCreated.type].messages.event;
    expect(Object.keys(payload.properties).sort()).toEqual(Object.keys(written).sort());
    expect(payload.required.sort()).toEqual(Object.keys(written).sort());
  });

  it('says so when nobody publishes an event', () => {
    expect(renderEventPage(orderCreated, [])).toContain('| Published by | nobody yet |');
  });

  it('lists every event and every integration on its first page', () => {
    const text = renderCatalogueIndex(events, integrations);
    for (const event of events) expect(text).toContain(`[${event.type}](${event.type}.md)`);
    for (const { id } of integrations) expect(text).toContain(`\`${id}\``);
    expect(text).not.toContain('nobody yet');
  });

  it('names the producers of every kind', () => {
    const producers = (event: EventContract) =>
      /\| Published by \| (.*) \|/.exec(renderEventPage(event, integrations))?.[1];
    expect(producers(shipmentUpdated)).toContain('[globex-shipments](../runbooks/globex-shipments.md)');
    expect(producers(shipmentUpdated)).toContain('[fleet-shipments](../runbooks/fleet-shipments.md)');
    expect(producers(stockUpdated)).toContain('[erp-stock]');
    expect(producers(fileSettled)).toBe('every file lane');
    expect(producers(schemaDriftDetected)).toBe('every CDC feed');
  });

  it('marks in the schema every field that the event knows to be personal', () => {
    for (const event of events) {
      const marked = fieldsOf(eventSchema(event)).filter(field => field.pii);
      expect(marked.map(field => field.path)).toEqual(event.pii);
    }
  });
});

describe('markdown', () => {
  it('keeps a table whole whatever its cells hold', () => {
    expect(table(['a'], [['x | y\r\nz']])).toBe('| a |\n| --- |\n| x \\| y z |');
  });

  it('shows code that holds a tab or a backtick', () => {
    expect([code('\t'), code('`')]).toEqual(['`\\t`', '`` ` ``']);
  });
});
