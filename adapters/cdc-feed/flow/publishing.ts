import { limits } from '#shared/contract/limits.ts';
import type { Publishing } from '../core/feed/publish-in-order.ts';
import type { Work } from './work.ts';

/** What publishing may use: the bus, until the time left is needed to close the books. */
export const publishingOf = ({ ports, invocation }: Work): Publishing => ({
  bus: ports.bus,
  clock: ports.clock,
  mayGoOn: () => invocation.remainingMilliseconds() > limits.feedStopMilliseconds,
});
