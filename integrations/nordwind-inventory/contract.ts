import { stockUpdated } from '#events/inventory/stock-updated.v1.ts';
import { decimal, defineFileLane, emit, money, oneOf, Refusal, text, zonedTime } from '#kit/file-lane';

export default defineFileLane({
  id: 'nordwind-inventory',
  purpose: 'Everyone who promises deliveries knows the evening stock of Nordwind’s warehouses.',
  owner: { team: 'supply-chain', contact: 'supply-chain@example.com' },
  partner: { name: 'Nordwind Lager GmbH', contact: 'it@nordwind.example' },
  authority: 'Nordwind owns the stock that it counts.',
  consistency: 'Each file is the whole stock of one day. It is published as a whole or not at all.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { constant: 'nordwind' },
  delivery: { folder: 'nordwind', name: 'bestand_{yyyyMMdd}.csv', startsOn: 'sidecar' },
  schedule: {
    cron: '0 21 * * MON-SAT',
    zone: 'Europe/Berlin',
    graceMinutes: 90,
    holidays: ['2026-12-25', '2026-12-26', '2027-01-01'],
  },
  format: { delimiter: ';', encoding: 'windows-1252' },
  columns: {
    Artikel: text({ max: 40 }),
    Bezeichnung: text({ max: 200 }),
    Lager: text({ max: 20 }),
    Menge: decimal({ min: '0', decimalMark: ',', groupMark: '.' }),
    Einheit: oneOf({ ST: 'piece', KG: 'kilogram', M: 'metre' }),
    Preis: decimal({ min: '0', decimalMark: ',', groupMark: '.' }),
    Stand: zonedTime({ format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Berlin', ambiguous: 'earlier' }),
  },
  key: ['Artikel', 'Lager'],
  duplicates: 'file',
  duplicateScope: 'period',
  maxInvalidShare: 0,
  events: [stockUpdated],
  // A day's stock is some thousand articles: consumers take it with the kit, and a file costs a few calls.
  publish: 'batch',
  map: row => {
    const price = money(row.Preis, 'EUR', 'Preis');
    if (price instanceof Refusal) return price;
    return emit(stockUpdated, {
      sku: row.Artikel,
      description: row.Bezeichnung,
      warehouse: row.Lager,
      quantity: row.Menge,
      unit: row.Einheit,
      unitPrice: { amount: price.amount, currency: 'EUR' },
      asOf: row.Stand,
    });
  },
});
