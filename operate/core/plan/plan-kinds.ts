import * as z from 'zod';
import { type Kind, kinds } from '#shared/contract/kind.ts';
import { asked } from '../shapes/parts.ts';

/** For one and for many. */
export type UnitNames = readonly [string, string];

/** What people and programs may know of a kind of plan. What it does is in `operate/flow/plans/`. */
export interface PlanKindFacts {
  readonly summary: string;
  /** Kinds of integration that have such units. */
  readonly of: readonly Kind[];
  /** What a unit is, for one and for many; of each kind of integration where they differ. */
  readonly units: UnitNames | Readonly<Record<Kind, UnitNames>>;
  /** What comes after the kind on the command line. */
  readonly example: string;
  /** By which its units are chosen. Each value is text. */
  readonly filter: z.ZodObject;
  /** Kinds of integration that have what is filtered by, where not all of them do. */
  readonly filterOf?: Readonly<Record<string, readonly Kind[]>>;
  /** US dollars for a million units: the calls that are made for each; of each kind of integration where they differ. */
  readonly dollarsAMillion: number | Readonly<Record<Kind, number>>;
  /** Nobody must approve it: see docs/decisions/0080-disabled-at-once.md. */
  readonly isNeverApproved?: true;
  /**
   * A unit that fails holds back what must not overtake it. A plan with failures is paused at its end, and tries them again, in order, when
   * it is resumed: see docs/decisions/0036-records-are-redelivered-in-order.md.
   */
  readonly isHeldByFailures?: true;
  /**
   * Kinds of integration of which one plan with this trait works at a time: two could bring the changes of a key out of
   * order, see docs/decisions/0074-plans-of-a-feed-take-turns.md.
   */
  readonly takesTurns?: readonly Kind[];
  /** It publishes events of its integration, so it waits while that is disabled: see docs/decisions/0069-a-disabled-integration-publishes-nothing.md. */
  readonly publishes?: true;
}

/** Of files that are in work. */
export const unsettledStates = ['received', 'processing', 'settling'] as const;

