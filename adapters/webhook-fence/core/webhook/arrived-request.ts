import type { WebhookRequest } from '../signature/request.ts';

/** A request as the gateway delivers it; its body is not read yet. */
export interface ArrivedRequest {
  readonly method: string;
  /** The route that the gateway chose, as it was declared: `POST /webhooks/acme`. */
  readonly routeKey: string;
  /** Values in the path for the `{names}` of the route. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** As the gateway gives it, with or without a stage or a mapping key before the route. Nothing depends on it. */
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

/** A request that passed the first checks. */
export interface AdmittedRequest extends WebhookRequest {
  /** The tenant in its path, where the contract reads it there. */
  readonly pathTenant?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: number;
  readonly id: string;
}

/** An admitted request, just arrived. */
export interface ReceivedRequest extends AdmittedRequest {
  readonly sourceIp: string;
}
