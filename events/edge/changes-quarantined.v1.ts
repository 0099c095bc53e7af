import * as z from 'zod';
import { defineEvent } from '#kit/event';

export const changesQuarantined = defineEvent({
  domain: 'edge',
  aggregate: 'changes',
  name: 'quarantined',
  version: 1,
  category: 'operational',
  owner: 'integration-platform',
  summary: 'Database changes could not become events and were quarantined with their faults.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 0 },
  schema: z.strictObject({
    integration: z.string().min(1),
    stream: z.string().min(1),
    /** Shard or partition; empty where the stream does not name it. */
    shard: z.string(),
    /** Sequence numbers or offsets of the first and the last quarantined record. */
    first: z.string().min(1),
    last: z.string().min(1),
    changes: z.int().min(1),
    /** Changes by fault code. */
    codes: z.record(z.string(), z.int().min(1)),
    /** URI of the first in the quarantine bucket. The others are in the same folder, named by their sequence numbers. */
    object: z.string().min(1),
  }),
  aggregateId: ['integration', 'stream'],
  example: {
    integration: 'crm-customers',
    stream: 'crm-customers',
    shard: 'shardId-000000000000',
    first: '49590338271490256608559692538361571095921575989136588898',
    last: '49590338271490256608559692540925702759324208523137515618',
    changes: 2,
    codes: { UNDECODABLE_CHANGE: 1, UNKNOWN_ENTITY: 1 },
    object:
      's3://quarantine/crm-customers/crm-customers/shardId-000000000000/49590338271490256608559692538361571095921575989136588898.json?versionId=1',
  },
});
