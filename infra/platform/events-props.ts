import type { EventContract } from '#shared/contract/define-event.ts';
import type { Stage } from '../stage.ts';

/** What is made for the canonical events as a whole. */
export interface EventsProps {
  readonly events: readonly EventContract[];
  readonly stage: Stage;
}
