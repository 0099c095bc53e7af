import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { limits } from '../../contract/limits.ts';
import type { Bus } from '../../ports.ts';
import { connections } from '../connections.ts';
import { EventBridgeBus } from '../event-bridge-bus.ts';

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
