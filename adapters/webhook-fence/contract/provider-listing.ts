import type { NamedStage } from '#shared/contract/named-stage.ts';

/** JSON that is sent as it is, but for its placeholders. */
export type ListingBody =
  | null
  | boolean
  | number
  | string
  | readonly ListingBody[]
  | { readonly [name: string]: ListingBody };

/**
 * How to ask a provider what it has, page by page. The reconciler asks once an hour, and names each item of which the fence accepted no
 * delivery. It asks no host but the one in `url`, over HTTPS, and follows no redirect.
 *
 * Placeholders in the query of `url` and in texts of `body`: `{from}` and `{to}` (ISO 8601 UTC), `{fromSeconds}` and `{toSeconds}` (epoch),
 * `{cursor}`. A parameter, or a text, that is only `{cursor}` is left out, or null, on the first page.
 */
export interface ProviderListing {
  /** `https://…`, with the host written out. */
  readonly url: string;
  /** Sent as JSON by POST. Default: GET. */
  readonly body?: ListingBody;
  /** Header for the token, which is in a secret of its own. `prefix`: what stands before the token, such as `Bearer `. */
  readonly auth: { readonly header: string; readonly prefix?: string };
  /** JSON pointer to the list in an answer. */
  readonly items: string;
  /** JSON pointers in an item: its id, and when it was made (ISO 8601 with a zone, or epoch seconds or milliseconds). */
  readonly id: string;
  readonly time: string;
  /**
   * Where the next page is named. `link-header`: `Link: <url>; rel="next"`. `cursor`: a JSON pointer, or `last-id`, the id of the page's last
   * item. `more`: JSON pointer to whether there is a next page. Default: there is one while there is a cursor.
   */
  readonly next: 'link-header' | { readonly cursor: string; readonly more?: string };
  /** JSON pointer, in a delivery, to the id of the item that it is about. */
  readonly delivered: string;
  /** Minutes that a delivery may take. Default 60. */
  readonly graceMinutes?: number;
}

/** Name of the secret with the token: `{"token": …}`. */
export const listingSecretName = ({ prefix, name }: NamedStage, id: string): string =>
  `${prefix}edge/${name}/${id}-listing`;
