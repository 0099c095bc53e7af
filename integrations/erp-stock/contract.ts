import { stockUpdated } from '#events/inventory/stock-updated.v1.ts';
import { decimal, defineCdcFeed, instant, is, money, oneOf, Refusal, table, text } from '#kit/cdc-feed';

export default defineCdcFeed({
  id: 'erp-stock',
  purpose: 'Everyone who promises deliveries knows the current stock of our own warehouses.',
  owner: { team: 'supply-chain', contact: 'supply-chain@example.com' },
  partner: { name: 'ERP database (Oracle, through DMS)', contact: 'erp-operations@example.com' },
  authority: 'The ERP owns the stock of our own warehouses.',
  consistency:
    'Within two minutes of the commit, in order for each article and warehouse. A full load publishes everything again.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { constant: 'acme' },
  source: { kind: 'dms', beforeImage: 'before-image', nulls: 'written' },
  stream: { kind: 'kinesis', name: 'erp-stock' },
  truncates: 'quarantine',
  drift: 'continue',
  // A full load publishes every article. Consumers of stock unpack batches already, for nordwind-inventory.
  publish: 'batch',
  tables: {
    'ERP.STOCK': table({
      key: ['ITEM_NO', 'WAREHOUSE'],
      columns: {
        ITEM_NO: { type: is.text(), read: text({ max: 40 }) },
        WAREHOUSE: { type: is.text(), read: text({ max: 20 }) },
        DESCRIPTION: { type: is.text(), read: text({ max: 200 }) },
        QTY: { type: is.decimal({ scale: 3 }), read: decimal({ min: '0' }) },
        UOM: { type: is.text(), read: oneOf({ EA: 'piece', KGM: 'kilogram', MTR: 'metre' }) },
        PRICE: { type: is.decimal({ scale: 2 }), read: decimal({ min: '0' }) },
        COUNTED_AT: { type: is.timestamp('micros'), read: instant() },
      },
      ignore: ['LAST_USER'],
      events: {
        created: stockUpdated,
        updated: stockUpdated,
        deleted: { skip: 'an article’s stock is set to zero before its row is removed' },
      },
      map: row => {
        const price = money(row.PRICE, 'EUR', 'PRICE');
        if (price instanceof Refusal) return price;
        return {
          sku: row.ITEM_NO,
          description: row.DESCRIPTION,
          warehouse: row.WAREHOUSE,
          quantity: row.QTY,
          unit: row.UOM,
          unitPrice: { amount: price.amount, currency: 'EUR' as const },
          asOf: row.COUNTED_AT,
        };
      },
    }),
  },
});
