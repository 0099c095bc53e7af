import { orderCreated } from '#events/orders/order-created.v1.ts';
import {
  country,
  currency,
  decimal,
  defineFileLane,
  email,
  emit,
  instant,
  integer,
  money,
  oneOf,
  optional,
  phone,
  Refusal,
  text,
} from '#kit/file-lane';

export default defineFileLane({
  id: 'acme-orders',
  purpose: 'We receive the orders that customers place in Acme’s shops, and fulfil them.',
  owner: { team: 'order-management', contact: 'order-management@example.com' },
  partner: { name: 'Acme Retail', contact: 'edi@acme.example' },
  authority: 'Acme owns the order until it is created here. From then on order management owns it.',
  consistency:
    'Each file contains the orders of one day. An order is sent once and never changed by a later file. A corrected file may be sent whole: only new orders are published.',
  schemaVersion: '1.0',
  trust: 'verified',
  tenant: { constant: 'acme' },
  delivery: { folder: 'acme', name: 'orders_{yyyyMMdd}.csv', compression: ['gzip'] },
  columns: {
    order_no: text({ max: 40 }),
    placed_at: instant(),
    customer_email: email(),
    customer_phone: optional(phone()),
    sku: text({ max: 40 }),
    quantity: integer({ min: 1, max: 1_000_000 }),
    unit_price: decimal({ min: '0' }),
    currency: currency(),
    ship_country: country(),
    status: oneOf({ NEW: 'placed', PAID: 'paid', CANC: 'cancelled' }),
  },
  key: ['order_no'],
  duplicates: 'row',
  writeOnce: { reason: 'an order is sent once and never changed by a later file' },
  maxInvalidShare: 1,
  events: [orderCreated],
  map: row => {
    const unitPrice = money(row.unit_price, row.currency, 'unit_price');
    if (unitPrice instanceof Refusal) return unitPrice;
    return emit(orderCreated, {
      orderId: row.order_no,
      placedAt: row.placed_at,
      customer: { email: row.customer_email, phone: row.customer_phone },
      line: { sku: row.sku, quantity: row.quantity, unitPrice },
      shipTo: { country: row.ship_country },
      status: row.status,
    });
  },
});
