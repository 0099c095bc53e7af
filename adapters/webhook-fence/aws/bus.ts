import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { connections } from '#shared/aws/connections.ts';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Bus } from '#shared/ports.ts';

export const webhookBus = (busName: string): Bus =>
  new EventBridgeBus(
    new EventBridgeClient({
      requestHandler: connections(limits.webhookCallMillisecondsMax),
      // The flow retries, entry by entry.
      maxAttempts: 1,
      cacheMiddleware: true,
    }),
    busName,
  );
