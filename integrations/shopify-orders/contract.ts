import * as z from 'zod';
import { orderRequested } from '#events/orders/order-requested.v1.ts';
import {
  accept,
  decimal,
  defineWebhookFence,
  emit,
  idText,
  instant,
  money,
  Refusal,
} from '#kit/webhook-fence';

const order = z.object({
  id: idText(),
  name: z.string().min(1),
  created_at: z.string(),
  email: z.string(),
  phone: z.string().min(1).nullable(),
  currency: z.string(),
  total_price: z.string(),
  line_items: z.array(
    z.object({
      id: idText(),
      sku: z.string().nullable(),
      title: z.string().min(1),
      quantity: z.int().min(1),
      price: z.string(),
    }),
  ),
  shipping_address: z.object({ country_code: z.string() }).nullish(),
});

type Order = z.infer<typeof order>;

const { read: readInstant } = instant();
const { read: readDecimal } = decimal({ min: '0' });

function priceOf(text: string, currency: string, column: string) {
  const amount = readDecimal(text);
  return amount instanceof Refusal ? amount : money(amount, currency, column);
}

type Line = z.infer<(typeof orderRequested)['schema']>['lines'][number];

function linesOf({ line_items, currency }: Order): Line[] | Refusal {
  const lines: Line[] = [];
  for (const [i, { id, sku, title, quantity, price }] of line_items.entries()) {
    const unitPrice = priceOf(price, currency, `/line_items/${i}/price`);
    if (unitPrice instanceof Refusal) return unitPrice;
    lines.push({ lineId: id, sku: sku || null, title, quantity, unitPrice });
  }
  return lines;
}

function request(seen: Order) {
  const requestedAt = readInstant(seen.created_at);
  if (requestedAt instanceof Refusal) return requestedAt;
  const total = priceOf(seen.total_price, seen.currency, '/total_price');
  if (total instanceof Refusal) return total;
  const lines = linesOf(seen);
  if (lines instanceof Refusal) return lines;
  return emit(orderRequested, {
    orderId: seen.id,
    orderName: seen.name,
    requestedAt,
    customer: { email: seen.email || null, phone: seen.phone },
    lines,
    total,
    shipTo: seen.shipping_address ? { country: seen.shipping_address.country_code } : null,
  });
}

export default defineWebhookFence({
  id: 'shopify-orders',
  purpose: 'Order management receives the orders of our Shopify shop as requests.',
  owner: { team: 'order-management', contact: 'order-management@example.com' },
  partner: { name: 'Shopify', contact: 'https://help.shopify.com' },
  authority: 'Shopify owns what the customer asked for. Order management owns the order.',
  consistency:
    'Within seconds, in any order. Shopify can miss a delivery: its orders are compared with the deliveries once an hour.',
  schemaVersion: '2026-04',
  trust: 'verified',
  quietForHours: 24,
  tenant: { constant: 'acme' },
  scheme: 'shopify',
  idempotency: { key: 'delivery-id' },
  sequenceFrom: '/updated_at',
  listing: {
    url: 'https://acme-example.myshopify.com/admin/api/2026-04/graphql.json',
    body: {
      query:
        'query ($filter: String!, $cursor: String) { orders(first: 250, after: $cursor, query: $filter, sortKey: CREATED_AT) { nodes { legacyResourceId createdAt } pageInfo { hasNextPage endCursor } } }',
      variables: { filter: "created_at:>='{from}' AND created_at:<'{to}'", cursor: '{cursor}' },
    },
    auth: { header: 'x-shopify-access-token' },
    items: '/data/orders/nodes',
    id: '/legacyResourceId',
    time: '/createdAt',
    next: { cursor: '/data/orders/pageInfo/endCursor', more: '/data/orders/pageInfo/hasNextPage' },
    delivered: '/id',
  },
  secrets: { rotationDays: 365 },
  accepts: [
    accept({
      // Only a header says so, and Shopify does not sign it.
      when: { header: 'x-shopify-topic', is: 'orders/create' },
      schema: order,
      events: [orderRequested],
      map: request,
    }),
  ],
  skips: [{ reason: 'Test orders are not fulfilled.', when: { field: '/test', is: 'true' } }],
});
