import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import acmeOrders from '#integrations/acme-orders/contract.ts';

/** `acme-orders` as it is (`row`: each row is claimed), and as it would be if only files were compared (`file`). */
export const lanes: Readonly<Record<'file' | 'row', FileLane>> = {
  file: { ...acmeOrders, duplicates: 'file', writeOnce: undefined },
  row: acmeOrders,
};

/** Every benchmark's file is dropped under this key, each in a root of its own. */
export const dataKey = 'acme/in/orders_20261101.csv';
