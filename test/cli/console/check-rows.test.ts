import { checked } from '#cli/console/check-rows.ts';
import acmeOrders from '#integrations/acme-orders/contract.ts';

const columns = Object.keys(acmeOrders.columns);
const good = ['A-1', '2026-11-05T10:00:00Z', 'a@example.com', '', 'SKU', '1', '1.00', 'EUR', 'DE', 'NEW'];
const check = (cells: readonly string[]) =>
  checked(acmeOrders, { integration: 'acme-orders', id: 'h', columns, rows: [{ id: 'h#1', cells }] });

describe('a corrected row', () => {
  it('is checked by the code that the lane runs: schema, mapping and columns', () => {
    expect(check(good)).toEqual([{ id: 'h#1', events: 1, faults: [] }]);
    const [bad] = check(good.with(1, 'never').with(5, '0'));
    expect(bad?.events).toBe(0);
    expect(bad?.faults.map(({ column, code }) => [column, code])).toEqual([
      ['placed_at', 'NOT_A_DATE'],
      ['quantity', 'OUT_OF_RANGE'],
    ]);
    const [unpriced] = check(good.with(6, '1.999'));
    expect(unpriced?.faults[0]?.column).toBe('unit_price');
  });

  it('is read without the apostrophe that keeps a spreadsheet from computing it', () => {
    const [row] = check(good.with(4, "'=SUM(A1)"));
    expect(row).toMatchObject({ events: 1 });
  });

  it('must have the columns of the contract', () => {
    const without = { integration: 'acme-orders', id: 'h', columns: columns.slice(1), rows: [] };
    expect(() => checked(acmeOrders, without)).toThrow('The sheet lacks columns of the contract: order_no.');
  });
});
