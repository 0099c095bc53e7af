import type { Context } from 'aws-lambda';
import { retentionPorts } from '#operate/aws/retention-ports.ts';
import type { RegisteredIntegration } from '#operate/core/retention/registered-integration.ts';
import { keepRetention } from '#operate/flow/retention/keep-retention.ts';
import type { RetentionPorts } from '#operate/retention-ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';

export type RetentionKeeperHandler = (
  event: unknown,
  context: Context,
) => Promise<{ readonly changed: readonly string[] }>;

/** The Lambda handler that keeps the buckets' lifecycle rules as contracts say, for a schedule. */
export function retentionKeeper(
  integrations: readonly RegisteredIntegration[],
  ports: RetentionPorts = retentionPorts(process.env),
): RetentionKeeperHandler {
  return guardHandler(ports.log, async () => ({ changed: await keepRetention(ports, integrations) }));
}
