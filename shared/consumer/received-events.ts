import type { BusAnswer, BusEntry } from '../core/batch/bus-entry.ts';
import { isAccepted } from '../core/batch/fault-of-answer.ts';
import { publish } from '../core/batch/publish.ts';
import { receiptEntries } from './receipt.ts';

/** What reporting needs. */
export interface Reporting {
  /** As `edge.config.ts` names it. */
  readonly consumer: string;
  readonly bus: { put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> };
  readonly clock: { sleep(milliseconds: number): Promise<void>; random(): number };
}

/**
 * The events of one invocation that a consumer has done its work for. Report them before the messages are deleted. A message that
 * comes again is reported again, which changes nothing: the ids are counted once. So nothing is to be kept between invocations.
 *
 * @example
 * const received = new ReceivedEvents();
 * const answer = await takeMessages(Records, { apply: received.noting(apply), sendAgain, onFailure });
 * await received.report({ consumer: 'billing', bus, clock });
 * return answer;
 */
export class ReceivedEvents {
  readonly #ids = new Set<string>();

  /** Notes each event for which `apply` does not throw. */
  noting<E extends { readonly id: string }, R>(apply: (event: E) => Promise<R>): (event: E) => Promise<R> {
    return async event => {
      const result = await apply(event);
      this.#ids.add(event.id);
      return result;
    };
  }

  /** @throws Error when the bus does not take it: the messages must come again then. */
  async report({ consumer, bus, clock }: Reporting): Promise<void> {
    const answers = await publish(receiptEntries(consumer, this.#ids), { bus, clock });
    const refused = answers.find(answer => !isAccepted(answer));
    if (refused) throw new Error(`the bus did not take what ${consumer} reports: ${refused.kind}`);
    this.#ids.clear();
  }
}
