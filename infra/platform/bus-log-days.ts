import type { EventContract } from '#shared/contract/define-event.ts';
import { limits } from '#shared/contract/limits.ts';

/** As long as the event that is archived for longest, and long enough to prove what was published. */
export const busLogDays = (events: readonly EventContract[]): number =>
  Math.max(limits.busLogDaysMin, ...events.map(({ retention }) => retention.archiveDays));
