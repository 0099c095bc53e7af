import { limits } from '#shared/contract/limits.ts';
import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import { isJsonPointer } from './json-pointer.ts';
import type { ProviderListing } from './provider-listing.ts';
import type { WebhookFence } from './webhook-fence.ts';
import { unsafePins } from './webhook-pinned-url.ts';
import { checkPointer } from './webhook-rule-checks.ts';

const options = ['url', 'body', 'auth', 'items', 'id', 'time', 'next', 'delivered', 'graceMinutes'];

/** Names that no public address has, and hosts of this machine or network. */
const privateHost = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|arpa)$|^[\d.]+$/;

/** @throws ContractError */
export function checkListing(where: string, fence: WebhookFence, listing: ProviderListing): void {
  const place = `${where}: listing`;
  refuseUnknownOptions(place, listing, options);
  const { url, body, auth, items, id, time, next, delivered, graceMinutes = 0 } = listing;
  requireThat(
    place,
    unsafePins([withoutPlaceholders(url)]).length === 0 && !hostOf(url).includes('{'),
    'url must be https:// with the whole name of a host, without a port, and placeholders only in its query',
  );
  requireThat(
    place,
    !privateHost.test(hostOf(url)),
    `url may not lead to ${hostOf(url)}, which is no public name`,
  );
  requireThat(
    place,
    !/[{}]/.test(withoutPlaceholders(url)) && !/[{}]/.test(url.split('?')[0] ?? ''),
    'url knows the placeholders {from}, {to}, {fromSeconds}, {toSeconds} and {cursor}, in its query',
  );
  refuseUnknownOptions(`${place}: auth`, auth, ['header', 'prefix']);
  requireThat(
    place,
    /^[a-z0-9][a-z0-9-]*$/.test(auth.header),
    "auth.header must be a header's name in lower case",
  );
  for (const [option, pointer] of Object.entries({ items, id, time }))
    requireThat(place, isJsonPointer(pointer), `${option} must be a JSON pointer, such as /data/orders`);
  checkPointer(`${place}: delivered`, fence, delivered);
  checkNext(place, next, JSON.stringify([url, body ?? null]).includes('{cursor}'));
  requireThat(
    place,
    Number.isInteger(graceMinutes) && graceMinutes >= 0 && graceMinutes <= limits.graceMinutesMax,
    `graceMinutes must be a whole number from 0 to ${limits.graceMinutesMax}`,
  );
  requireThat(
    place,
    'constant' in fence.tenant,
    'a fence of several tenants cannot be compared: each of them has a token of its own',
  );
}

function checkNext(place: string, next: ProviderListing['next'], hasPlace: boolean): void {
  requireThat(
    place,
    (next !== 'link-header') === hasPlace,
    'the placeholder {cursor} goes with next: {cursor}, and not with next: link-header',
  );
  if (next === 'link-header') return;
  refuseUnknownOptions(`${place}: next`, next, ['cursor', 'more']);
  requireThat(
    place,
    next.cursor === 'last-id' || isJsonPointer(next.cursor),
    "next.cursor must be a JSON pointer or 'last-id'",
  );
  requireThat(
    place,
    next.more === undefined ? next.cursor !== 'last-id' : isJsonPointer(next.more),
    "next.more must be a JSON pointer; next.cursor 'last-id' needs it",
  );
}

const withoutPlaceholders = (url: string): string =>
  url.replaceAll(/\{(?:from|to|fromSeconds|toSeconds|cursor)\}/g, 'x');

const hostOf = (url: string): string => /^https:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
