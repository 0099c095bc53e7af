import type { Key } from '#shared/aws/dynamo-table.ts';
import type { Pass } from '../core/outcome/handoff.ts';
import type { ChunkRef } from '../ports.ts';

/**
 * Every partition key begins with `<integration>#`, so that a role's `dynamodb:LeadingKeys` keeps integrations
 * apart. A hand-off's id is `<integration>.<hash>`; integrations have no dots.
 */
export const handoffKey = (handoffId: string): Key => ({ pk: partitionOf(handoffId), sk: 'HANDOFF' });

/** `n` is padded so that chunks come in order. */
export const chunkKey = ({ handoffId, pass, n }: ChunkRef): Key => ({
  pk: partitionOf(handoffId),
  sk: `${chunkPrefix(pass)}${String(n).padStart(6, '0')}`,
});

export const chunkPrefix = (pass: Pass): string => `CHUNK#${pass}#`;

export const fileClaimKey = (integration: string, identity: string): Key => ({
  pk: `${integration}#file#${identity}`,
  sk: 'CLAIM',
});

/** @throws Error when the id does not carry its integration. */
export function partitionOf(handoffId: string): string {
  const dot = handoffId.indexOf('.');
  if (dot < 1) throw new Error(`hand-off id "${handoffId}" is not of the form <integration>.<hash>`);
  return `${handoffId.slice(0, dot)}#${handoffId}`;
}

/** The hand-off's id in its partition key. */
export const handoffOfPartition = (pk: string): string => pk.slice(pk.indexOf('#') + 1);
