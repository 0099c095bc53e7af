/** What of a request says where it comes from. */
export interface Arrival {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`: browsers say it of each request, and no page can change it. */
  readonly site: string | undefined;
}

/** Whether the browser asked this server by its own address: a name that somebody else points at 127.0.0.1 is not it. */
export const isOwnHost = ({ host }: Pick<Arrival, 'host'>, port: number): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;

/** Whether the page of this server asks, and no other page. */
export const isOwnPage = ({ host, origin, site }: Arrival): boolean =>
  origin === `http://${host}` && (site === undefined || site === 'same-origin');
