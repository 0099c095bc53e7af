import type { EventContract } from './define-event.ts';
import { ContractError } from './options.ts';
import { choice, isObject, mapOf, type Part } from './shape.ts';

/**
 * How events go to the bus.
 *
 * `single` (default): each in an entry of its own, `detail` is the event. Rules can filter by everything in it. A million small
 * events cost $1.00 and 100,000 calls.
 *
 * `batch`: many of one type and tenant in one entry, the attributes that they share once. A million small events cost some cents and
 * 700 calls. In return:
 * - Every consumer unpacks its entries: with the consumer kit, or as docs/guides/consume-events.md says.
 * - Rules see the shared attributes. A rule that filters by an event's own attributes or its data gets the whole entry when one of
 *   its events fits, and the consumer must look again.
 * - One delivery holds up to 1,000 KiB. A target must take that: SQS and Lambda do, SNS and Step Functions take 256 KiB.
 * - What happens to an entry happens to all its events: a target that fails gets all of them again.
 */
export type PublishForm = 'single' | 'batch';

/** For all events of an integration, or by type; types that are not named are single. */
export type Publish = PublishForm | Readonly<Record<string, PublishForm>>;

const form = choice('single', 'batch');

export const publishPart: Part = {
  isOptional: true,
  words: "'single', 'batch', or one of them for each event type",
  check: (where, path, value) => (isObject(value) ? mapOf(form) : form).check(where, path, value),
};

export const publishFormOf = (publish: Publish | undefined, type: string): PublishForm =>
  (typeof publish === 'object' ? publish[type] : publish) ?? 'single';

/** @throws ContractError */
export function checkPublish(
  where: string,
  publish: Publish | undefined,
  events: readonly EventContract[],
): void {
  if (typeof publish !== 'object') return;
  const unknown = Object.keys(publish).find(type => events.every(event => event.type !== type));
  if (unknown !== undefined)
    throw new ContractError(`${where}: publish names "${unknown}", which is not one of its events`);
}
