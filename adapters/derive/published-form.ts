import type { EventContract } from '#shared/contract/define-event.ts';
import { type PublishForm, publishFormOf } from '#shared/contract/publish-form.ts';
import type { Integration } from '../integration.ts';
import { derive } from './derivations.ts';

/** How an integration publishes an event; a fence always publishes each alone. */
export const publishedForm = (integration: Integration, { type }: EventContract): PublishForm =>
  publishFormOf('publish' in integration ? integration.publish : undefined, type);

/** Types of the events that some integration publishes in batches. */
export const batchedTypes = (integrations: readonly Integration[]): ReadonlySet<string> =>
  new Set(
    integrations.flatMap(one =>
      derive(one)
        .events(one)
        .filter(event => publishedForm(one, event) === 'batch')
        .map(({ type }) => type),
    ),
  );
