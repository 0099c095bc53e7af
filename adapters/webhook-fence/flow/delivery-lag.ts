import { promisedSeconds } from '#shared/contract/promised-seconds.ts';
import { lagFields } from '#shared/core/log/lag-fields.ts';
import { eventsOf } from '../contract/webhook-fence.ts';
import type { Work } from './work.ts';

/** How long the events of a delivery took from its arrival to the bus. */
export const deliveryLag = ({ fence, ports }: Pick<Work, 'fence' | 'ports'>, receivedAt: string) =>
  lagFields({
    arrivedAt: [receivedAt],
    publishedAt: ports.clock.now(),
    promisedSeconds: promisedSeconds(eventsOf(fence)),
  });
