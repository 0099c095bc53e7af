import { isDeepStrictEqual } from 'node:util';
import { byId, expiringBuckets, expiryRules } from '../../core/retention/expiry-rules.ts';
import type { RegisteredIntegration } from '../../core/retention/registered-integration.ts';
import type { RetentionPorts } from '../../retention-ports.ts';

/** Gives every bucket the rules that the contracts of the deployed integrations ask for. Names the buckets that it changed. */
export async function keepRetention(
  { rules, log }: RetentionPorts,
  integrations: readonly RegisteredIntegration[],
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const bucket of expiringBuckets) {
    const present = await rules.read(bucket);
    const wanted = expiryRules(bucket, integrations, present);
    if (isDeepStrictEqual(wanted, byId(present))) continue;
    await rules.write(bucket, wanted);
    log.info('retention changed', { bucket, rules: wanted.length });
    changed.push(bucket);
  }
  return changed;
}
