import * as z from 'zod';
import type { Kind } from '#shared/contract/kind.ts';
import { asked } from '../shapes/parts.ts';

/** What people and programs may know of a kind of plan. What it does is in `operate/flow/plans/`. */
export interface PlanKindFacts {
  readonly summary: string;
  /** Kinds of integration that have such units. */
  readonly of: readonly Kind[];
  /** What a unit is, for one and for many. */
  readonly units: readonly [string, string];
  /** What comes after the kind on the command line. */
  readonly example: string;
  /** By which its units are chosen. Each value is text. */
  readonly filter: z.ZodObject;
  /** US dollars for a million units: the calls that are made for each. */
  readonly dollarsAMillion: number;
}

export const planKinds = {
  redrive: {
    summary: 'Send dead letters back to the queue that they came from',
    of: ['file-lane', 'webhook-fence'],
    units: ['dead letter', 'dead letters'],
    example: 'acme-orders',
    filter: z.strictObject({
      reason: z
        .string()
        .max(64)
        .optional()
        .meta({ description: 'only with this code in the attribute `reason`' }),
    }),
    // Receive, send and delete, and the receive of who works on it: four requests of $0.40 a million, and an invocation.
    dollarsAMillion: 3,
  },
  release: {
    summary: 'Verify rejected requests again, and accept those that pass now',
    of: ['webhook-fence'],
    units: ['rejected request', 'rejected requests'],
    example: 'shopify-orders --from 2026-11-20T08:00:00Z --to 2026-11-20T12:00:00Z',
    filter: z
      .strictObject({
        from: asked.meta({ description: 'received at this time or later' }),
        to: asked.meta({ description: 'received at this time or before' }),
        stale: z.enum(['yes']).optional().meta({
          description: '`yes`: also those whose only fault is the time of their signature',
        }),
      })
      .refine(({ from, to }) => from < to, { error: 'from must be before to', path: ['from'] }),
    // Two invocations of 100 ms with 512 MB, one to look and one to release, and the writes of a delivery: claim, archive, audit.
    dollarsAMillion: 25,
  },
} as const satisfies Readonly<Record<string, PlanKindFacts>>;

export type PlanKindName = keyof typeof planKinds;

export const planKindNames = Object.keys(planKinds) as [PlanKindName, ...PlanKindName[]];

export type FilterOf<K extends PlanKindName> = z.infer<(typeof planKinds)[K]['filter']>;
