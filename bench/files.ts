import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dataKey } from './lane/lanes.ts';
import { type OrdersFile, writeOrders } from './write-orders.ts';

/** A generated file, dropped in a root of its own; git ignores them all. */
export interface BenchFile {
  readonly root: string;
  readonly path: string;
}

export async function benchFile(name: string, content: OrdersFile): Promise<BenchFile> {
  const root = `bench/data/${name}`;
  const path = join(root, 'inbound', dataKey);
  await mkdir(dirname(path), { recursive: true });
  await writeOrders(path, content);
  return { root, path };
}

export const megabytes = 1_000_000;
