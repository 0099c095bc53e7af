import type { WebhookRequest } from '../../shared/core/signature/request.ts';

/** A request as the gateway hands it over, its body not yet looked at. */
export interface ArrivedRequest {
  readonly method: string;
  /** Path without the stage's prefix. */
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
