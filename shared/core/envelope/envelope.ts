import type { ContractBase } from '../../contract/contract-base.ts';
import type { EventContract } from '../../contract/define-event.ts';
import type { TraceContext } from './trace-context.ts';

/** What events of one type share: their contract, and the trace context where it is the same for all of them. */
export interface EventSource extends Partial<TraceContext> {
  readonly contract: Pick<ContractBase, 'id' | 'schemaVersion' | 'trust'>;
}

/** What is one event's own. */
export interface EventFields {
  readonly id: string;
  readonly tenantId: string;
  readonly aggregateId: string;
  /** Compares as text: of two events of one aggregate, the greater is the newer. */
  readonly sequence: string;
  readonly idempotencyKey: string;
  /** The partner's own reference, e.g. file name and record. */
  readonly externalRef: string;
  /** Where the raw input lies: object, version and byte range. */
  readonly rawRef: string;
  /** SHA-256 (hex) of those bytes. */
  readonly rawHash: string;
  /** ISO 8601 UTC: when it happened, as far as the source says; else when it arrived. */
  readonly time: string;
  /** The payload as JSON. */
  readonly data: string;
}

const schemaUri = (type: string): string => `urn:edge-adapters:schema:${type}`;

/** Attributes that the envelope has not, as `attributes` writes them: those that many events share, and one event's own. */
export interface FurtherAttributes {
  readonly shared: string;
  readonly own: string;
}

const noFurther: FurtherAttributes = { shared: '', own: '' };

/** An event in two parts, which together are its `detail`. */
export interface Envelope {
  /** What events of one type, tenant and origin share, as members of a JSON object, each ended by a comma. */
  readonly shared: string;
  /** The event's own attributes and its data, as a JSON object. */
  readonly own: string;
}

export type EnvelopeWriter = (fields: EventFields, further?: FurtherAttributes) => Envelope;

/** The `detail` of an event alone. */
export const wholeDetail = ({ shared, own }: Envelope): string => ['{', shared, own.slice(1)].join('');

/**
 * Writes CloudEvents 1.0 (JSON form) for one event type of one hand-off. The part that all its events share is
 * serialised once: a file's rows differ in ten attributes of twenty-six. A trace context that is not shared is added to
 * each event as further attributes.
 */
export function envelopeWriter(event: EventContract, source: EventSource): EnvelopeWriter {
  const shared = {
    specversion: '1.0',
    type: event.type,
    source: event.domain,
    datacontenttype: 'application/json',
    dataschema: schemaUri(event.type),
    correlationid: source.correlationId,
    causationid: source.causationId,
    traceparent: source.traceparent,
    aggregatetype: event.aggregate,
    processkey: source.processKey,
    sourceversion: source.contract.schemaVersion,
    sourcetrust: source.contract.trust,
    ingestedat: source.ingestedAt,
    dataclass: event.pii.length > 0 ? 'personal' : 'internal',
    priority: event.category === 'operational' ? 'high' : 'normal',
  };
  const sharedOf = sharedWriter(`${JSON.stringify(shared).slice(1, -1)},`);
  return (fields, further = noFurther) => {
    const { id, time, rawHash, data } = fields;
    const write = isPlain(fields) ? quoted : JSON.stringify;
    const text = (name: TextField): string => write(fields[name]);
    const aggregateId = text('aggregateId');
    // Joined, so that the text is whole at once: it lives until its call is answered.
    const own = [
      '{',
      further.own,
      '"id":"',
      id,
      '","time":"',
      time,
      '","subject":',
      aggregateId,
      ',"aggregateid":',
      aggregateId,
      ',"sequence":',
      text('sequence'),
      ',"idempotencykey":',
      text('idempotencyKey'),
      ',"externalref":',
      text('externalRef'),
      ',"rawref":',
      text('rawRef'),
      ',"rawhash":"',
      rawHash,
      '","data":',
      data,
      '}',
    ].join('');
    return { shared: sharedOf(fields.tenantId, further.shared), own };
  };
}

/** Gives the same text as long as nothing changes: texts that are the same object are compared at once. */
function sharedWriter(begin: string): (tenantId: string, further: string) => string {
  let last = { tenantId: '', further: '', text: '' };
  return (tenantId, further) => {
    if (last.text === '' || last.tenantId !== tenantId || last.further !== further)
      last = { tenantId, further, text: `${further}${begin}"tenantid":${JSON.stringify(tenantId)},` };
    return last.text;
  };
}

/** Printable ASCII without quote and backslash: JSON as it is. */
const plain = /^[ !#-[\]-~]*$/;

/** Fields that may hold any text. Only these can be written as text, so that none is written without a look at it. */
const textFields = [
  'aggregateId',
  'sequence',
  'idempotencyKey',
  'externalRef',
  'rawRef',
] as const satisfies readonly (keyof EventFields)[];

type TextField = (typeof textFields)[number];

/** One look at all texts costs a quarter of escaping each, and few need it. */
function isPlain(fields: EventFields): boolean {
  let all = '';
  for (const name of textFields) all += fields[name];
  return plain.test(all);
}

const quoted = (text: string): string => `"${text}"`;
