import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const schemaDriftDetected = defineEvent({
  domain: 'edge',
  aggregate: 'schema',
  name: 'drift-detected',
  version: 1,
  category: 'operational',
  owner: 'integration-platform',
  summary: 'The columns of a captured table differ from its contract.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 0 },
  schema: z.strictObject({
    integration: z.string().min(1),
    /** The table, as the log names it. */
    entity: z.string().min(1),
    /** Columns that the contract does not name. Long lists, here and below, end with the number of further entries. */
    unknownColumns: z.array(z.string()),
    /** Columns that the contract names and rows no longer have. */
    vanishedColumns: z.array(z.string()),
    /** Columns whose values no longer have the declared type. */
    changedColumns: z.array(z.string()),
    /** Identifies this difference. Each is announced once. */
    fingerprint: z.string().min(1),
    /** What happens to changes that show it. A value that cannot be read is quarantined in either case. */
    policy: z.enum(['continue', 'quarantine']),
    /** The first record that showed it: stream, shard, sequence number. */
    firstSeen: z.string().min(1),
  }),
  aggregateId: ['integration', 'entity'],
  example: {
    integration: 'crm-customers',
    entity: 'public.customers',
    unknownColumns: ['phone'],
    vanishedColumns: [],
    changedColumns: [],
    fingerprint: '5f0c2b7e9d1a4c3388aa6d21f7b0c9e4d2a1b3c4',
    policy: 'continue',
    firstSeen: 'crm-customers/shardId-000000000000/49590338271490256608559692538361571095921575989136588898',
  },
});
