import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const schemaDriftDetected = defineEvent({
  domain: 'edge',
  aggregate: 'schema',
  name: 'drift-detected',
  version: 1,
  category: 'operational',
  owner: 'integration-platform',
  summary: 'A captured table has other columns than its contract says.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 0 },
  schema: z.strictObject({
    integration: z.string().min(1),
    /** The table, as the log names it. */
    entity: z.string().min(1),
    /** Columns that the contract does not name. Of long lists, here and below, the last entry says how many more there are. */
    unknownColumns: z.array(z.string()),
    /** Columns that the contract names and rows no longer have. */
    vanishedColumns: z.array(z.string()),
    /** Columns whose values no longer have the declared type. */
    changedColumns: z.array(z.string()),
    /** Names this difference; each is told of once. */
    fingerprint: z.string().min(1),
    /** What becomes of changes that show it. A value that cannot be read is quarantined in either case. */
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
