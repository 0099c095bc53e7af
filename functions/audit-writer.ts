import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { batchFacts } from '#adapters/cdc-feed/aws/batch-facts.ts';
import { handoffFacts } from '#adapters/file-lane/aws/handoff-facts.ts';
import { deliveryFacts } from '#adapters/webhook-fence/aws/delivery-facts.ts';
import { auditPorts } from '#operate/aws/audit-ports.ts';
import { partnerFacts } from '#operate/aws/dynamo-partner-links.ts';
import { readingFacts } from '#operate/aws/dynamo-readings.ts';
import { planFacts } from '#operate/aws/plan-facts.ts';
import { appendFacts } from '#operate/flow/audit/append-facts.ts';
import type { AuditPorts } from '#operate/ports.ts';
import { type BookChange, bookChangeOf } from '#shared/aws/book-change.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';

export type AuditWriterHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<void>;

/** The Lambda handler that writes the audit trail, for the streams of the tables that hold the books. */
export function auditWriter(_: object, ports: AuditPorts = auditPorts(process.env)): AuditWriterHandler {
  return guardHandler(ports.log, async event => {
    await appendFacts(ports, event.Records.map(bookChangeOf).flatMap(factsOf));
  });
}

/** Each kind knows its own items, and has nothing to say of others. */
const factsOf = (change: BookChange) => [
  ...handoffFacts(change),
  ...deliveryFacts(change),
  ...batchFacts(change),
  ...planFacts(change),
  ...readingFacts(change),
  ...partnerFacts(change),
];
