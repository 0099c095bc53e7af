/** The order of a row, as a handler makes it that checks nothing. */
export const orderOf = (row: Readonly<Record<string, string>>) => ({
  orderId: row.order_no,
  placedAt: row.placed_at,
  customer: { email: row.customer_email, phone: row.customer_phone },
  line: {
    sku: row.sku,
    quantity: row.quantity,
    unitPrice: { amount: row.unit_price, currency: row.currency },
  },
  shipTo: { country: row.ship_country },
  status: row.status,
});

/** Its entry for the bus. */
export const entryOf = (detail: unknown, DetailType = 'orders.order.created.v1') => ({
  EventBusName: 'edge',
  Source: 'orders',
  DetailType,
  Detail: JSON.stringify(detail),
});
