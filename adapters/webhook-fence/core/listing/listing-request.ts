import type { ListingBody, ProviderListing } from '../../contract/provider-listing.ts';

/** What is asked for. Epoch milliseconds. */
export interface ListingWindow {
  readonly from: number;
  readonly to: number;
}

export interface ListingRequest {
  readonly url: string;
  /** JSON; with it the request is a POST. */
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a page is named by: a cursor, or with `link-header` the whole address. */
type Cursor = string | undefined;

/** Undefined for an address of the next page that leads elsewhere than to the contract's host and path. */
export function listingRequest(
  { url, body, auth, next }: ProviderListing,
  window: ListingWindow,
  { cursor, token }: { readonly cursor: Cursor; readonly token: string },
): ListingRequest | undefined {
  const headers = { accept: 'application/json', [auth.header]: `${auth.prefix ?? ''}${token}` };
  if (next === 'link-header' && cursor !== undefined)
    return leadsTo(url, cursor) ? { url: cursor, headers } : undefined;
  const values = valuesOf(window, cursor);
  const filled = { url: filledUrl(url, values), headers };
  return body === undefined ? filled : { ...filled, body: JSON.stringify(filledBody(body, values)) };
}

type Values = Readonly<Record<string, string | undefined>>;

const valuesOf = ({ from, to }: ListingWindow, cursor: Cursor): Values => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  fromSeconds: String(Math.floor(from / 1_000)),
  toSeconds: String(Math.ceil(to / 1_000)),
  cursor,
});

const placeholder = /\{(\w+)\}/g;

const filledText = (text: string, values: Values): string =>
  text.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );

/** A parameter that waits for a cursor is left out where there is none. */
function filledUrl(template: string, values: Values): string {
  const [path = '', query] = template.split('?');
  if (query === undefined) return path;
  const pairs = query
    .split('&')
    .filter(pair => values.cursor !== undefined || !pair.endsWith('={cursor}'))
    .map(pair => pair.replace(placeholder, whole => encodeURIComponent(filledText(whole, values))));
  return `${path}?${pairs.join('&')}`;
}

function filledBody(body: ListingBody, values: Values): ListingBody {
  if (body === '{cursor}' && values.cursor === undefined) return null;
  if (typeof body === 'string') return filledText(body, values);
  if (Array.isArray(body)) return body.map((part: ListingBody) => filledBody(part, values));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, part]) => [name, filledBody(part, values)]));
}

function leadsTo(template: string, address: string): boolean {
  const path = template.split('?')[0] ?? '';
  return address === path || address.startsWith(`${path}?`);
}
