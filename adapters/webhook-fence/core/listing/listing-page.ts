import { limits } from '#shared/contract/limits.ts';
import type { ProviderListing } from '../../contract/provider-listing.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import { idText } from '../webhook/delivery-name.ts';
import { instantOf } from '../webhook/instant-of.ts';
import { readPointer } from '../webhook/pointer.ts';

/** Something that the provider has. */
export interface ListedItem {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export interface ListingPage {
  readonly items: readonly ListedItem[];
  /** What the next page is named by; undefined on the last. */
  readonly next: string | undefined;
}

export interface ListingAnswer {
  readonly status: number;
  readonly text: string;
  /** The header `Link`. */
  readonly link?: string | undefined;
}

/** Why a page cannot be read. `refused`: the token is wrong, or may not list. `later`: the provider is busy or down. */
export interface ListingProblem {
  readonly kind: 'refused' | 'later' | 'unreadable';
  /** Never quotes the answer. */
  readonly detail: string;
}

export const isListingProblem = (page: ListingPage | ListingProblem): page is ListingProblem =>
  'kind' in page;

export function listingPage(listing: ProviderListing, answer: ListingAnswer): ListingPage | ListingProblem {
  const { status, text } = answer;
  if (status === 401 || status === 403) return { kind: 'refused', detail: `the provider answered ${status}` };
  if (status === 429 || status >= 500) return { kind: 'later', detail: `the provider answered ${status}` };
  if (status !== 200) return unreadable(`the provider answered ${status}`);
  const parsed = parseStrictJson(Buffer.from(text), { bytesMax: limits.listingAnswerBytesMax });
  if (!parsed.ok) return unreadable('the answer is no JSON that can be read');
  const list = readPointer(parsed.value, listing.items);
  if (Array.isArray(list)) return pageOf(listing, { list, value: parsed.value, link: answer.link });
  // Shopify answers 200 with errors and without data where too much was asked.
  return readPointer(parsed.value, '/errors') === undefined
    ? unreadable(`the answer has no list at ${listing.items}`)
    : { kind: 'later', detail: 'the provider answered with errors' };
}

const unreadable = (detail: string): ListingProblem => ({ kind: 'unreadable', detail });

interface ReadAnswer {
  readonly list: readonly unknown[];
  readonly value: unknown;
  readonly link: string | undefined;
}

function pageOf(listing: ProviderListing, answer: ReadAnswer): ListingPage | ListingProblem {
  if (answer.list.length > limits.listingPageItemsMax)
    return unreadable(`a page has more than ${limits.listingPageItemsMax} items`);
  const items = answer.list.map(item => itemOf(listing, item));
  const wrong = items.indexOf(undefined);
  if (wrong >= 0)
    return unreadable(`item ${wrong + 1} of a page has no id at ${listing.id} or no time at ${listing.time}`);
  const read = items.filter(item => item !== undefined);
  return { items: read, next: nextOf(listing, answer, read) };
}

function itemOf({ id: idAt, time }: ProviderListing, item: unknown): ListedItem | undefined {
  const id = idText(readPointer(item, idAt));
  const at = instantOf(readPointer(item, time));
  if (id === undefined || !shownId.test(id) || at === undefined) return undefined;
  return { id, at: new Date(at).toISOString() };
}

/** Ids are shown to operators. */
const shownId = /^[\w.:/+=@-]+$/;

function nextOf(
  { next }: ProviderListing,
  { value, link }: ReadAnswer,
  items: readonly ListedItem[],
): string | undefined {
  if (next === 'link-header') return nextLink(link);
  const hasMore = next.more === undefined || readPointer(value, next.more) === true;
  if (!hasMore) return undefined;
  if (next.cursor === 'last-id') return items.at(-1)?.id;
  const cursor = readPointer(value, next.cursor);
  const text = typeof cursor === 'number' ? String(cursor) : cursor;
  const isCursor =
    typeof text === 'string' && text !== '' && text.length <= limits.listingCursorCharactersMax;
  return isCursor ? text : undefined;
}

/** RFC 8288: `<https://…>; rel="next"`, among others. */
function nextLink(header = ''): string | undefined {
  const links = [...header.matchAll(/<([^<>]*)>([^<]*)/g)];
  const next = links.find(([, , parameters = '']) =>
    /;\s*rel="?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(parameters),
  );
  const address = next?.[1];
  return address !== undefined && address.length <= limits.listingCursorCharactersMax ? address : undefined;
}
