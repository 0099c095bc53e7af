import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context, SQSEvent } from 'aws-lambda';
import { webhookDrain } from '../../functions/webhook-fence/drain-handler.ts';
import { webhookFence } from '../../functions/webhook-fence/handler.ts';
import { webhookRelease } from '../../functions/webhook-fence/release-handler.ts';
import type { WebhookFence } from '../../shared/contract/define-webhook-fence.ts';
import { limits } from '../../shared/contract/limits.ts';
import { emptyTally, type Outcome, type Tally } from '../../shared/core/outcome/tally.ts';
import { type CrashPlan, faulty } from '../../shared/memory/faulty.ts';
import { type MemoryWebhookPorts, memoryWebhookPorts } from '../../shared/memory/memory-webhook-ports.ts';
import type { WebhookFencePorts } from '../../shared/ports.ts';
import { gatewayEvent } from './gateway-events.ts';

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const otherSecret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
export const statusKey = 'status-key-of-the-partner';

export interface Delivery {
  readonly id?: string;
  readonly body?: string;
  /** Epoch milliseconds by the sender's clock. Default: now. */
  readonly sentAt?: number;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly event?: Partial<APIGatewayProxyEventV2>;
}

export interface Answered {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body, parsed. */
  readonly json: Record<string, unknown>;
}

export interface SimulatorOptions {
  readonly secret?: object;
  readonly crash?: CrashPlan;
  /** Ports put before the in-memory ones. */
  readonly ports?: Partial<WebhookFencePorts>;
}

const invocationMilliseconds = 29_000;

/** One fence on in-memory ports: a gateway before it, a queue that redelivers what it spilled. */
export class FenceSimulator {
  readonly ports: MemoryWebhookPorts;
  readonly fence: WebhookFence;
  /** Requests handed to the fence's route. */
  received = 0;
  readonly #faulty: WebhookFencePorts & { readonly calls: readonly string[] };
  readonly #handler: ReturnType<typeof webhookFence>;
  readonly #drain: ReturnType<typeof webhookDrain>;
  #invocations = 0;

  constructor(fence: WebhookFence, options: SimulatorOptions = {}) {
    this.fence = fence;
    this.ports = memoryWebhookPorts(JSON.stringify(options.secret ?? { current: secret, statusKey }));
    const ports: WebhookFencePorts = { ...this.ports, ...options.ports };
    this.#faulty = faulty(ports, options.crash ?? { at: Number.POSITIVE_INFINITY, when: 'before' });
    this.#handler = webhookFence(fence, this.#faulty);
    this.#drain = webhookDrain(fence, this.#faulty);
  }

  /** Calls of the ports so far. */
  get calls(): readonly string[] {
    return this.#faulty.calls;
  }

  /** A signed delivery, as Standard Webhooks writes it. */
  event({
    id = 'msg_1',
    body = payment(),
    sentAt = this.ports.clock.now(),
    ...more
  }: Delivery = {}): APIGatewayProxyEventV2 {
    const seconds = String(Math.floor(sentAt / 1000));
    return gatewayEvent({
      path: this.fence.route,
      body,
      receivedAt: this.ports.clock.now(),
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': signature(more.secret ?? secret, `${id}.${seconds}.${body}`),
        ...more.headers,
      },
      ...(more.event && { changes: more.event }),
    });
  }

  /** Sends a request and gives the answer. */
  async request(event: APIGatewayProxyEventV2): Promise<Answered> {
    this.received += 1;
    const answer = await this.#handler(event, this.#context());
    const body = answer.body ?? '';
    return {
      statusCode: answer.statusCode!,
      headers: answer.headers as Record<string, string>,
      body,
      json: body.startsWith('{') ? JSON.parse(body) : {},
    };
  }

  send(delivery: Delivery = {}): Promise<Answered> {
    return this.request(this.event(delivery));
  }

  async status(correlationId: unknown, key: string | undefined = statusKey): Promise<Answered> {
    const asked = gatewayEvent({
      method: 'GET',
      path: `${this.fence.route}/status/${String(correlationId)}`,
      receivedAt: this.ports.clock.now(),
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
    const answer = await this.request(asked);
    this.received -= 1;
    return answer;
  }

  /** Delivers the spill queue's messages until it is empty or everything left is given up; gives what is given up. */
  async drain(): Promise<string[]> {
    const dead: string[] = [];
    let waiting = this.ports.spillQueue.take().map(body => ({ body: JSON.stringify(body), receives: 1 }));
    while (waiting.length > 0) {
      const { batchItemFailures } = await this.#drain(spillEvent(waiting), this.#context());
      const failed = batchItemFailures.map(({ itemIdentifier }) => waiting[Number(itemIdentifier)]!);
      dead.push(...failed.filter(({ receives }) => receives >= limits.receivesMax).map(({ body }) => body));
      waiting = failed.filter(({ receives }) => receives < limits.receivesMax);
      waiting = waiting.map(({ body, receives }) => ({ body, receives: receives + 1 }));
      this.ports.clock.advance(60_000);
    }
    return dead;
  }

  release(order: object) {
    return webhookRelease(this.fence, this.#faulty)(
      {
        from: '2026-01-01T00:00:00Z',
        to: '2026-12-31T00:00:00Z',
        operator: 'ada',
        reason: 'secret mended',
        ...order,
      },
      this.#context(),
    );
  }

  /** The books: what the log says of each request. */
  tally(): Tally {
    const tally: Record<Outcome, number> = { ...emptyTally };
    for (const { event, fields } of this.ports.log.lines)
      if (event === 'request settled') tally[fields.outcome as Outcome] += 1;
    return tally;
  }

  events(): Record<string, unknown>[] {
    return this.ports.bus.details();
  }

  eventIds(): string[] {
    return [...new Set(this.events().map(event => String(event.id)))].sort();
  }

  #context(): Context {
    const ends = this.ports.clock.now() + invocationMilliseconds;
    return {
      awsRequestId: `invocation-${++this.#invocations}`,
      getRemainingTimeInMillis: () => ends - this.ports.clock.now(),
    } as Context;
  }
}

export const payment = (id = 'p-1', cents = 100): string =>
  JSON.stringify({ type: 'paid', data: { id, cents } });

export const signature = (key: string, content: string | Uint8Array): string =>
  `v1,${createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
    .update(content)
    .digest('base64')}`;

const spillEvent = (messages: readonly { body: string; receives: number }[]): SQSEvent =>
  ({
    Records: messages.map(({ body, receives }, i) => ({
      messageId: String(i),
      body,
      receiptHandle: `handle-${i}`,
      attributes: { ApproximateReceiveCount: String(receives) },
    })),
  }) as unknown as SQSEvent;
