/** A verified delivery as it is archived, with everything needed to make the same events again. */
export interface Delivery {
  readonly correlationId: string;
  /** What repeats are known by; the position in the ids of its events. */
  readonly name: string;
  /** The sender's name for it, where it carries one. */
  readonly deliveryId: string | undefined;
  /** An id that the signature does not cover. It names nothing, but must not come with other content. */
  readonly unsignedId?: string | undefined;
  /** Whose secret it was verified with, where tenants have secrets of their own. */
  readonly provenTenant?: string | undefined;
  /** The tenant in its path, where the contract reads it there. */
  readonly pathTenant?: string | undefined;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** ISO 8601 UTC, by the sender's clock, where it signs one. */
  readonly sentAt: string | undefined;
  readonly traceparent: string;
  /** In lower case; without signatures, tokens, cookies and what else may be a secret. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** SHA-256 (hex) of the body. */
  readonly sha256: string;
  /** What must be the same in a repeat, by the contract of its time. */
  readonly payloadHash: string;
}

/** Key of a delivery in the raw bucket and in the quarantine. Two payloads of one name have different keys with the same beginning. */
export const objectKey = (
  integration: string,
  { correlationId, receivedAt, sha256 }: Pick<Delivery, 'correlationId' | 'receivedAt' | 'sha256'>,
) => `${integration}/${dayPath(receivedAt)}/${correlationId}.${sha256.slice(0, 16)}.json`;

/** `2026/11/20` */
const dayPath = (instant: string): string => instant.slice(0, 10).replaceAll('-', '/');
