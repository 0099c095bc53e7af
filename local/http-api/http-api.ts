import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CalledFunction } from '../lambda/called-function.ts';
import type { InvocationResult } from '../lambda/function-spec.ts';
import { newTraceId } from '../lambda/invocation-context.ts';
import { arrivedOf, headBytes } from './arrived.ts';
import type { Authorize } from './authorize.ts';
import { type Answer, functionAnswer, gatewayAnswer, internalError } from './function-answer.ts';
import { type BodyRead, readBounded } from './read-bounded.ts';
import { type EventFrame, requestEvent } from './request-event.ts';
import { chooseRoute, type Route, type RouteMatch } from './route.ts';
import { TokenBucket } from './token-bucket.ts';

/** Quotas of HTTP APIs. Source: API Gateway developer guide, "Quotas for HTTP APIs", 2026. */
const bodyBytesMax = 10 * 1_048_576;
const headBytesMax = 10_240;
const integrationSecondsMax = 30;
/** Lambda takes no larger event. */
const eventBytesMax = 6 * 1_048_576;

/** Undefined when the function has no room for one more. */
export type InvokeNow = (called: CalledFunction, payload: string) => Promise<InvocationResult> | undefined;

export interface HttpApiOptions {
  readonly region: string;
  readonly routes: readonly Route[];
  readonly invoke: InvokeNow;
  /** Of routes with IAM authorization. */
  readonly authorize: Authorize;
  /** Default: as API Gateway has it. */
  readonly integrationSeconds?: number;
}

/** The declared HTTP APIs, all behind one listener: their routes tell them apart. */
export class HttpApi {
  readonly #options: HttpApiOptions;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(options: HttpApiOptions) {
    this.#options = options;
    for (const { key, throttle } of options.routes)
      if (throttle) this.#buckets.set(key, new TokenBucket(throttle, Date.now()));
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomBytes(11).toString('base64url').concat('=');
    const receivedAt = Date.now();
    const body = await readBounded(request, bodyBytesMax);
    const answer = await this.#answer(request, body, { requestId, receivedAt });
    response.writeHead(answer.status, {
      ...(answer.headers as Record<string, string>),
      'content-length': answer.body.length,
      'apigw-requestid': requestId,
    });
    response.end(answer.body);
  }

  async #answer(
    request: IncomingMessage,
    body: BodyRead,
    { requestId, receivedAt }: Pick<EventFrame, 'requestId' | 'receivedAt'>,
  ): Promise<Answer> {
    if (headBytes(request) > headBytesMax) return gatewayAnswer(431, 'Request Header Fields Too Large');
    if (body.kind === 'too-large') return gatewayAnswer(413, 'Request Entity Too Large');
    const arrived = arrivedOf(request, body.bytes);
    const match = chooseRoute(this.#options.routes, arrived.method, arrived.path);
    if (!match) return gatewayAnswer(404, 'Not Found');
    if (this.#buckets.get(match.route.key)?.take(receivedAt) === false)
      return gatewayAnswer(429, 'Too Many Requests');
    const signer =
      match.route.authorization === 'AWS_IAM' ? this.#options.authorize(arrived, match.route) : undefined;
    if (match.route.authorization === 'AWS_IAM' && !signer) return gatewayAnswer(403, 'Forbidden');
    const frame = { signer, requestId, receivedAt, region: this.#options.region, traceId: newTraceId() };
    return this.#invoke(match, JSON.stringify(requestEvent(arrived, match, frame)));
  }

  async #invoke({ route }: RouteMatch, event: string): Promise<Answer> {
    if (Buffer.byteLength(event) > eventBytesMax) return gatewayAnswer(413, 'Request Entity Too Large');
    const running = this.#options.invoke(route.function, event);
    const result = running && (await this.#inTime(running));
    if (!result) return gatewayAnswer(503, 'Service Unavailable');
    return result.kind === 'error' ? internalError : functionAnswer(result.payload);
  }

  /** Undefined when the gateway waits no longer. The function runs on, and its answer is dropped. */
  async #inTime(running: Promise<InvocationResult>): Promise<InvocationResult | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<undefined>(resolve => {
      const seconds = this.#options.integrationSeconds ?? integrationSecondsMax;
      timer = setTimeout(() => resolve(undefined), seconds * 1000);
    });
    try {
      return await Promise.race([running, over]);
    } finally {
      clearTimeout(timer);
    }
  }
}
