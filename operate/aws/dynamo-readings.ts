import { randomUUID } from 'node:crypto';
import type { BookChange } from '#shared/aws/book-change.ts';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { AuditDetails, AuditFact } from '#shared/core/audit/audit-fact.ts';
import type { Reading } from '../core/reading.ts';
import { readingsPrefix } from '../core/readings-key.ts';
import type { Readings } from '../ports.ts';

/** Readings in the operators' table, one item each. The audit trail takes them from there; then they may expire. */
export const dynamoReadings = (table: DynamoTable): Readings => ({
  async record(reading) {
    const { integration, at } = reading;
    const expiresAt = Math.floor(Date.parse(at) / 1_000) + limits.readingKeptDays * limits.secondsADay;
    const key = { pk: `${readingsPrefix}${integration}`, sk: `${readingsPrefix}${at}#${randomUUID()}` };
    await table.put({ ...key, ...reading, expiresAt });
  },
});

/** What a change of the table of operators says of content that somebody looked at. */
export function readingFacts({
  pk,
  at,
  id: change,
  before,
  after,
  isExpired,
}: BookChange): readonly AuditFact[] {
  const item = (after ?? before) as Reading | undefined;
  if (!pk.startsWith(readingsPrefix) || !item || isExpired) return [];
  const { integration, id: subject, of, object, by } = item;
  const what: AuditDetails = after ? { what: before ? 'changed' : 'read' } : { removed: 'reading' };
  return [
    {
      step: 'operated',
      integration,
      subject,
      at,
      change,
      details: { kind: 'content', of, object, by, ...what },
    },
  ];
}
