import type { Item } from '#shared/aws/dynamo-table.ts';
import type {
  AwaitingHandoff,
  ChunkPlan,
  Handoff,
  HandoffState,
  Inspection,
  ProcessingHandoff,
  SettledHandoff,
  SettlingHandoff,
} from '../core/outcome/handoff.ts';
import { inState } from '../core/outcome/handoff-indexes.ts';
import type { HandoffSummary } from '../core/outcome/handoff-query.ts';

const fields = [
  'id',
  'integration',
  'object',
  'state',
  'attempts',
  'causationId',
  'receivedAt',
  'sequencer',
  'settledAt',
  'ending',
  'report',
  'period',
  'pass',
  'identity',
  'corrects',
  'duplicateOf',
  'received',
  'tally',
  'fault',
  'notified',
  'reprocesses',
  'reprocessedBy',
  'awaiting',
  'nextRetryAt',
  'stoppedAt',
  'resumedAt',
  'resumes',
  'lateFor',
  'lastReconciledAt',
  'reconciliation',
] as const satisfies readonly (
  | keyof AwaitingHandoff
  | keyof ProcessingHandoff
  | keyof SettlingHandoff
  | keyof SettledHandoff
)[];

type Field = (typeof fields)[number];

const unlisted = ['ending', 'report', 'pass', 'identity', 'corrects'] as const satisfies readonly Field[];

const isListed = (field: Field): field is Exclude<Field, (typeof unlisted)[number]> =>
  !(unlisted as readonly Field[]).includes(field);

/** What lists of hand-offs show. */
export const summaryFields: readonly (keyof HandoffSummary)[] = [
  ...fields.filter(isListed),
  'declaredRecords',
];

export const summaryOf = (item: Item): HandoffSummary =>
  Object.fromEntries(
    summaryFields.flatMap(field => (item[field] === undefined ? [] : [[field, item[field]]])),
  ) as unknown as HandoffSummary;

/** The state as the item has it: for itself, and for the index by state. */
export const stated = (handoffId: string, state: HandoffState) => ({
  state,
  inState: inState(integrationIn(handoffId), state),
});

/** Puts the item into the index of those that the reconciler is to compare. */
export const toReconcile = (handoffId: string) => ({ toReconcile: integrationIn(handoffId) });

const integrationIn = (handoffId: string): string => handoffId.slice(0, handoffId.indexOf('.'));

/**
 * A hand-off item holds the hand-off's fields as attributes, besides its lease. `H`: the states in which the caller's
 * condition on the item leaves it.
 */
export function handoffOf<H extends Handoff = Handoff>(item: Item): H {
  const plain = Object.fromEntries(fields.map(field => [field, item[field]]));
  const inspection = item.inspection as InspectionAttribute | undefined;
  return { ...plain, inspection: inspection && inspectionOf(inspection) } as unknown as H;
}

type PlanTuple = readonly [number, number, number, number, number, number];

type InspectionAttribute = Omit<Inspection, 'chunks'> & { readonly chunks: readonly PlanTuple[] };

/**
 * Chunk plans as tuples: about 45 bytes each, 30 KB for the 640 chunks of the largest file. Beside the widest header
 * (`limits.recordBytesMax`) the item stays under DynamoDB's 400 KB.
 */
const inspectionAttribute = ({ chunks, ...rest }: Inspection): InspectionAttribute => ({
  ...rest,
  chunks: chunks.map(c => [c.n, c.byteStart, c.byteEnd, c.firstRecord, c.firstLine, c.records]),
});

/** Attributes of a hand-off whose file was inspected. What the sender declared stands apart, for lists. */
export const inspected = (inspection: Inspection) => ({
  inspection: inspectionAttribute(inspection),
  declaredRecords: inspection.declaredRecords,
});

const inspectionOf = ({ chunks, ...rest }: InspectionAttribute): Inspection => ({
  ...rest,
  chunks: chunks.map(planOf),
});

const planOf = ([n, byteStart, byteEnd, firstRecord, firstLine, records]: PlanTuple): ChunkPlan => ({
  n,
  byteStart,
  byteEnd,
  firstRecord,
  firstLine,
  records,
});
