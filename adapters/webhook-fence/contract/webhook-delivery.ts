import type * as z from 'zod';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { Emission } from '#shared/contract/emission.ts';
import type { Refusal } from '#shared/contract/field.ts';

/**
 * A test on a delivery. `field` is a JSON pointer (RFC 6901) into the payload, such as `/type`; of a form it names a field.
 * `header` is in lower case; headers are not signed. If the payload says the same, use the payload: a captured request can be sent
 * again under another header. If the content names deliveries, the headers used by rules are part of the name.
 */
export type Condition =
  | { readonly field: string; readonly is: string | readonly string[] }
  | { readonly header: string; readonly is: string | readonly string[] };

/** All of the conditions; none is always true. */
export type When = Condition | readonly Condition[];

/** What a mapping may know of a delivery besides its payload. */
export interface DeliveryContext {
  readonly tenant: string;
  /** The sender's name for the delivery, where it carries one. */
  readonly deliveryId: string | undefined;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** ISO 8601 UTC, by the sender's clock, where it signs one. */
  readonly sentAt: string | undefined;
  /** Headers that conditions of the contract name, where the request has them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One kind of delivery that becomes events. */
export interface Acceptance<
  S extends z.ZodType = z.ZodType,
  E extends readonly EventContract[] = readonly EventContract[],
> {
  /** Which deliveries; absent: all. */
  readonly when?: When;
  /** The payload as the partner sends it. Looser than the partner's promise where a new field must not break anything: `z.object`. */
  readonly schema: S;
  /** Every event that `map` may emit. Observations or commands: a callback never states a change of what we own. */
  readonly events: E;
  /** Payload to canonical event(s). Pure. No emission: the delivery is skipped. A refusal quarantines it. */
  readonly map: (
    payload: z.infer<S>,
    delivery: DeliveryContext,
  ) => Emission<E[number]> | readonly Emission<E[number]>[] | Refusal;
}

/** An acceptance as contracts hold it, its payload's type forgotten. */
export type AnyAcceptance = Omit<Acceptance, 'map'> & {
  readonly map: (payload: never, delivery: DeliveryContext) => Emission | readonly Emission[] | Refusal;
};

/** Writes one acceptance with its payload typed by its schema. */
export const accept = <S extends z.ZodType, const E extends readonly EventContract[]>(
  rule: Acceptance<S, E>,
): AnyAcceptance => rule as unknown as AnyAcceptance;

/** A declared rule by which a genuine delivery is no event: answered 202 and counted as `skipped`. */
export interface DeliverySkip {
  readonly reason: string;
  /** `otherwise`: every delivery that no acceptance and no other rule names. Without it, such a delivery is quarantined. */
  readonly when: When | 'otherwise';
}
