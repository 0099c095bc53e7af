import { hash } from 'node:crypto';
import { wholeDetail } from '../envelope/envelope.ts';
import { addSums, emptyDigest, GrowingDigest, type IdDigest, shortIdDigits } from '../identity/id-digest.ts';
import { type BusEvent, isBatched } from './bus-entry.ts';

/**
 * Of events, beside count and sum of their ids, the sum of what they say: of each, the first 128 bits of SHA-256 over type and detail. The
 * same ids with another sum are other events: see docs/decisions/0078-healing-publishes-what-was-claimed.md.
 */
export interface EventDigest extends IdDigest {
  /** None in what an older release claimed. */
  readonly content?: string | undefined;
}

export const noEvents: EventDigest = { ...emptyDigest, content: emptyDigest.sum };

/** Grows event by event. Each once: a repeated one would count again. */
export class GrowingEventDigest {
  readonly #ids = new GrowingDigest();
  readonly #content = new GrowingDigest();

  add(event: BusEvent): void {
    this.#ids.add(event.id);
    this.#content.add(contentHash(event));
  }

  get digest(): EventDigest {
    return { ...this.#ids.digest, content: this.#content.digest.sum };
  }
}

/** Each event once, by its id. */
export function digestOfEvents(events: Iterable<BusEvent>): EventDigest {
  const growing = new GrowingEventDigest();
  for (const event of events) growing.add(event);
  return growing.digest;
}

/** Events that are made twice count once. */
export const eachOnce = (events: Iterable<BusEvent>): Iterable<BusEvent> =>
  new Map([...events].map(event => [event.id, event])).values();

/** Without content where a part has none. */
export function addEventDigests(...parts: readonly EventDigest[]): EventDigest {
  const contents = parts.flatMap(({ content }) => content ?? []);
  return {
    count: parts.reduce((count, part) => count + part.count, 0),
    sum: addSums(parts.map(({ sum }) => sum)),
    ...(contents.length === parts.length && { content: addSums(contents) }),
  };
}

/** Whether events say what was claimed. What an older release claimed names ids alone. */
export const saysTheSame = (claimed: EventDigest, made: EventDigest): boolean =>
  claimed.content === undefined || claimed.content === made.content;

const contentHash = (event: BusEvent): string =>
  hash('sha256', `${event.detailType}\n${isBatched(event) ? wholeDetail(event) : event.detail}`, 'hex').slice(
    0,
    shortIdDigits,
  );