/** What a plan does to an integration as a whole, at once. */
const ofIntegration = {
  of: kinds,
  units: ['integration', 'integrations'],
  filter: z.strictObject({}),
  // Some twenty calls of Lambda and the tables, once.
  dollarsAMillion: 10,
  isNeverApproved: true,
} as const;

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
  resubmit: {
    summary: 'Process quarantined rows, requests or changes again, by the contract as it is now',
    of: kinds,
    units: {
      'file-lane': ['row', 'rows'],
      'webhook-fence': ['request', 'requests'],
      'cdc-feed': ['change', 'changes'],
    },
    example: 'acme-orders',
    filter: z.strictObject({
      file: z.string().max(1_024).optional().meta({ description: 'files whose names begin so' }),
      code: z
        .string()
        .max(64)
        .optional()
        .meta({ description: 'requests or changes that are quarantined with this code' }),
      from: asked.optional().meta({ description: 'received at this time or later' }),
      to: asked.optional().meta({ description: 'received before this time' }),
      state: z.enum(['partial', 'rejected']).optional().meta({ description: 'files in this state' }),
    }),
    filterOf: { file: ['file-lane'], state: ['file-lane'], code: ['webhook-fence', 'cdc-feed'] },
    takesTurns: ['cdc-feed'],
    publishes: true,
    dollarsAMillion: {
      // Its claim 1.25, and its event 1.00; what is done for the file is spread over its rows.
      'file-lane': 2.25,
      // At S3 two reads, a write to taken/ and a read of the archive 6.20. Two writes of its claim 1.25, its event 1.00, and 50 ms of 512 MB 0.50.
      'webhook-fence': 9,
      // The same without claim and archive.
      'cdc-feed': 7.5,
    },
  },
  redeliver: {
    summary: 'Deliver the undelivered records of a feed again, in the order of their stream',
    of: ['cdc-feed'],
    units: ['record', 'records'],
    example: 'crm-customers',
    filter: z.strictObject({
      from: asked.optional().meta({ description: 'received at this time or later' }),
      to: asked.optional().meta({ description: 'received before this time' }),
      shard: z.string().max(128).optional().meta({ description: 'only of this shard or partition' }),
    }),
    isHeldByFailures: true,
    takesTurns: ['cdc-feed'],
    publishes: true,
    // Its event 1.00, and a hundredth of reading its batch three times, of deleting it, and of an invocation.
    dollarsAMillion: 1.1,
  },
  release: {
    summary: 'Verify rejected requests again, and accept those that pass now',
    of: ['webhook-fence'],
    units: ['rejected request', 'rejected requests'],
    example: 'shopify-orders --from 2026-11-20T08:00:00Z --to 2026-11-20T12:00:00Z',
    filter: z
      .strictObject({
        from: asked.meta({ description: 'received at this time or later' }),
        to: asked.meta({ description: 'received before this time' }),
        stale: z.enum(['yes']).optional().meta({
          description: '`yes`: also those whose only fault is the time of their signature',
        }),
      })
      .refine(({ from, to }) => from < to, { error: 'from must be before to', path: ['from'] }),
    // Two invocations of 100 ms with 512 MB, one to look and one to release, and the writes of a delivery: claim, archive, audit.
    dollarsAMillion: 25,
  },
  replay: {
    summary: 'Send events of the bus log again, to the bus or to one consumer',
    of: kinds,
    units: ['event', 'events'],
    example: 'acme-orders --from 2026-11-27T14:00:00Z --to 2026-11-27T15:00:00Z --consumer billing',
    filter: z.strictObject({
      from: asked.meta({ description: 'published at this time or later' }),
      to: asked.meta({ description: 'published before this time' }),
      type: z.string().max(128).optional().meta({ description: 'only of this type' }),
      subject: z.string().max(1_024).optional().meta({ description: 'only of this aggregate' }),
      correlationid: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'only of this file, delivery or transaction' }),
      id: z.string().max(200).optional().meta({ description: 'only this event' }),
      consumer: z
        .string()
        .max(64)
        .optional()
        .meta({ description: 'to the queue that `consumers` of edge.config.ts names, and not to the bus' }),
    }),
    publishes: true,
    // An event on the bus 1.00, and its line in the bus log 0.15. To a queue: 0.40.
    dollarsAMillion: 1.15,
  },
  settle: {
    summary: 'Let files go on that are in work, and that nobody works on',
    of: ['file-lane'],
    units: ['file', 'files'],
    example: 'acme-orders --file orders_20261106',
    filter: z.strictObject({
      file: z.string().max(1_024).optional().meta({ description: 'files whose names begin so' }),
      state: z.enum(unsettledStates).optional().meta({ description: 'files in this state' }),
    }),
    // A message or a few, two reads, and the writes of the work that is left.
    dollarsAMillion: 30,
  },
  disable: {
    ...ofIntegration,
    summary: 'Stop an integration at its source. Its input waits, and nothing is lost',
    example: 'acme-orders',
  },
  enable: {
    ...ofIntegration,
    summary: 'Let an integration take its input again, first what waited',
    example: 'acme-orders',
  },
  rollback: {
    ...ofIntegration,
    summary:
      'Stop the deployment of an integration that is under way, or go back to what was deployed before',
    example: 'acme-orders',
  },
  rollforward: {
    ...ofIntegration,
    summary: 'Undo a rollback: go on with the newest version of an integration',
    example: 'acme-orders',
  },
} as const satisfies Readonly<Record<string, PlanKindFacts>>;

export type PlanKindName = keyof typeof planKinds;

/** What a unit of a plan is, for one and for many. */
export function unitNamesOf(plan: PlanKindName, kind: Kind | undefined): UnitNames {
  const { units }: PlanKindFacts = planKinds[plan];
  if (isNames(units)) return units;
  return kind ? units[kind] : ['unit', 'units'];
}

const isNames = (units: PlanKindFacts['units']): units is UnitNames => Array.isArray(units);

/** About what so many units cost, in US dollars. */
export function dollarsOf(plan: PlanKindName, kind: Kind | undefined, units: number): number {
  const { dollarsAMillion: cost }: PlanKindFacts = planKinds[plan];
  const aMillion = typeof cost === 'number' ? cost : kind ? cost[kind] : Math.max(...Object.values(cost));
  return (units * aMillion) / 1_000_000;
}

export const planKindNames = Object.keys(planKinds) as [PlanKindName, ...PlanKindName[]];

export type FilterOf<K extends PlanKindName> = z.infer<(typeof planKinds)[K]['filter']>;

type OfKind = { readonly kind: PlanKindName };

const factsOf = ({ kind }: OfKind): PlanKindFacts => planKinds[kind];

export const isNeverApproved = (plan: OfKind): boolean => factsOf(plan).isNeverApproved ?? false;

export const isHeldByFailures = (plan: OfKind): boolean => factsOf(plan).isHeldByFailures ?? false;

export const takesTurns = (plan: OfKind, kind: Kind): boolean =>
  factsOf(plan).takesTurns?.includes(kind) ?? false;

/** A replay to one consumer is sent to its queue, and not to the bus. */
export const publishes = (plan: OfKind & { readonly filter: Readonly<Record<string, string>> }): boolean =>
  (factsOf(plan).publishes ?? false) && plan.filter.consumer === undefined;
