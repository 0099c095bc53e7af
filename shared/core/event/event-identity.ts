import { idOf } from '../identity/event-id.ts';
import { idempotencyKeyOf } from '../identity/idempotency-key.ts';

/** What makes an event the same on every retry, with its integration and its type. */
export interface EventIdentity {
  readonly tenant: string;
  /** Counts the events of one input, from 0. */
  readonly ordinal: number;
  /** What names the thing that the event tells of. */
  readonly key: readonly string[];
  /** What tells this version of the thing from others: a version or a position. Undefined where there is only one, ever. */
  readonly version: string | undefined;
}

/** The CloudEvents `id`. */
export function eventIdOf(integration: string, type: string, identity: EventIdentity): string {
  const { tenant, ordinal, key, version } = identity;
  return version === undefined
    ? idOf(tenant, integration, type, String(ordinal), ...key)
    : idOf(tenant, integration, type, String(ordinal), ...key, version);
}

/** The `idempotencykey`. Where there is no version, the ordinal tells the events of one input apart. */
export const eventKeyOf = (integration: string, { key, version, ordinal }: EventIdentity): string =>
  idempotencyKeyOf([integration, ...key], version ?? String(ordinal));
