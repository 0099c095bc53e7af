import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import acmeOrders from '#integrations/acme-orders/contract.ts';

/** `acme-orders` as it is (`file`), and as it would be if each row were claimed (`row`). */
export const lanes = {
  file: acmeOrders as FileLane,
  row: { ...acmeOrders, duplicates: 'row', version: 'placed_at' } as FileLane,
};

/** Every benchmark's file is dropped under this key, each in a root of its own. */
export const dataKey = 'acme/in/orders_20261101.csv';
