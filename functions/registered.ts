import type { Context } from 'aws-lambda';
import type { RegisteredIntegration } from '#operate/core/retention/registered-integration.ts';
import { parameterStore } from '#shared/aws/parameter-store.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { Clock } from '#shared/ports.ts';

/** A new integration is known to the platform's functions after so long at most. */
const keptSeconds = 60;

type Handler<E, R> = (event: E, context: Context) => Promise<R>;

interface Registry {
  /** What the stack of each integration registered, in JSON. */
  readonly read: () => Promise<readonly string[]>;
  readonly clock: Clock;
}

/**
 * The handler that `factory` makes of the integrations that are deployed. Their own stacks register them, so a new integration
 * changes neither the platform's stack nor its functions: see docs/decisions/0097-an-integration-registers-itself.md.
 */
export function registered<E, R>(
  factory: (integrations: readonly RegisteredIntegration[]) => Handler<E, R>,
  { read, clock }: Registry = registryOf(process.env),
): Handler<E, R> {
  let text: string | undefined;
  let readAt = 0;
  let handler: Handler<E, R> | undefined;
  return async (event, context) => {
    if (handler === undefined || clock.now() - readAt >= keptSeconds * 1_000) {
      const entries = [...(await read())].sort();
      if (handler === undefined || entries.join() !== text)
        handler = factory(entries.map(entry => JSON.parse(entry) as RegisteredIntegration));
      text = entries.join();
      readAt = clock.now();
    }
    return handler(event, context);
  };
}

function registryOf(env: NodeJS.ProcessEnv): Registry {
  const { REGISTRY_PATH } = settingsOf(env, ['REGISTRY_PATH']);
  const store = parameterStore(env);
  return { read: () => store.below(REGISTRY_PATH), clock: systemClock };
}
