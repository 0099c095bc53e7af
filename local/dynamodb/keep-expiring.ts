import { setTimeout as sleep } from 'node:timers/promises';
import { type ExpiringTable, removeExpired } from './expiry.ts';
import type { Tables } from './tables.ts';

/** DynamoDB may take days; readers must not rely on it, so rarely will do. */
const sweepMilliseconds = 60_000;

/** Removes expired items every minute. Returns the function that stops it. */
export function keepExpiring(tables: Tables, expiring: readonly ExpiringTable[]): () => Promise<void> {
  const stopped = new AbortController();
  const sweeping = sweep(tables, expiring, stopped.signal);
  return async () => {
    stopped.abort();
    await sweeping;
  };
}

async function sweep(tables: Tables, expiring: readonly ExpiringTable[], signal: AbortSignal): Promise<void> {
  while (await waited(signal)) {
    for (const table of expiring) await removeExpired(tables, table, Math.floor(Date.now() / 1000));
  }
}

async function waited(signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(sweepMilliseconds, undefined, { signal, ref: false });
    return true;
  } catch {
    return false;
  }
}
