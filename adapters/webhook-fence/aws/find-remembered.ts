import { hash } from 'node:crypto';
import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import { integrationOf } from '#shared/core/identity/event-id.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { ComparedOnce, OnceFound } from '../ports.ts';
import { isHeld, isLeased } from './work-again-lease.ts';

/** How Powertools names the item of a key. */
export const onceKey = (name: string): string => `${integrationOf(name)}#${onceHash(name)}`;

/** How Powertools hashes names and payloads. */
export const onceHash = (text: string): string => hash('sha256', JSON.stringify(text), 'base64');

/** What is stored under a name, in Powertools' items. Consistent read. */
export const findRemembered = async (table: DynamoTable, name: string): Promise<OnceFound> =>
  foundIn(await table.get({ pk: onceKey(name) }));

/** The same, and whether it is of this payload. */
export async function compareRemembered(
  table: DynamoTable,
  name: string,
  payloadHash: string,
): Promise<ComparedOnce> {
  const item = await table.get({ pk: onceKey(name) });
  return { ...foundIn(item), isSame: item?.validation === onceHash(payloadHash) };
}

function foundIn(item: Item | undefined): OnceFound {
  const now = Date.now();
  if (item === undefined || Number(item.expiresAt) * 1000 < now)
    return { value: undefined, isAtWork: false, mayBePublished: false };
  if (item.status === 'COMPLETED')
    return {
      value: item.data as Remembered,
      isAtWork: isLeased(item, now),
      mayBePublished: isHeld(item, now),
    };
  const isAtWork = Number(item.in_progress_expiration) >= now;
  return { value: undefined, isAtWork, mayBePublished: !isAtWork };
}
