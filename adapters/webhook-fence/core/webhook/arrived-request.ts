import type { WebhookRequest } from '../signature/request.ts';

/** A request as the gateway hands it over, its body not yet looked at. */
export interface ArrivedRequest {
  readonly method: string;
  /** The route that the gateway chose, as it was declared: `POST /webhooks/acme`. */
  readonly routeKey: string;
  /** What stands in the path for the `{names}` of the route. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** As the gateway tells it: with a named stage or a domain's mapping key before the route, or without. Decides nothing. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly host: string;
  /** Names in lower case; what came more than once is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64: boolean;
  readonly sourceIp: string;
  /** Epoch milliseconds: when the gateway received it. Freshness is judged as of then. */
  readonly receivedAt: number;
  /** The gateway's name for the request. */
  readonly id: string;
}

/** A request that may be looked at closely. */
export interface AdmittedRequest extends WebhookRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: number;
  readonly id: string;
}
