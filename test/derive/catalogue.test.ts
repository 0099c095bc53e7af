import { orderCreated } from '../../events/orders/order-created.v1.ts';
import { loadContracts } from '../../infra/contracts.ts';
import { renderCatalogueIndex, renderEventPage } from '../../shared/derive/catalogue.ts';
import { eventSchema } from '../../shared/derive/event-schema.ts';
import { code, table } from '../../shared/derive/markdown.ts';
import { fieldsOf } from '../../shared/derive/schema-fields.ts';

const { events, lanes } = await loadContracts();

describe('the catalogue', () => {
  it('shows an event with its fields, owner, SLA, personal data and producers', () => {
    const text = renderEventPage(orderCreated, lanes);
    expect(text).toContain('| `customer.email` | email | yes | email |');
    expect(text).toContain('| `customer.phone` | string or null | yes | phone |');
    expect(text).toContain('| Owner | order-management |');
    expect(text).toContain('within 900 s');
    expect(text).toContain('[acme-orders](../runbooks/acme-orders.md)');
    expect(text).toContain('"orderId": "A-100001"');
  });

  it('says so when nobody publishes an event', () => {
    expect(renderEventPage(orderCreated, [])).toContain('| Published by | nobody yet |');
  });

  it('lists every event and every integration on its first page', () => {
    const text = renderCatalogueIndex(events, lanes);
    for (const event of events) expect(text).toContain(`[${event.type}](${event.type}.md)`);
    for (const lane of lanes) expect(text).toContain(`\`${lane.id}\``);
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
