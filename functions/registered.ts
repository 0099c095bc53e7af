import type { Context } from 'aws-lambda';
import { type RegistryPorts, registryPorts } from '#operate/aws/registry-ports.ts';
import type { RegisteredIntegration } from '#operate/core/retention/registered-integration.ts';
import { registryLines } from '#operate/core/retention/registry-lines.ts';
import { limits } from '#shared/contract/limits.ts';

type Handler<E, R> = (event: E, context: Context) => Promise<R>;

interface Known<E, R> {
  readonly text: string;
  readonly readAt: number;
  readonly askAgainAt: number;
  readonly handler: Handler<E, R>;
}

/**
 * The handler that `factory` makes of the integrations that are deployed. Their own stacks register them, so a new integration
 * changes neither the platform's stack nor its functions: see docs/decisions/0097-an-integration-registers-itself.md. While they cannot
 * be read, those that are known serve for a time. @throws Error when they cannot be read, and none are known that are recent enough
 */
export function registered<E, R>(
  factory: (integrations: readonly RegisteredIntegration[]) => Handler<E, R>,
  { read, clock, log }: RegistryPorts = registryPorts(process.env),
): Handler<E, R> {
  let known: Known<E, R> | undefined;

  const refresh = async (): Promise<Known<E, R>> => {
    const now = clock.now();
    const entries = [...(await read())].sort();
    const text = entries.join();
    const handler =
      known?.text === text
        ? known.handler
        : factory(entries.map(entry => JSON.parse(entry) as RegisteredIntegration));
    return { text, handler, readAt: now, askAgainAt: now + limits.registryKeptSeconds * 1_000 };
  };

  const keep = (error: unknown): Known<E, R> => {
    const now = clock.now();
    if (known === undefined || now - known.readAt >= limits.registryStaleSecondsMax * 1_000) throw error;
    log.warn(registryLines.notRead, { error, knownForSeconds: Math.round((now - known.readAt) / 1_000) });
    return { ...known, askAgainAt: now + limits.registryRetrySeconds * 1_000 };
  };

  return async (event, context) => {
    if (known === undefined || clock.now() >= known.askAgainAt) known = await refresh().catch(keep);
    return known.handler(event, context);
  };
}
